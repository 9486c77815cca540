/// Deadlines that never decrease, each with the slot it is about: a ring that grows.
struct DeadlineQueue {
  private typealias Entry = (deadline: Int64, slot: UnsafeMutablePointer<Slot>)

  private var entries: UnsafeMutablePointer<Entry>
  private var mask: Int
  private var tail = 0
  /// The position of the first entry; positions count up and are never used twice.
  private(set) var head = 0

  init() {
    mask = (1 << 13) - 1
    entries = .allocate(capacity: mask + 1)
  }

  /// The earliest deadline; `Int64.max` when there is none.
  @inline(__always) var nextDeadline: Int64 {
    head == tail ? .max : entries[head & mask].deadline
  }

  /// Adds a deadline that is not before the others and gives its position.
  @inline(__always)
  mutating func append(_ deadline: Int64, _ slot: UnsafeMutablePointer<Slot>) -> Int {
    if tail &- head > mask { grow() }
    (entries + (tail & mask)).initialize(to: (deadline, slot))
    tail &+= 1
    return tail &- 1
  }

  /// Takes the earliest deadline. There must be one.
  @inline(__always)
  mutating func removeFirst() -> (deadline: Int64, slot: UnsafeMutablePointer<Slot>) {
    let entry = entries[head & mask]
    head &+= 1
    return entry
  }

  @inline(never)
  private mutating func grow() {
    let wider = mask * 2 + 1
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: wider + 1)
    for position in head..<tail {
      (larger + (position & wider)).initialize(to: entries[position & mask])
    }
    entries.deallocate()
    entries = larger
    mask = wider
  }

  func deallocate() { entries.deallocate() }
}
