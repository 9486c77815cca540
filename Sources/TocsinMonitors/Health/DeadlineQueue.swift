import Tocsin

/// Deadlines, earliest first; of equal ones the lower place first. A binary heap.
struct DeadlineQueue: Sendable {
  struct Entry: Comparable, Sendable {
    var deadline: Instant
    var place: Int

    static func < (left: Entry, right: Entry) -> Bool {
      (left.deadline.nanoseconds, left.place) < (right.deadline.nanoseconds, right.place)
    }
  }

  private var heap: [Entry] = []

  var first: Entry? { heap.first }

  mutating func insert(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() {
    guard heap.count > 1 else { return heap.removeAll(keepingCapacity: true) }
    heap[0] = heap.removeLast()
    var parent = 0
    while let child = smallerChild(of: parent), heap[child] < heap[parent] {
      heap.swapAt(child, parent)
      parent = child
    }
  }

  private func smallerChild(of parent: Int) -> Int? {
    let left = 2 * parent + 1
    guard left < heap.count else { return nil }
    return left + 1 < heap.count && heap[left + 1] < heap[left] ? left + 1 : left
  }
}
