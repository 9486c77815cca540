public import CTocsin

// How the earliest entries are found: the sorted ones of the earliest tick, and the heap of those
// that were armed ahead of them.
extension TimerWheel {
  /// Whether an entry is the one that counts for its timer.
  @inline(__always)
  func isCurrent(_ entry: TimerEntry) -> Bool {
    nodes[Int(entry.timer)].sequence == entry.sequence
  }

  /// Calls with the first timers of the front, four at most. Those of the tick behind it are not known
  /// until it has become the front, so it is asked again after every firing.
  @inlinable
  @inline(__always)
  func forEachUpcoming(_ body: (Int) -> Void) {
    var place = frontHead
    let end = Swift.min(frontHead &+ 4, frontEnd)
    while place < end {
      body(Int(front[place].timer))
      place &+= 1
    }
  }

  /// Brings the node of a timer near that is armed soon. Any number will do.
  @inlinable
  @inline(__always)
  func prefetch(_ timer: Int) { tocsin_prefetch(nodes + timer) }

  /// Passes over entries that no longer count, brings the next tick to the front when the front is
  /// empty, and notes the earliest deadline.
  @inline(__always)
  mutating func settle() {
    skipFront()
    if !heap.isEmpty { skipEarly() }
    if frontHead == frontEnd && heap.isEmpty && occupiedWords != 0 { refill() }
    earliest = frontHead < frontEnd ? front[frontHead].deadline : .max
    if let first = heap.first { earliest = min(earliest, first.deadline) }
  }

  @inline(__always)
  mutating func skipFront() {
    while frontHead < frontEnd, !isCurrent(front[frontHead]) {
      frontHead += 1
      stored -= 1
    }
    if frontHead == frontEnd { (frontHead, frontEnd) = (0, 0) }
  }

  mutating func skipEarly() {
    while let first = heap.first, !isCurrent(first) { removeEarly() }
  }

  /// Takes the first entry. There must be one, and what is first counts.
  @inline(__always)
  mutating func takeFirst() -> TimerEntry {
    if _slowPath(!heap.isEmpty), frontHead == frontEnd || heap[0] < front[frontHead] {
      return removeEarly()
    }
    frontHead += 1
    stored -= 1
    return front[frontHead - 1]
  }

  /// Whether all entries fit into a front of a few, where a wheel would cost more than it saves.
  @inline(__always)
  var isShort: Bool { stored <= Self.shortFront && occupiedWords == 0 }

  /// Puts an entry in its place in a short front. Those behind it are moved: they are few, and most
  /// timers are armed for later than the others.
  @inline(__always)
  mutating func insertIntoFront(_ entry: TimerEntry, _ tick: UInt64) {
    appendToFront(entry)
    var place = frontEnd - 1
    while place > frontHead, entry.deadline < front[place - 1].deadline {
      front[place] = front[place - 1]
      place -= 1
    }
    front[place] = entry
    base = max(base, tick)
  }

  @inline(__always)
  mutating func appendToFront(_ entry: TimerEntry) {
    if _slowPath(frontEnd == memory.frontCapacity) { makeRoomInFront() }
    front[frontEnd] = entry
    frontEnd += 1
  }

  /// Moves the front to the beginning of its memory, or gives it more when it fills half of it.
  private mutating func makeRoomInFront() {
    let length = frontEnd - frontHead
    front.update(from: front + frontHead, count: length)
    (frontHead, frontEnd) = (0, length)
    guard 2 * length > memory.frontCapacity else { return }
    memory.growFront(to: length + 1)
    front = memory.front
  }

  /// Moves `base` to the earliest list and that list down, level by level, until its first tick is
  /// the front. O(levels), and O(1) amortised for each entry and level.
  mutating func refill() {
    while frontHead == frontEnd, let list = earliestList {
      let width = UInt64(list >> 8) << 3
      base = ((base >> (width + 8)) << 8 | UInt64(list & 255)) << width
      let head = take(list)
      if width > 0 { relink(head) } else { bringToFront(head) }
    }
  }

  private mutating func relink(_ head: Int32) {
    var chunk = head
    while chunk >= 0 {
      for index in 0..<memory.chunks.count(chunk) {
        let entry = memory.chunks.entry(chunk, index)
        link(entry, tick(of: entry.deadline))
      }
      chunk = memory.chunks.release(chunk)
    }
  }

  /// Makes the entries of one tick the sorted front. Asks for their nodes before it looks at them.
  private mutating func bringToFront(_ head: Int32) {
    var chunk = head
    while chunk >= 0 {
      for index in 0..<memory.chunks.count(chunk) {
        let entry = memory.chunks.entry(chunk, index)
        prefetch(Int(entry.timer))
        appendToFront(entry)
      }
      chunk = memory.chunks.release(chunk)
    }
    sortFront()
    skipFront()
  }

  /// Most ticks hold a few entries: those are sorted by insertion.
  private mutating func sortFront() {
    if frontEnd - frontHead > 16 { return sortManyInFront() }
    for next in frontHead..<frontEnd {
      let entry = front[next]
      var place = next
      while place > frontHead, entry < front[place - 1] {
        front[place] = front[place - 1]
        place -= 1
      }
      front[place] = entry
    }
  }

  private func sortManyInFront() {
    var entries = UnsafeMutableBufferPointer(start: front + frontHead, count: frontEnd - frontHead)
    entries.sort()
  }
}
