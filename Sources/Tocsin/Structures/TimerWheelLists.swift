/// What timers are sorted by.
struct TimerOrder: Comparable {
  var deadline: Int64
  var sequence: UInt64
  var timer: Int32

  static func < (left: TimerOrder, right: TimerOrder) -> Bool {
    left.deadline < right.deadline
      || (left.deadline == right.deadline && left.sequence < right.sequence)
  }
}

// How timers get into lists and out of them. The list of a timer in the wheels is given by the
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

  /// Puts an armed timer where it belongs.
  @inline(__always)
  mutating func place(_ timer: Int32) {
    let deadline = nodes[Int(timer)].deadline
    let tick = tick(of: deadline)
    if count == 1 { base = tick }
    if tick > base {
      link(timer, tick)
    } else if frontEnd < 0 || nodes[Int(frontEnd)].deadline <= deadline {
      appendToFront(timer)
    } else {
      pushEarly(timer)
    }
  }

  /// Puts a timer, whose tick is at or after `base`, into the wheels.
  @inline(__always)
  mutating func link(_ timer: Int32, _ tick: UInt64) {
    let level = Self.level(of: tick ^ base)
    let list = level << 8 | Int(truncatingIfNeeded: (tick >> UInt64(level << 3)) & 255)
    let head = heads[list]
    nodes[Int(timer)].next = head
    nodes[Int(timer)].previous = Int32(truncatingIfNeeded: -1 - list)
    if head >= 0 { nodes[Int(head)].previous = timer } else { mark(list) }
    heads[list] = timer
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

  /// Takes a timer out of wherever it is.
  @inline(__always)
  mutating func detach(_ timer: Int32) {
    let node = nodes[Int(timer)]
    count -= 1
    nodes[Int(timer)].previous = TimerNode.idle
    if node.previous == TimerNode.early { return removeEarly(at: Int(node.next)) }
    if node.next >= 0 {
      nodes[Int(node.next)].previous = node.previous
    } else if timer == frontEnd {
      frontEnd = max(node.previous, -1)
    }
    if node.previous >= 0 {
      nodes[Int(node.previous)].next = node.next
    } else {
      setHead(of: -1 - node.previous, to: node.next)
    }
  }

  @inline(__always)
  mutating func setHead(of list: Int32, to timer: Int32) {
    if list == frontList {
      front = timer
    } else {
      heads[Int(list)] = timer
      if timer < 0 { unmark(Int(list)) }
    }
  }

  /// Empties a list of the wheels and gives its first timer.
  mutating func take(_ list: Int) -> Int32 {
    unmark(list)
    let head = heads[list]
    heads[list] = -1
    return head
  }

  /// The list of the wheels with the earliest timers.
  var earliestList: Int? {
    guard occupiedWords != 0 else { return nil }
    let word = occupiedWords.trailingZeroBitCount
    return word << 6 | occupied[word].trailingZeroBitCount
  }

  @inline(__always)
  mutating func appendToFront(_ timer: Int32) {
    nodes[Int(timer)].next = -1
    nodes[Int(timer)].previous = frontEnd >= 0 ? frontEnd : -1 - frontList
    if frontEnd >= 0 { nodes[Int(frontEnd)].next = timer } else { front = timer }
    frontEnd = timer
  }
}
