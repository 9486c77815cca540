public import CTocsin

// How the earliest timers are found: the sorted list of the earliest tick, and the heap of those
// that were armed ahead of it.
extension TimerWheel {
  /// The timer that is due first.
  @inline(__always)
  var first: Int32? {
    if heap.isEmpty { return front >= 0 ? front : nil }
    return front < 0 || precedes(heap[0], front) ? heap[0] : front
  }

  /// Calls with the first timers of the front, four at most. Those of the tick behind it are not known
  /// until it has become the front, so it is asked again after every firing.
  @inlinable
  @inline(__always)
  func forEachUpcoming(_ body: (Int) -> Void) {
    var (timer, rest) = (front, 4)
    while timer >= 0, rest > 0 {
      body(Int(timer))
      timer = nodes[Int(timer)].next
      rest &-= 1
    }
  }

  /// Brings the node of a timer near that is armed soon. Any number will do.
  @inlinable
  @inline(__always)
  func prefetch(_ timer: Int) { tocsin_prefetch(nodes + timer) }

  /// Brings the next tick to the front when the front is empty, and notes the earliest deadline.
  @inline(__always)
  mutating func settle() {
    if front < 0 && heap.isEmpty { refill() }
    earliest = first.map { nodes[Int($0)].deadline } ?? Int64.max
  }

  /// Moves `base` to the earliest list and that list down, level by level, until its first tick is
  /// the front. O(levels), and O(1) amortised for each timer and level.
  mutating func refill() {
    while let list = earliestList {
      let width = UInt64(list >> 8) << 3
      base = ((base >> (width + 8)) << 8 | UInt64(list & 255)) << width
      let head = take(list)
      guard width > 0 else { return bringToFront(head) }
      relink(head)
    }
  }

  mutating func relink(_ head: Int32) {
    var timer = head
    while timer >= 0 {
      let node = nodes[Int(timer)]
      link(timer, tick(of: node.deadline))
      timer = node.next
    }
  }

  /// Makes the timers of one tick the sorted front.
  mutating func bringToFront(_ head: Int32) {
    if nodes[Int(head)].next < 0 { return appendToFront(head) }
    let isReversed = gather(head)
    if isReversed { scratch.reverse() } else { scratch.sort() }
    for order in scratch { appendToFront(order.timer) }
    scratch.removeAll(keepingCapacity: true)
  }

  /// Copies a list into `scratch`; true when it runs from the latest to the earliest, as it does
  /// when timers of one delay went straight into it.
  mutating func gather(_ head: Int32) -> Bool {
    var isReversed = true
    var timer = head
    while timer >= 0 {
      let node = nodes[Int(timer)]
      let order = TimerOrder(deadline: node.deadline, sequence: node.sequence, timer: timer)
      if let last = scratch.last, last < order { isReversed = false }
      scratch.append(order)
      timer = node.next
    }
    return isReversed
  }

  func precedes(_ left: Int32, _ right: Int32) -> Bool {
    let left = nodes[Int(left)]
    let right = nodes[Int(right)]
    return left.deadline < right.deadline
      || (left.deadline == right.deadline && left.sequence < right.sequence)
  }
}
