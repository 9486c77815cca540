/// What a ``TimerWheel`` knows of one timer: when it is due and which arming it was. 16 bytes.
@usableFromInline
struct TimerNode {
  /// A timer that is not armed.
  static var none: TimerNode { TimerNode(deadline: .max, sequence: 0) }

  var deadline: Int64
  /// The number of the arming; 0 when the timer is not armed. Only the entry with this number counts.
  var sequence: UInt64

  @inline(__always) var isArmed: Bool { sequence != 0 }
}

/// One arming of a timer, as it lies in the lists, the front and the heap. It stays where it is when
/// its timer is cancelled or armed anew, and is passed over when it comes up.
@usableFromInline
struct TimerEntry: Comparable {
  var deadline: Int64
  var sequence: UInt64
  @usableFromInline var timer: Int32

  @usableFromInline
  static func < (left: TimerEntry, right: TimerEntry) -> Bool {
    left.deadline < right.deadline
      || (left.deadline == right.deadline && left.sequence < right.sequence)
  }
}

/// Owns the memory of a ``TimerWheel``: a node for each timer, the lists of the wheels, the chunks in
/// which their entries lie, and the front.
///
/// Plain arrays would check uniqueness and bounds at every step, which makes arming among a million
/// timers four times as slow. The wheel checks uniqueness once for each call, and the number it is
/// given; all other numbers are its own.
final class TimerMemory {
  let capacity: Int
  let lists: Int
  let nodes: UnsafeMutablePointer<TimerNode>
  /// The newest chunk of each list, -1 where empty.
  let heads: UnsafeMutablePointer<Int32>
  /// One bit for each list that is not empty.
  let occupied: UnsafeMutablePointer<UInt64>
  /// These change, and only the wheel that owns the memory changes them.
  @exclusivity(unchecked) var chunks: TimerChunks
  @exclusivity(unchecked) var front: UnsafeMutablePointer<TimerEntry>
  @exclusivity(unchecked) var frontCapacity: Int

  init(capacity: Int, lists: Int, chunks: TimerChunks = TimerChunks(), frontCapacity: Int = 4) {
    self.capacity = capacity
    self.lists = lists
    self.chunks = chunks
    self.frontCapacity = frontCapacity
    nodes = .allocate(capacity: capacity)
    nodes.initialize(repeating: .none, count: capacity)
    heads = .allocate(capacity: lists)
    heads.initialize(repeating: -1, count: lists)
    occupied = .allocate(capacity: lists / 64)
    occupied.initialize(repeating: 0, count: lists / 64)
    front = .allocate(capacity: frontCapacity)
    front.initialize(
      repeating: TimerEntry(deadline: 0, sequence: 0, timer: 0),
      count: frontCapacity
    )
  }

  deinit {
    nodes.deallocate()
    heads.deallocate()
    occupied.deallocate()
    chunks.deallocate()
    front.deallocate()
  }

  /// The same timers and lists in memory of their own; both sizes may be larger, never smaller.
  func copy(capacity: Int, lists: Int) -> TimerMemory {
    let other = TimerMemory(
      capacity: capacity,
      lists: lists,
      chunks: chunks.copy(),
      frontCapacity: frontCapacity
    )
    other.nodes.update(from: nodes, count: self.capacity)
    other.heads.update(from: heads, count: self.lists)
    other.occupied.update(from: occupied, count: self.lists / 64)
    other.front.update(from: front, count: frontCapacity)
    return other
  }

  /// Gives the front room for so many entries.
  func growFront(to needed: Int) {
    let larger = max(needed, 2 * frontCapacity)
    let more = UnsafeMutablePointer<TimerEntry>.allocate(capacity: larger)
    more.initialize(repeating: TimerEntry(deadline: 0, sequence: 0, timer: 0), count: larger)
    more.update(from: front, count: frontCapacity)
    front.deallocate()
    front = more
    frontCapacity = larger
  }
}
