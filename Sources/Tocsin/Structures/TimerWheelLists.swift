// How entries get into lists and out of them. The list of an entry in the wheels is given by the
// highest byte in which its tick differs from `base` (the level) and by that byte of its tick (the
// list). So every list of a level is later than all lists of the levels below, lists of one level
// are in order, and the list with the lowest number is always the earliest.
extension TimerWheel {
  @inline(__always)
  func tick(of deadline: Int64) -> UInt64 {
    (UInt64(bitPattern: deadline) ^ (1 << 63)) >> UInt64(tickBits)
  }

  @inline(__always)
  static func level(of difference: UInt64) -> Int {
    (63 - (difference | 1).leadingZeroBitCount) >> 3
  }

  /// Puts the entry of a timer that has just been armed where it belongs.
  @inline(__always)
  mutating func place(_ entry: TimerEntry) {
    let tick = tick(of: entry.deadline)
    if count == 1 { begin(at: tick) }
    stored += 1
    if _fastPath(isShort) {
      insertIntoFront(entry, tick)
    } else if tick > base {
      link(entry, tick)
    } else if frontHead == frontEnd || front[frontEnd - 1].deadline <= entry.deadline {
      appendToFront(entry)
    } else {
      pushEarly(entry)
    }
  }

  /// Begins anew with the only timer: what is left of others does not count.
  @inline(__always)
  mutating func begin(at tick: UInt64) {
    if stored != 0 { discardAll() }
    base = tick
  }

  /// Puts an entry, whose tick is at or after `base`, into the wheels.
  @inline(__always)
  mutating func link(_ entry: TimerEntry, _ tick: UInt64) {
    let level = Self.level(of: tick ^ base)
    let list = level << 8 | Int(truncatingIfNeeded: (tick >> UInt64(level << 3)) & 255)
    let head = heads[list]
    let chunk = memory.chunks.add(entry, to: head)
    guard chunk != head else { return }
    if head < 0 { mark(list) }
    heads[list] = chunk
  }

  @inline(__always)
  mutating func mark(_ list: Int) {
    occupied[list >> 6] |= 1 << UInt64(list & 63)
    occupiedWords |= 1 << UInt32(list >> 6)
  }

  @inline(__always)
  mutating func unmark(_ list: Int) {
    occupied[list >> 6] &= ~(1 << UInt64(list & 63))
    if occupied[list >> 6] == 0 { occupiedWords &= ~(1 << UInt32(list >> 6)) }
  }

  /// Empties a list of the wheels and gives its newest chunk.
  @inline(__always)
  mutating func take(_ list: Int) -> Int32 {
    unmark(list)
    let head = heads[list]
    heads[list] = -1
    return head
  }

  /// The list of the wheels with the earliest entries.
  @inline(__always)
  var earliestList: Int? {
    guard occupiedWords != 0 else { return nil }
    let word = occupiedWords.trailingZeroBitCount
    return word << 6 | occupied[word].trailingZeroBitCount
  }

  /// Lets go of all entries.
  mutating func discardAll() {
    while let list = earliestList {
      var chunk = take(list)
      while chunk >= 0 { chunk = memory.chunks.release(chunk) }
    }
    if !heap.isEmpty {
      heap.removeAll(keepingCapacity: true)
      heapLimit = Self.smallHeap
    }
    (frontHead, frontEnd, stored) = (0, 0, 0)
  }

  /// Files all entries that count anew, from the earliest tick on, and lets go of the others. O(n).
  mutating func rebuild() {
    var counting = Array(UnsafeBufferPointer(start: front + frontHead, count: frontEnd - frontHead))
    counting += heap
    while let list = earliestList {
      var chunk = take(list)
      while chunk >= 0 {
        for index in 0..<memory.chunks.count(chunk) {
          counting.append(memory.chunks.entry(chunk, index))
        }
        chunk = memory.chunks.release(chunk)
      }
    }
    discardAll()
    counting.removeAll { !isCurrent($0) }
    guard let first = counting.min() else { return }
    base = tick(of: first.deadline)
    stored = counting.count
    for entry in counting { link(entry, tick(of: entry.deadline)) }
    refill()
  }
}
