// The heap of entries that were armed ahead of the front, and the way back into the wheels when they
// become many: for instance when short delays begin while only a long one is pending.
extension TimerWheel {
  mutating func pushEarly(_ entry: TimerEntry) {
    heap.append(entry)
    siftUp(from: heap.count - 1)
    if heap.count > heapLimit { returnEarly() }
  }

  /// Takes the first entry of the heap out.
  @discardableResult
  mutating func removeEarly() -> TimerEntry {
    let first = heap[0]
    let last = heap.removeLast()
    stored -= 1
    if heap.isEmpty {
      heapLimit = Self.smallHeap
    } else {
      heap[0] = last
      siftDown()
    }
    return first
  }

  private mutating func siftUp(from start: Int) {
    let entry = heap[start]
    var place = start
    while place > 0, entry < heap[(place - 1) / 2] {
      heap[place] = heap[(place - 1) / 2]
      place = (place - 1) / 2
    }
    heap[place] = entry
  }

  private mutating func siftDown() {
    let entry = heap[0]
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < entry else { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = entry
  }

  /// Files everything anew from the earliest entry on, so that the early ones are in the wheels again.
  ///
  /// There may be at most four entries in all for each early one, so that each arming pays for a
  /// bounded number of moves; otherwise the heap may grow to twice its size before this is tried
  /// again.
  private mutating func returnEarly() {
    if 4 * heap.count >= stored { rebuild() } else { heapLimit = 2 * heap.count }
  }
}
