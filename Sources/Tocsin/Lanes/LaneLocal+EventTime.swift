// Event time. Several sources may be at different instants, and each sends spans of events. What
// their findings bring about must not depend on the size of the spans, so the edges of such a lane
// keep their envelopes until every source has passed their instants (the watermark), and then
// deliver them in the order of time, with the timers in between.

extension LaneLocal {
  /// Gives an edge its place among the edges of this lane.
  @usableFromInline
  func addEdge(_ task: LaneTask) -> Int {
    if edgeCount == edgeCapacity { growEdges() }
    deliveries[edgeCount] = .passRetained(task)
    edgeCount += 1
    return edgeCount - 1
  }

  /// Takes an edge out. Its place is not used again.
  @usableFromInline
  func removeEdge(_ rank: Int) {
    setHead(.max, of: rank)
    deliveries[rank]?.release()
    deliveries[rank] = nil
  }

  private func growEdges() {
    let moreHeads = UnsafeMutablePointer<Int64>.allocate(capacity: edgeCapacity * 2)
    moreHeads.initialize(repeating: .max, count: edgeCapacity * 2)
    moreHeads.update(from: heads, count: edgeCapacity)
    heads.deallocate()
    heads = moreHeads
    let words = LaneLocal.words(edgeCapacity)
    let moreWaiting = UnsafeMutablePointer<UInt64>.allocate(capacity: words * 2)
    moreWaiting.initialize(repeating: 0, count: words * 2)
    moreWaiting.update(from: waiting, count: words)
    waiting.deallocate()
    waiting = moreWaiting
    let more = UnsafeMutablePointer<Unmanaged<LaneTask>?>.allocate(capacity: edgeCapacity * 2)
    more.initialize(repeating: nil, count: edgeCapacity * 2)
    more.update(from: deliveries, count: edgeCapacity)
    deliveries.deallocate()
    deliveries = more
    edgeCapacity *= 2
  }

  /// Notes the instant at the head of an edge; `max` when the edge is empty.
  @inlinable
  @inline(__always)
  func setHead(_ instant: Int64, of rank: Int) {
    let old = heads[rank]
    heads[rank] = instant
    if instant < old {
      if old == .max { note(rank, isWaiting: true) }
      if instant <= edgeLimit { limitRun(to: instant &- 1) }
    } else if instant == .max && old != .max {
      note(rank, isWaiting: false)
    }
  }

  @inlinable
  @inline(__always)
  func limitRun(to instant: Int64) {
    edgeLimit = instant
    runLimit = min(runLimit, instant)
  }

  /// Fires what comes before the next event of the edge that runs, which is at `instant`. A timer that
  /// makes another edge come first ends it; the run then ends, too.
  @usableFromInline
  @inline(never)
  func fireWithinRun(upTo instant: Int64) {
    while nextDeadline <= instant && instant <= edgeLimit { fireNext() }
    runLimit = min(edgeLimit, nextDeadline &- 1)
  }

  @inlinable
  @inline(__always)
  func note(_ rank: Int, isWaiting: Bool) {
    waitingCount &+= isWaiting ? 1 : -1
    waiting[rank &>> 6] ^= 1 &<< UInt64(truncatingIfNeeded: rank & 63)
  }

  /// Delivers envelopes and fires timers in the order of their instants, up to the watermark.
  func flushInOrder() {
    while waitingCount != 0 || nextDeadline <= watermark {
      let (rank, head, last) = earliestEdge()
      if nextDeadline <= min(head, watermark) {
        runLimit = nextDeadline
        fireNext()
        continue
      }
      guard head <= watermark, head != .max else { return }
      edgeLimit = min(last, watermark)
      runLimit = min(edgeLimit, nextDeadline &- 1)
      deliveries[rank]?._withUnsafeGuaranteedRef { $0.run() }
    }
  }

  /// The edge with the earliest head (of equals the youngest edge, so that what an event brought
  /// about is done before the next event), and the last instant it may run before another comes
  /// first: at the same instant an elder edge waits for it, and it for a younger one.
  @inline(__always)
  private func earliestEdge() -> (rank: Int, head: Int64, last: Int64) {
    var rank = 0
    var head = Int64.max
    var last = Int64.max
    let (heads, waiting) = (self.heads, self.waiting)
    for word in 0..<LaneLocal.words(edgeCount) {
      var ranks = waiting[word]
      while ranks != 0 {
        let candidate = word &<< 6 | ranks.trailingZeroBitCount
        ranks &= ranks &- 1
        let instant = heads[candidate]
        if instant <= head {
          last = head
          head = instant
          rank = candidate
        } else if instant <= last {
          last = instant &- 1
        }
      }
    }
    return (rank, head, last)
  }

  /// How many words hold a bit for each of so many edges.
  @inline(__always)
  static func words(_ edges: Int) -> Int { (edges &+ 63) &>> 6 }

  /// Notes that time has come to `instant`: all that sources give from now on is later. What is
  /// due is done at once, or at the end of the turn that runs.
  @inlinable
  @inline(__always)
  func advance(to instant: Int64) {
    // `max` stands for "never" in deadlines and "empty" in heads: time does not come to it.
    let instant = Swift.min(instant, .max - 1)
    guard instant > watermark else { return }
    watermark = instant
    guard depth == 0 else { return }
    if hasWork { flush() }
    if watermark > now && watermark != .max - 1 { now = watermark }
  }

  /// The instant at which the lane takes what comes from outside: the watermark, because all that
  /// edges have delivered is at or before it. At the end of time, the last instant there was.
  var takeoverInstant: Int64 { watermark < .max - 1 ? watermark : min(now, watermark) }

  /// Adds a source of events; time then moves by the slowest source.
  func addSource() -> Int {
    marks.append(.min)
    return marks.count - 1
  }

  /// Notes that a source has given everything up to and including `instant`.
  @usableFromInline
  func reached(_ instant: Int64, source: Int) {
    if instant > marks[source] { marks[source] = instant }
    var slowest = Int64.max
    for mark in marks where mark < slowest { slowest = mark }
    if slowest > watermark { advance(to: slowest) }
  }
}
