/// One timer: its neighbours, when it is due, and which arming it was. 24 bytes.
@usableFromInline
struct TimerNode {
  /// `previous` of a timer that is not armed.
  static var idle: Int32 { .min }
  /// `previous` of a timer in the heap of early timers; `next` is then its place there.
  static var early: Int32 { .min + 1 }
  /// A timer that is not armed.
  static var none: TimerNode {
    TimerNode(next: -1, previous: idle, deadline: .max, sequence: 0)
  }

  @usableFromInline var next: Int32
  /// The timer before it in its list; `-1 - list` for the first of a list.
  var previous: Int32
  var deadline: Int64
  var sequence: UInt64
}

/// Owns the memory of a ``TimerWheel``: one node for each timer, and the lists of the wheels.
///
/// Plain arrays would check uniqueness and bounds at every link of every list, which makes arming
/// among a million timers four times as slow. The wheel checks uniqueness once for each call, and
/// the number it is given; all other numbers are its own.
final class TimerMemory {
  let capacity: Int
  let lists: Int
  let nodes: UnsafeMutablePointer<TimerNode>
  /// The first timer of each list, -1 where empty.
  let heads: UnsafeMutablePointer<Int32>
  /// One bit for each list that is not empty.
  let occupied: UnsafeMutablePointer<UInt64>

  init(capacity: Int, lists: Int) {
    self.capacity = capacity
    self.lists = lists
    nodes = .allocate(capacity: capacity)
    nodes.initialize(repeating: .none, count: capacity)
    heads = .allocate(capacity: lists)
    heads.initialize(repeating: -1, count: lists)
    occupied = .allocate(capacity: lists / 64)
    occupied.initialize(repeating: 0, count: lists / 64)
  }

  deinit {
    nodes.deallocate()
    heads.deallocate()
    occupied.deallocate()
  }

  /// The same timers and lists in memory of their own; both sizes may be larger, never smaller.
  func copy(capacity: Int, lists: Int) -> TimerMemory {
    let other = TimerMemory(capacity: capacity, lists: lists)
    other.nodes.update(from: nodes, count: self.capacity)
    other.heads.update(from: heads, count: self.lists)
    other.occupied.update(from: occupied, count: self.lists / 64)
    return other
  }
}
