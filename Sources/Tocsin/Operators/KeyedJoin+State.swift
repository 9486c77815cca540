public import OpenCombine

extension KeyedJoin {
  /// What one subscription of a keyed join remembers.
  @usableFromInline
  final class State<Downstream: Subscriber>
  where Downstream.Input == Output, Downstream.Failure == Never {
    @usableFromInline typealias Arrival = JoinArrival<First, Second>

    @usableFromInline let outflow: Outflow<Downstream>
    @usableFromInline let local: LaneLocal
    @usableFromInline let node: Node
    @usableFromInline let kind: JoinKind
    @usableFromInline let bound: JoinBound
    @exclusivity(unchecked) @usableFromInline var room = WaitingRoom<First.Key, Arrival>()
    /// How many values wait and whether the stream has ended, of each side.
    @exclusivity(unchecked) @usableFromInline var firsts = JoinSide()
    @exclusivity(unchecked) @usableFromInline var seconds = JoinSide()
    @exclusivity(unchecked) @usableFromInline var armed = Int64.max
    @exclusivity(unchecked) @usableFromInline var deadlines = -1
    /// Whether nothing could come out any more; else what stops it is the subscriber.
    @exclusivity(unchecked) @usableFromInline var hasEnded = false

    @usableFromInline
    init(_ outflow: Outflow<Downstream>, _ join: KeyedJoin) {
      self.outflow = outflow
      local = outflow.local
      node = outflow.node
      kind = join.kind
      bound = join.bound
    }

    @usableFromInline
    func begin(_ fire: @escaping (Int64) -> Int64) {
      deadlines = local.addDeadlines(fire)
      outflow.countsOwnHeld = true
      outflow.onCancel { [unowned self] in
        node.drop(.cancelled, room.count)
        stop()
      }
    }

    // MARK: Values

    @inlinable
    func take(_ key: First.Key, _ arrival: Arrival, _ core: JoinCore) {
      if _slowPath(local.now >= armed) {
        catchUp()
        guard deadlines >= 0 else { return node.drop(hasEnded ? .unmatched : .cancelled) }
      }
      let isFirst = arrival.isFirst
      guard let oldest = room.popFirst(of: key, where: { $0.isFirst != isFirst }) else {
        return wait(key, arrival)
      }
      count(oldest, -1)
      node.drop(.joined)
      node.waited(local.now - oldest.stamp.sent.nanoseconds)
      if _slowPath(local.recorder != nil) { core.noteJoined([oldest.stamp]) }
      emit(arrival, oldest)
      endIfOver()
    }

    @inlinable
    func emit(_ one: Arrival, _ other: Arrival) {
      switch (one, other) {
      case (.first(let first), .second(let second)), (.second(let second), .first(let first)):
        outflow.emit(.both(first.value, second.value))
      case (.first, .first), (.second, .second): break
      }
    }

    @inlinable
    func wait(_ key: First.Key, _ arrival: Arrival) {
      if room.count >= bound.perKey, room.count(of: key) >= bound.perKey {
        evict(room.evictOldest(of: key) { mayGo($0) })
      }
      if room.count >= bound.total { evict(room.evictOldest { mayGo($0) }) }
      let deadline = bound.deadline(after: local.now)
      room.append(arrival, for: key, until: deadline)
      count(arrival, 1)
      if deadline < armed { arm(deadline) }
      endIfOver()  // What was dropped may have been the last of a side that has ended.
    }

    @inlinable
    func mayGo(_ arrival: Arrival) -> Bool { !arrival.isCritical }

    @inlinable
    func evict(_ arrival: Arrival?) {
      guard let arrival else { return }
      count(arrival, -1)
      node.drop(.bufferFull)
    }

    @inlinable
    func count(_ arrival: Arrival, _ step: Int) {
      if arrival.isFirst { firsts.waiting += step } else { seconds.waiting += step }
    }
  }
}

// MARK: Time

extension KeyedJoin.State {
  /// Does what is due, each at its own instant, and gives the next deadline.
  @inlinable
  func fire(_ now: Int64) -> Int64 {
    armed = .max
    while !outflow.link.isCancelled, room.nextDeadline <= now, room.nextDeadline < .max {
      let deadline = room.nextDeadline
      if let arrival = room.popFirst() { giveUp(arrival, at: deadline) }
    }
    endIfOver()
    armed = deadlines < 0 ? .max : room.nextDeadline
    return armed
  }

  /// Does what is due before the value at hand. Only on a lane in event time.
  @inlinable
  @inline(never)
  func catchUp() {
    let (now, stamp) = (local.now, local.stamp)
    arm(fire(now))
    (local.now, local.stamp) = (now, stamp)
  }

  @inlinable
  func giveUp(_ arrival: Arrival, at instant: Int64) {
    count(arrival, -1)
    guard arrival.isFirst ? kind.givesFirst : kind.givesSecond else {
      return node.drop(.unmatched)
    }
    local.now = instant
    local.stamp = arrival.stamp
    local.stamp.sent = Instant(nanoseconds: instant)
    node.waited(instant &- arrival.stamp.sent.nanoseconds)
    if _slowPath(local.recorder != nil) { local.note(node, .unmatched) }
    outflow.emit(arrival.alone)
  }

  @usableFromInline
  func arm(_ deadline: Int64) {
    armed = deadline
    if deadlines >= 0 && deadline < .max { local.arm(deadlines, at: deadline) }
  }

  @usableFromInline
  func stop() {
    guard deadlines >= 0 else { return }
    local.removeDeadlines(deadlines)
    deadlines = -1
  }
}

// MARK: Ends

extension KeyedJoin.State {
  @inlinable
  func end(isFirst: Bool) {
    if isFirst { firsts.isEnded = true } else { seconds.isEnded = true }
    endIfOver()
  }

  @inlinable var isOver: Bool {
    if firsts.isEnded && seconds.isEnded { return true }
    guard firsts.isOver || seconds.isOver else { return false }
    return (!kind.givesFirst || firsts.isOver) && (!kind.givesSecond || seconds.isOver)
  }

  @inlinable
  @inline(__always)
  func endIfOver() {
    if _slowPath(firsts.isEnded || seconds.isEnded) { finishIfOver() }
  }

  @inlinable
  @inline(never)
  func finishIfOver() {
    guard isOver, deadlines >= 0, !outflow.link.isCancelled else { return }
    let now = local.now
    hasEnded = true
    stop()
    while !outflow.link.isCancelled, let arrival = room.popFirst() { giveUp(arrival, at: now) }
    outflow.end()
  }
}

/// What a keyed join knows of one of its streams.
@usableFromInline
struct JoinSide {
  @usableFromInline var waiting = 0
  @usableFromInline var isEnded = false

  @inlinable init() {}

  /// Whether nothing can come from here any more.
  @inlinable var isOver: Bool { isEnded && waiting == 0 }
}
