// The heap of timers that were armed ahead of the front, and the way back into the wheels when they
// become many: for instance when short delays begin while only a long one is pending.
extension TimerWheel {
  mutating func pushEarly(_ timer: Int32) {
    nodes[Int(timer)].previous = TimerNode.early
    heap.append(timer)
    siftUp(from: heap.count - 1)
    if heap.count > heapLimit { rebase() }
  }

  mutating func removeEarly(at place: Int) {
    let last = heap.removeLast()
    if place < heap.count {
      setEarly(last, at: place)
      siftUp(from: siftDown(from: place))
    }
    if heap.isEmpty { heapLimit = Self.smallHeap }
  }

  mutating func setEarly(_ timer: Int32, at place: Int) {
    heap[place] = timer
    nodes[Int(timer)].next = Int32(truncatingIfNeeded: place)
  }

  mutating func siftUp(from start: Int) {
    let timer = heap[start]
    var place = start
    while place > 0, precedes(timer, heap[(place - 1) / 2]) {
      setEarly(heap[(place - 1) / 2], at: place)
      place = (place - 1) / 2
    }
    setEarly(timer, at: place)
  }

  /// Gives the place where the timer came to rest.
  mutating func siftDown(from start: Int) -> Int {
    let timer = heap[start]
    var place = start
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) { child += 1 }
      guard precedes(heap[child], timer) else { break }
      setEarly(heap[child], at: place)
      place = child
    }
    setEarly(timer, at: place)
    return place
  }

  /// Moves `base` back to the earliest timer of the heap and all early timers into the wheels.
  ///
  /// The timers that were brought forward too soon go back too. They may be at most four for each
  /// early one, so that each arming pays for a bounded number of moves; otherwise the heap may
  /// grow to twice its size before this is tried again.
  mutating func rebase() {
    let start = tick(of: nodes[Int(heap[0])].deadline)
    let lists = Self.level(of: start ^ base) << 8
    guard start < base, let moved = frontAndLists(below: lists, atMost: 4 * heap.count) else {
      heapLimit = 2 * heap.count
      return
    }
    for list in 0..<min(lists, memory.lists) where heads[list] >= 0 { _ = take(list) }
    let early = heap
    heap.removeAll(keepingCapacity: true)
    heapLimit = Self.smallHeap
    front = -1
    frontEnd = -1
    base = start
    for timer in moved + early { link(timer, tick(of: nodes[Int(timer)].deadline)) }
    refill()
  }

  /// The timers of the front and of the first lists of the wheels, or nil when they are too many.
  func frontAndLists(below lists: Int, atMost limit: Int) -> [Int32]? {
    var timers: [Int32] = []
    guard append(front, to: &timers, atMost: limit) else { return nil }
    for list in 0..<min(lists, memory.lists) where heads[list] >= 0 {
      guard append(heads[list], to: &timers, atMost: limit) else { return nil }
    }
    return timers
  }

  func append(_ head: Int32, to timers: inout [Int32], atMost limit: Int) -> Bool {
    var timer = head
    while timer >= 0 {
      guard timers.count < limit else { return false }
      timers.append(timer)
      timer = nodes[Int(timer)].next
    }
    return true
  }
}
