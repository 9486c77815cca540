public import CTocsin

/// The deadlines of keys that mostly wait equally long.
///
/// A deadline that is not earlier than all before it goes to the end of a ring: with one constant
/// delay that is every deadline, and arming, re-arming, cancelling and firing cost a few nanoseconds
/// each. Where a deadline is known before anything waits for it, as the end of a window is, its entry
/// is reserved at once, while its place is the end. The others go to a ``TimerWheel``. What is due
/// comes out exactly in the order of deadlines, of equal deadlines in the order they were armed or
/// reserved.
///
/// An id that is armed anew leaves its old entry behind, which no longer counts. When the ring is
/// full the entries that count are moved together; it grows when they are more than half of it. So
/// arming is O(1) amortised, and memory is that of the armed and reserved ids, however often they are
/// armed anew.
///
/// Ids are small dense numbers, as in ``TimerWheel``. 4 bytes each, and 16 to 65 for one armed.
@usableFromInline
struct DeadlineQueue {
  @usableFromInline var memory = DeadlineMemory(entries: 16, ids: 16)
  /// The position of the first armed entry; `tail` when there is none. Positions count up.
  @usableFromInline var head = 0
  /// The position behind the last entry.
  @usableFromInline var tail = 0
  /// The position of the first entry that is in use; `head` when none is reserved.
  @usableFromInline var low = 0
  /// How many entries are reserved and not armed.
  @usableFromInline var reserved = 0
  /// Whether anything was ever reserved. Until then every entry that is its id's own is armed, and the
  /// set of those that are is empty.
  @usableFromInline var reserves = false
  /// No entry and nothing in the wheel is later. What is armed at it or later therefore goes behind
  /// both, and of equal deadlines the ring's was always armed before the wheel's.
  @usableFromInline var latest = Int64.min
  /// The earliest deadline.
  @usableFromInline var earliest = Int64.max
  @usableFromInline var wheel = TimerWheel()

  @inlinable
  init() {}

  /// The earliest deadline; `distantFuture` when there is none.
  @inlinable
  @inline(__always)
  var nextDeadline: Instant { Instant(nanoseconds: earliest) }

  /// Whether nothing is armed or reserved.
  @inlinable
  @inline(__always)
  var isEmpty: Bool { earliest == .max && reserved == 0 }

  /// Sets the deadline of an id; `distantFuture` cancels it.
  @inlinable
  @inline(__always)
  mutating func arm(_ id: Int, at deadline: Instant) {
    let deadline = deadline.nanoseconds
    guard deadline < .max else { return cancel(id) }
    guard _fastPath(deadline >= latest) else { return armEarly(id, at: deadline) }
    let position = append(id, deadline, isArmed: true)
    if _slowPath(position == head) { settle() }
  }

  /// Puts an entry at the end of the ring in place of what the id had. Gives its position.
  @inlinable
  @inline(__always)
  mutating func append(_ id: Int, _ deadline: Int64, isArmed: Bool) -> Int {
    prepare(id)
    if _slowPath(tail &- low > memory.mask) { makeRoom() }
    let old = memory.places[id]
    let position = tail
    memory.put(DeadlineMemory.Entry(deadline, id), at: position, isArmed: reserves && isArmed)
    tail &+= 1
    latest = deadline
    // Before the old one is let go: what is reserved must not be passed over then.
    if !isArmed { reserved &+= 1 }
    if old != DeadlineMemory.idle { release(old, of: id) }
    return position
  }

  /// Lets go of what an id had before. Its place is another by now.
  @inlinable
  @inline(__always)
  mutating func release(_ old: Int32, of id: Int) {
    if _slowPath(old == DeadlineMemory.inWheel) {
      wheel.cancel(id)
      settle()
    } else if _slowPath(reserves), !memory.armed.remove(Int(old)) {
      reserved &-= 1
    } else if _slowPath(old == memory.place(head)) {
      settle()
    }
  }

  /// Takes a deadline back.
  @inlinable
  @inline(__always)
  mutating func cancel(_ id: Int) {
    precondition(id >= 0, "A timer's id is a small number from 0 on.")
    guard id < memory.idCount, memory.places[id] != DeadlineMemory.idle else { return }
    disarm(id)
  }

  /// The id of the entry so many places behind the first one; nil when there is none. It may count
  /// no longer.
  @inlinable
  @inline(__always)
  func id(ahead distance: Int) -> Int? {
    tail &- head > distance ? Int(memory.entries[(head &+ distance) & memory.mask].id) : nil
  }

  /// Calls with the ids that probably come up a little later: the fifth of the ring, and what the
  /// wheel has next.
  @inlinable
  @inline(__always)
  func forEachUpcoming(_ body: (Int) -> Void) {
    if let id = id(ahead: 4) { body(id) }
    wheel.forEachUpcoming(body)
  }

  /// The id whose deadline comes after that of another one; nil when none does. Only where no
  /// deadline was ever earlier than one armed before it.
  @usableFromInline
  func id(after id: Int) -> Int? {
    guard id < memory.idCount, memory.places[id] >= 0 else { return nil }
    let position = memory.position(of: Int(memory.places[id]), from: head)
    return (position + 1..<max(position + 1, tail)).first { memory.isCurrent($0) }
      .map { Int(memory.entries[$0 & memory.mask].id) }
  }

  /// Brings the place of an id near that is armed soon. Any number will do.
  @inlinable
  @inline(__always)
  func prefetch(_ id: Int) {
    tocsin_prefetch(memory.places + id)
    if wheel.nextDeadline != .distantFuture { wheel.prefetch(id) }
  }

  /// Takes the first thing that is due at or before `now`; nil when nothing is.
  @inlinable
  @inline(__always)
  mutating func popDue(at now: Instant) -> (id: Int, deadline: Instant)? {
    guard earliest <= now.nanoseconds, earliest < .max else { return nil }
    return popFirst()
  }
}

// Unchecked for its memory, which is copied on write: two values never change the same entries.
extension DeadlineQueue: @unchecked Sendable {}
