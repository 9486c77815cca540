import CBench
import ReferenceGraph
import Tocsin

/// What a loop written by hand keeps of one key, and what it does with it.
protocol HandCell {
  init()
  /// Takes a value. Gives a deadline that is not before any other that was given, or nil.
  mutating func receive(_ value: Notice, at now: Int64, _ span: Int64, _ tally: Tally) -> Int64?
  /// A deadline that was given has come; it may not count any longer.
  mutating func fire(at deadline: Int64, _ span: Int64, _ tally: Tally) -> Int64?
}

/// An operator with keys the way a careful engineer writes it for speed alone: no graph, no closure,
/// one table, one queue of deadlines that never decrease, and each span looked through once so that
/// the processor waits for many lines of memory at once.
struct HandLoop<Cell: HandCell> {
  private let draws: Draws
  private let span: Int64
  private let tally = Tally()
  private var table: HandTable<Cell>
  private var queue = HandQueue()

  init(_ workload: Workload, gaps: Double) {
    draws = Draws(workload, keys: PerKey.keys)
    span = draws.gaps(gaps).wholeNanoseconds
    table = HandTable(keys: PerKey.keys)
    send(0..<draws.warmUp)
    tally.outcome = Outcome()
  }

  mutating func measure() -> Outcome {
    let first = draws.warmUp
    send(first..<first + draws.workload.events.count)
    table.deallocate()
    queue.deallocate()
    return tally.outcome
  }

  private mutating func send(_ numbers: Range<Int>) {
    var values: [Notice] = []
    var places = [Int](repeating: 0, count: 64)
    values.reserveCapacity(64)
    for number in numbers {
      let event = draws.event(number)
      values.append(Notice(event, isHot: draws.isHot(event)))
      table.prefetchHome(event.symbol)
      guard values.count == 64 || number + 1 == numbers.upperBound else { continue }
      for index in values.indices {
        places[index] = table.place(of: values[index].key)
        table.prefetch(places[index])
      }
      for index in values.indices { take(values[index], places[index]) }
      values.removeAll(keepingCapacity: true)
    }
  }

  @inline(__always)
  private mutating func take(_ value: Notice, _ place: Int) {
    let now = value.instant.nanoseconds
    while queue.nextDeadline <= now { fire() }
    if let deadline = table.cells[place].receive(value, at: now, span, tally) {
      queue.append(deadline, place)
    }
  }

  @inline(__always)
  private mutating func fire() {
    table.prefetch(queue.place(ahead: 8))
    let (deadline, place) = queue.removeFirst()
    if let next = table.cells[place].fire(at: deadline, span, tally) { queue.append(next, place) }
  }
}

/// Cells by key: an index with linear probing, at most half full.
struct HandTable<Cell> {
  private let index: UnsafeMutablePointer<UInt32>
  private let keys: UnsafeMutablePointer<UInt32>
  let cells: UnsafeMutablePointer<Cell>
  private let mask: Int
  private let shift: UInt32
  private let capacity: Int
  private var count = 0

  init(keys limit: Int) where Cell: HandCell {
    let bits = UInt32(Int.bitWidth - (limit * 2 - 1).leadingZeroBitCount)
    (mask, shift, capacity) = ((1 << Int(bits)) - 1, 32 - bits, limit)
    index = .allocate(capacity: mask + 1)
    index.initialize(repeating: 0, count: mask + 1)
    keys = .allocate(capacity: limit)
    cells = UnsafeMutableRawPointer.allocate(
      byteCount: limit * MemoryLayout<Cell>.stride,
      alignment: 64
    ).initializeMemory(as: Cell.self, repeating: Cell(), count: limit)
  }

  @inline(__always)
  private func home(_ key: UInt32) -> Int { Int((key &* 2_654_435_769) >> shift) }

  @inline(__always)
  func prefetchHome(_ key: UInt32) { bench_prefetch(index + home(key)) }

  @inline(__always)
  func prefetch(_ place: Int) {
    let cell = UnsafeRawPointer(cells + place)
    for line in stride(from: 0, to: MemoryLayout<Cell>.size, by: 64) { bench_prefetch(cell + line) }
  }

  /// The place of a key's cell, made if it is not there. Cells do not move.
  @inline(__always)
  mutating func place(of key: UInt32) -> Int {
    var entry = home(key)
    while index[entry] != 0 {
      let place = Int(index[entry]) &- 1
      if keys[place] == key { return place }
      entry = (entry &+ 1) & mask
    }
    precondition(count < capacity)
    keys[count] = key
    count += 1
    index[entry] = UInt32(count)
    return count - 1
  }

  func deallocate() {
    cells.deinitialize(count: capacity)
    cells.deallocate()
    keys.deallocate()
    index.deallocate()
  }
}

/// Deadlines that never decrease: a ring that is large enough for all keys.
struct HandQueue {
  private let entries: UnsafeMutablePointer<(deadline: Int64, place: Int32)>
  private let mask: Int
  private var head = 0
  private var tail = 0

  init() {
    mask = (1 << 20) - 1
    entries = .allocate(capacity: mask + 1)
    entries.initialize(repeating: (.max, 0), count: mask + 1)
  }

  @inline(__always) var nextDeadline: Int64 { head == tail ? .max : entries[head & mask].deadline }

  /// The place of a later entry; any place when there is none.
  @inline(__always)
  func place(ahead distance: Int) -> Int { Int(entries[(head &+ distance) & mask].place) }

  @inline(__always)
  mutating func append(_ deadline: Int64, _ place: Int) {
    precondition(tail &- head <= mask)
    entries[tail & mask] = (deadline, Int32(truncatingIfNeeded: place))
    tail &+= 1
  }

  @inline(__always)
  mutating func removeFirst() -> (deadline: Int64, place: Int) {
    let entry = entries[head & mask]
    head &+= 1
    return (entry.deadline, Int(entry.place))
  }

  func deallocate() { entries.deallocate() }
}
