internal import CTocsin

// What does not simply go to the end of the ring, and how the first deadline is found.
extension DeadlineQueue {
  /// Arms what is earlier than something armed or reserved before.
  @usableFromInline
  @inline(never)
  mutating func armEarly(_ id: Int, at deadline: Int64) {
    prepare(id)
    let old = memory.places[id]
    memory.places[id] = DeadlineMemory.inWheel
    if old != DeadlineMemory.idle { release(old, of: id) }
    wheel.arm(id, at: Instant(nanoseconds: deadline))
    settle()
  }

  @usableFromInline
  @inline(never)
  mutating func disarm(_ id: Int) {
    prepare(id)
    let old = memory.places[id]
    memory.places[id] = DeadlineMemory.idle
    release(old, of: id)
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
    if _slowPath(reserves) {
      dropReserved(before: head)
      _ = memory.armed.remove(head & memory.mask)
    }
    low = head + 1
    settle()
    return (id, Instant(nanoseconds: deadline))
  }

  private mutating func popWheel() -> (id: Int, deadline: Instant)? {
    guard let first = wheel.popDue(at: nextDeadline) else { return nil }
    memory.places[first.id] = DeadlineMemory.idle
    settle()
    return first
  }

  /// Finds the first armed entry, and notes the earliest deadline.
  @usableFromInline
  mutating func settle() {
    if _slowPath(reserves) {
      head = nextArmed
    } else {
      while head != tail, !memory.isCurrent(head) { head += 1 }
    }
    if reserved == 0 { low = head }
    // The places of entries that come up later are scattered, the entries are not.
    tocsin_prefetch(memory.places + Int(memory.entries[(head &+ 8) & memory.mask].id))
    earliest = wheel.nextDeadline.nanoseconds
    if head != tail {
      earliest = min(earliest, memory.entries[head & memory.mask].deadline)
    } else if earliest == .max && reserved == 0 {
      latest = .min
    }
  }

  @inline(__always)
  private var nextArmed: Int {
    memory.armed.first(from: head & memory.mask)
      .map { memory.position(of: $0, from: head) } ?? tail
  }
}
