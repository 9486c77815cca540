public import CTocsin

/// The deadlines of keys that mostly wait equally long.
///
/// A deadline that is not earlier than all armed before it goes to the end of a ring: with one
/// constant delay that is every deadline, and arming, re-arming, cancelling and firing cost a few
/// nanoseconds each. The others go to a ``TimerWheel``. What is due comes out exactly in the order of
/// deadlines, of equal deadlines in the order they were armed.
///
/// An id that is armed anew leaves its old entry behind, which no longer counts and is passed over
/// when it comes up. When the ring is full the entries that count are moved together; it grows when
/// they are more than half of it. So arming is O(1) amortised, and memory is that of the armed ids,
/// however often they are armed anew.
///
/// Ids are small dense numbers, as in ``TimerWheel``. 4 bytes each, and 16 to 64 for one armed.
@usableFromInline
struct DeadlineQueue {
  @usableFromInline var memory = DeadlineMemory(entries: 16, ids: 16)
  /// The position of the first entry, which always counts. Positions count up.
  @usableFromInline var head = 0
  /// The position behind the last entry.
  @usableFromInline var tail = 0
  /// The position up to which ids have been shown as upcoming.
  @usableFromInline var shown = 0
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

  /// Sets the deadline of an id; `distantFuture` cancels it.
  @inlinable
  @inline(__always)
  mutating func arm(_ id: Int, at deadline: Instant) {
    let deadline = deadline.nanoseconds
    guard deadline < .max else { return cancel(id) }
    guard _fastPath(deadline >= latest) else { return armEarly(id, at: deadline) }
    prepare(id)
    if _slowPath(tail &- head > memory.mask) { makeRoom() }
    let old = memory.places[id]
    memory.put(DeadlineMemory.Entry(deadline, id), at: tail)
    tail &+= 1
    latest = deadline
    let isOnly = tail &- head == 1
    if _slowPath(isOnly || old == memory.place(head) || old == DeadlineMemory.inWheel) {
      leave(old, of: id)
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

  /// Calls with the ids that probably come up a little later: those of the next entries of the ring,
  /// each entry once, and what the wheel has next. An entry that does not count is passed over by
  /// calling with the first id of the ring again: a choice costs less than a jump nobody can foresee.
  @inlinable
  @inline(__always)
  mutating func forEachUpcoming(_ body: (Int) -> Void) {
    let end = Swift.min(head &+ 12, tail)
    let first = memory.entries[head & memory.mask].id
    var position = Swift.max(shown, head)
    while position < end {
      let id = memory.entries[position & memory.mask].id
      body(Int(memory.places[Int(id)] == memory.place(position) ? id : first))
      position &+= 1
    }
    shown = position
    wheel.forEachUpcoming(body)
  }

  /// The id whose deadline comes after that of another one; nil when none does. Only where no
  /// deadline was ever earlier than one armed before it.
  @usableFromInline
  func id(after id: Int) -> Int? {
    guard id < memory.idCount, memory.places[id] >= 0 else { return nil }
    let position = head + ((Int(memory.places[id]) - head) & memory.mask)
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

  // MARK: -

  @inlinable
  @inline(__always)
  mutating func prepare(_ id: Int) {
    precondition(id >= 0 && id < Int(Int32.max), "A timer's id is a small number from 0 on.")
    if _slowPath(id >= memory.idCount || !isKnownUniquelyReferenced(&memory)) { copy(for: id) }
  }

  @usableFromInline
  @inline(never)
  mutating func copy(for id: Int) {
    var ids = memory.idCount
    while ids <= id { ids *= 2 }
    memory = memory.copy(ids: ids)
  }

  /// Moves the entries that count together, in a ring of which they fill a half at most.
  @usableFromInline
  @inline(never)
  mutating func makeRoom() {
    shown = head
    tail = memory.compact(head..<tail)
    if tail - head > (memory.mask + 1) / 2 { memory = memory.doubled(head..<tail) }
  }

  /// Arms what does not go to the end of the ring.
  @usableFromInline
  @inline(never)
  mutating func armEarly(_ id: Int, at deadline: Int64) {
    prepare(id)
    memory.places[id] = DeadlineMemory.inWheel
    wheel.arm(id, at: Instant(nanoseconds: deadline))
    settle()
  }

  @usableFromInline
  @inline(never)
  mutating func disarm(_ id: Int) {
    prepare(id)
    let old = memory.places[id]
    memory.places[id] = DeadlineMemory.idle
    leave(old, of: id)
  }

  /// Lets go of the place that an id had before.
  @usableFromInline
  @inline(never)
  mutating func leave(_ old: Int32, of id: Int) {
    if old == DeadlineMemory.inWheel { wheel.cancel(id) }
    settle()
  }

  /// Takes the first deadline. There must be one.
  @usableFromInline
  mutating func popFirst() -> (id: Int, deadline: Instant)? {
    prepare(0)
    guard head != tail, memory.entries[head & memory.mask].deadline == earliest else {
      return popWheel()
    }
    let (id, deadline) = (Int(memory.entries[head & memory.mask].id), earliest)
    memory.places[id] = DeadlineMemory.idle
    settle()
    return (id, Instant(nanoseconds: deadline))
  }

  private mutating func popWheel() -> (id: Int, deadline: Instant)? {
    guard let first = wheel.popDue(at: nextDeadline) else { return nil }
    memory.places[first.id] = DeadlineMemory.idle
    settle()
    return first
  }

  /// Passes over the entries that no longer count, and notes the earliest deadline.
  @inline(__always)
  private mutating func settle() {
    while head != tail, !memory.isCurrent(head) { head += 1 }
    // The places of entries that come up later are scattered, the entries are not.
    tocsin_prefetch(memory.places + Int(memory.entries[(head &+ 8) & memory.mask].id))
    earliest = wheel.nextDeadline.nanoseconds
    if head != tail {
      earliest = min(earliest, memory.entries[head & memory.mask].deadline)
    } else if earliest == .max {
      latest = .min
    }
  }
}

// Unchecked for its memory, which is copied on write: two values never change the same entries.
extension DeadlineQueue: @unchecked Sendable {}
