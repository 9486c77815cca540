/// Deadlines of many timers, in exact order.
///
/// Timers are small dense numbers that the user chooses, for instance the slots of a ``KeyTable``:
/// memory is 16 bytes for each number up to the largest armed, or up to twice that after growth, and
/// 24 bytes for each arming that is kept, at most twice as many as are armed and 64 more; armings lie
/// in chunks of eight, of which each list that is not empty has one that is not full.
/// Timers become due in the order of their deadlines, and of equal deadlines in the order in which
/// they were armed.
///
/// A hierarchy of 256-way wheels over the bits of the deadline (Varghese and Lauck, 1987, scheme 7)
/// holds all that is later than one tick; the timers of the earliest tick are kept sorted, and
/// those armed ahead of it later on are kept in a heap. As long as there are a dozen entries at most,
/// all of them are kept sorted. So ``nextDeadline`` is exact at any time, empty ticks cost nothing
/// however long they are, and the wheel needs no clock. Arming and cancelling are O(1) amortised in
/// the wheels and O(log e) among e early timers. A timer moves down at most once per level on
/// its way to the front. A timer that is armed anew or cancelled leaves its old entry behind,
/// which is passed over when it comes up; when more than half of the entries are such, all are
/// filed anew.
public struct TimerWheel {
  @usableFromInline var earliest = Int64.max
  /// The tick up to which timers are in `front` or in the heap. All in the wheels are later.
  var base: UInt64 = 0
  let tickBits: Int
  var memory = TimerMemory(capacity: 0, lists: 0)
  /// The parts of `memory`, one load closer.
  @usableFromInline var nodes: UnsafeMutablePointer<TimerNode>
  var heads: UnsafeMutablePointer<Int32>
  var occupied: UnsafeMutablePointer<UInt64>
  /// The sorted entries of the earliest tick, or a few of all ticks, lie from `frontHead` up to
  /// `frontEnd`.
  @usableFromInline var front: UnsafeMutablePointer<TimerEntry>
  @usableFromInline var frontHead = 0
  @usableFromInline var frontEnd = 0
  /// One bit for each word of `occupied` that is not zero.
  var occupiedWords: UInt32 = 0
  /// A binary heap of entries that were armed ahead of the front.
  var heap: [TimerEntry] = []
  var heapLimit = Self.smallHeap
  var armings: UInt64 = 0
  /// The number of entries, with those that no longer count.
  var stored = 0
  /// The number of timers that are armed.
  public internal(set) var count = 0

  static var smallHeap: Int { 64 }
  /// How many entries are kept in the front, with those that no longer count, before any is filed.
  static var shortFront: Int { 12 }
  var levels: Int { (64 - tickBits + 7) / 8 }

  /// Makes a wheel without timers.
  ///
  /// - Parameter tickBits: Timers are sorted among those whose deadlines are equal but for so many
  ///   low bits. 20, about a millisecond, unless told otherwise; 0 ... 32. The order is exact
  ///   whatever it is.
  public init(tickBits: Int = 20) {
    precondition((0...32).contains(tickBits), "tickBits of a TimerWheel is 0 ... 32")
    self.tickBits = tickBits
    (nodes, heads, occupied) = (memory.nodes, memory.heads, memory.occupied)
    front = memory.front
  }

  /// The earliest deadline of all timers, exactly; ``Instant/distantFuture`` when none is armed.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { Instant(nanoseconds: earliest) }

  /// When a timer is due, or nil when it is not armed.
  public func deadline(of id: Int) -> Instant? {
    isArmed(id) ? Instant(nanoseconds: nodes[id].deadline) : nil
  }

  /// Arms a timer, or arms it anew: it is then behind all others of the same deadline.
  ///
  /// A deadline in the past is due at once. ``Instant/distantFuture`` means never, and cancels.
  ///
  /// - Parameters:
  ///   - id: 0 ..< 2^31 - 1; small, because memory grows up to it.
  ///   - deadline: When it is due.
  public mutating func arm(_ id: Int, at deadline: Instant) {
    guard deadline < .distantFuture else { return cancel(id) }
    precondition(id >= 0, "timers of a TimerWheel are numbered from 0")
    own(upTo: id)
    if !nodes[id].isArmed { count += 1 }
    armings += 1
    let (nanoseconds, timer) = (deadline.nanoseconds, Int32(truncatingIfNeeded: id))
    nodes[id] = TimerNode(deadline: nanoseconds, sequence: armings)
    place(TimerEntry(deadline: nanoseconds, sequence: armings, timer: timer))
    settle()
    if _slowPath(stored > 2 * count + 64) { sweep() }
  }

  /// Disarms a timer. Does nothing when it is not armed.
  public mutating func cancel(_ id: Int) {
    guard isArmed(id) else { return }
    own(upTo: id)
    nodes[id] = .none
    count -= 1
    settle()
    if _slowPath(stored > 2 * count + 64) { sweep() }
  }

  /// Takes the timer that is due first, if it is due at or before `now`; it is then not armed.
  public mutating func popDue(at now: Instant) -> (id: Int, deadline: Instant)? {
    guard earliest <= now.nanoseconds, count > 0 else { return nil }
    own(upTo: 0)
    let first = takeFirst()
    nodes[Int(first.timer)] = .none
    count -= 1
    settle()
    return (Int(first.timer), Instant(nanoseconds: first.deadline))
  }

  func isArmed(_ id: Int) -> Bool {
    id >= 0 && id < memory.capacity && nodes[id].isArmed
  }

  /// Lets go of the entries that no longer count. They are as many as those that do, so each arming
  /// pays for two.
  private mutating func sweep() {
    rebuild()
    settle()
  }

  /// Makes the memory the wheel's own, and large enough for a timer.
  @inline(__always)
  mutating func own(upTo id: Int) {
    if id >= memory.capacity || !isKnownUniquelyReferenced(&memory) { copyMemory(upTo: id) }
  }

  mutating func copyMemory(upTo id: Int) {
    precondition(id < Int(Int32.max), "timers of a TimerWheel are numbered below 2^31 - 1")
    let larger = id < memory.capacity ? memory.capacity : max(8, id + 1, 2 * memory.capacity)
    memory = memory.copy(capacity: larger, lists: levels * 256)
    (nodes, heads, occupied) = (memory.nodes, memory.heads, memory.occupied)
    front = memory.front
  }
}

/// Sendable because memory that two copies share is never written: every change first makes sure
/// that the memory is its own.
extension TimerWheel: @unchecked Sendable {}
