/// The deadlines of keys that mostly wait equally long.
///
/// A deadline that is not earlier than all armed before it goes to the end of a list: with one
/// constant delay that is every deadline, and arming, re-arming, cancelling and firing cost a few
/// nanoseconds each. The others go to a ``TimerWheel``. What is due comes out exactly in the order of
/// deadlines, of equal deadlines in the order they were armed.
///
/// Ids are small dense numbers, as in ``TimerWheel``. 24 bytes each.
///
/// - Complexity: O(1) for every operation, besides ties between the list and the wheel.
@usableFromInline
struct DeadlineQueue {
  @usableFromInline var memory = Memory(capacity: 16)
  @usableFromInline var head: Int32 = -1
  @usableFromInline var tail: Int32 = -1
  @usableFromInline var wheel = TimerWheel()
  @usableFromInline var nextSequence: UInt64 = 0

  @usableFromInline
  struct Link {
    @usableFromInline var next: Int32
    @usableFromInline var previous: Int32
    /// `max` when it is not armed.
    @usableFromInline var deadline: Int64
    /// The arming, and in the highest bit whether it is in the wheel.
    @usableFromInline var sequence: UInt64

    @inlinable
    init(next: Int32, previous: Int32, deadline: Int64, sequence: UInt64) {
      self.next = next
      self.previous = previous
      self.deadline = deadline
      self.sequence = sequence
    }

    @inlinable
    @inline(__always)
    var isInWheel: Bool { sequence >> 63 == 1 }
  }

  /// Owns the links. The queue checks uniqueness once for each call, and the number it is given.
  @usableFromInline
  final class Memory {
    @usableFromInline let capacity: Int
    @usableFromInline let links: UnsafeMutablePointer<Link>

    @usableFromInline
    init(capacity: Int) {
      self.capacity = capacity
      links = .allocate(capacity: capacity)
      links.initialize(
        repeating: Link(next: -1, previous: -1, deadline: .max, sequence: 0),
        count: capacity
      )
    }

    deinit { links.deallocate() }

    func copy(capacity: Int) -> Memory {
      let other = Memory(capacity: capacity)
      other.links.update(from: links, count: self.capacity)
      return other
    }
  }

  @inlinable
  init() {}

  /// The earliest deadline; `distantFuture` when there is none.
  @inlinable
  @inline(__always)
  var nextDeadline: Instant {
    guard head >= 0 else { return wheel.nextDeadline }
    return min(Instant(nanoseconds: memory.links[Int(head)].deadline), wheel.nextDeadline)
  }

  /// Sets the deadline of an id; `distantFuture` cancels it.
  @inlinable
  @inline(__always)
  mutating func arm(_ id: Int, at deadline: Instant) {
    prepare(id)
    let links = memory.links
    remove(id, links)
    guard deadline < .distantFuture else { return }
    links[id].deadline = deadline.nanoseconds
    links[id].sequence = nextSequence
    nextSequence &+= 1
    if _fastPath(tail < 0 || links[Int(tail)].deadline <= deadline.nanoseconds) {
      append(Int32(truncatingIfNeeded: id), links)
    } else {
      links[id].sequence |= 1 << 63
      wheel.arm(id, at: deadline)
    }
  }

  /// Takes a deadline back.
  @inlinable
  mutating func cancel(_ id: Int) { arm(id, at: .distantFuture) }

  /// Takes the first thing that is due at or before `now`; nil when nothing is.
  @inlinable
  mutating func popDue(at now: Instant) -> (id: Int, deadline: Instant)? {
    guard nextDeadline <= now, nextDeadline < .distantFuture else { return nil }
    prepare(0)
    let links = memory.links
    if _slowPath(wheel.nextDeadline < .distantFuture) { takeFromWheel(links, now) }
    let id = Int(head)
    let deadline = Instant(nanoseconds: links[id].deadline)
    remove(id, links)
    return (id, deadline)
  }

  // MARK: -

  @inlinable
  @inline(__always)
  mutating func prepare(_ id: Int) {
    precondition(id >= 0 && id < Int(Int32.max), "A timer's id is a small number from 0 on.")
    if _slowPath(id >= memory.capacity || !isKnownUniquelyReferenced(&memory)) { copy(for: id) }
  }

  @usableFromInline
  @inline(never)
  mutating func copy(for id: Int) {
    var capacity = memory.capacity
    while capacity <= id { capacity *= 2 }
    memory = memory.copy(capacity: capacity)
  }

  @inlinable
  @inline(__always)
  mutating func append(_ id: Int32, _ links: UnsafeMutablePointer<Link>) {
    links[Int(id)].next = -1
    links[Int(id)].previous = tail
    if tail >= 0 { links[Int(tail)].next = id } else { head = id }
    tail = id
  }

  @inlinable
  @inline(__always)
  mutating func remove(_ id: Int, _ links: UnsafeMutablePointer<Link>) {
    guard links[id].deadline != .max else { return }
    links[id].deadline = .max
    if _slowPath(links[id].isInWheel) {
      links[id].sequence = 0
      wheel.cancel(id)
      return
    }
    let (next, previous) = (links[id].next, links[id].previous)
    if previous >= 0 { links[Int(previous)].next = next } else { head = next }
    if next >= 0 { links[Int(next)].previous = previous } else { tail = previous }
  }

  /// Moves what is due in the wheel, before or together with the head of the list, into the list.
  @usableFromInline
  @inline(never)
  mutating func takeFromWheel(_ links: UnsafeMutablePointer<Link>, _ now: Instant) {
    let first = head < 0 ? .distantFuture : Instant(nanoseconds: links[Int(head)].deadline)
    let limit = min(first, now, wheel.nextDeadline)
    while let (id, _) = wheel.popDue(at: limit) {
      links[id].sequence &= ~(1 << 63)
      insert(Int32(truncatingIfNeeded: id), links)
    }
  }

  /// Puts an id where its deadline and its arming belong, near the head.
  private mutating func insert(_ id: Int32, _ links: UnsafeMutablePointer<Link>) {
    let link = links[Int(id)]
    var after = head
    var before: Int32 = -1
    while after >= 0 {
      let other = links[Int(after)]
      if (link.deadline, link.sequence) < (other.deadline, other.sequence) { break }
      before = after
      after = other.next
    }
    links[Int(id)].next = after
    links[Int(id)].previous = before
    if before >= 0 { links[Int(before)].next = id } else { head = id }
    if after >= 0 { links[Int(after)].previous = id } else { tail = id }
  }
}

// Unchecked for its memory, which is copied on write: two values never change the same links.
extension DeadlineQueue: @unchecked Sendable {}
