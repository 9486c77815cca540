// Places in the ring for deadlines that are known before anything waits for them.
extension DeadlineQueue {
  /// Keeps a place for a deadline that may be armed later; nothing is due then unless it is. The id
  /// must not be armed.
  ///
  /// A hint: when it is earlier than what is armed or reserved already, nothing is kept. A place
  /// whose time has passed is given up. O(1) amortised.
  @inlinable
  @inline(__always)
  mutating func reserve(_ id: Int, at deadline: Instant, now: Instant) {
    let deadline = deadline.nanoseconds
    guard deadline < .max, deadline >= latest else { return cancel(id) }
    if _slowPath(!reserves) { beginToReserve(id) }
    let position = append(id, deadline, isArmed: false)
    if position == head { head = tail }
    // Two for each one that is added, so that those whose time has passed never become many.
    if _slowPath(isLapsed(now)) { dropLapsed(now) }
  }

  /// Arms the deadline for which a place was reserved, if one was, or any other way.
  @inlinable
  @inline(__always)
  mutating func armReserved(_ id: Int, at deadline: Instant) {
    guard reserves, id < memory.idCount, memory.places[id] >= 0 else {
      return arm(id, at: deadline)
    }
    prepare(id)
    let place = Int(memory.places[id])
    guard !memory.armed.contains(place), memory.entries[place].deadline == deadline.nanoseconds
    else { return arm(id, at: deadline) }
    memory.armed.insert(place)
    reserved &-= 1
    head = min(head, memory.position(of: place, from: low))
    earliest = min(earliest, deadline.nanoseconds)
  }

  /// From now on the armed entries are not all that count.
  @usableFromInline
  @inline(never)
  mutating func beginToReserve(_ id: Int) {
    prepare(id)
    for position in head..<tail where memory.isCurrent(position) {
      memory.armed.insert(position & memory.mask)
    }
    reserves = true
  }

  @inlinable
  @inline(__always)
  func isLapsed(_ now: Instant) -> Bool {
    low != head && memory.entries[low & memory.mask].deadline <= now.nanoseconds
  }

  @usableFromInline
  @inline(never)
  mutating func dropLapsed(_ now: Instant) {
    for _ in 0..<2 where isLapsed(now) { dropReserved(before: low + 1) }
  }

  /// Gives up the entries before a position, none of which is armed.
  mutating func dropReserved(before position: Int) {
    while low < position {
      if reserved > 0, memory.isCurrent(low) {
        memory.places[Int(memory.entries[low & memory.mask].id)] = DeadlineMemory.idle
        reserved &-= 1
      }
      low += 1
    }
  }
}
