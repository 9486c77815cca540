extension Coalesce {
  /// When the next set is due: for what came, or because a key leaves.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant {
    if count > 0 { return due }
    guard let oldest = entries.oldest else { return .distantFuture }
    return leaving(oldest)
  }

  /// When a key that was told leaves: no sooner than an interval after the last set.
  @inlinable
  @inline(__always)
  internal func leaving(_ slot: Int) -> Instant {
    let end = entries[slot].seen.advanced(byNanoseconds: expiry)
    guard let lastSet else { return end }
    return max(end, lastSet.advanced(byNanoseconds: interval))
  }

  /// Gives the set that is due.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<WindowSummary<[Value]>>? {
    let instant = nextDeadline
    guard instant.isDue(at: now) else { return nil }
    if count == 0 { start = instant }
    removeExpired(at: instant)
    return Due(makeSet(at: instant), at: instant, .windowClosed, isMade: true)
  }

  /// Gives what was in no set yet.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<WindowSummary<[Value]>>? {
    guard count > 0 else { return nil }
    return Due(makeSet(at: now), at: now, .ended, isMade: true)
  }

  /// The oldest is told last or not at all, so those behind one that stays may still have to go.
  @inlinable
  internal mutating func removeExpired(at now: Instant) {
    var next = entries.oldest
    while let slot = next, entries[slot].seen.advanced(byNanoseconds: expiry).isDue(at: now) {
      next = entries.slot(after: slot)
      if entries[slot].isTold { entries.remove(slot) }
    }
  }

  @inlinable
  @inline(__always)
  internal mutating func makeSet(at now: Instant) -> WindowSummary<[Value]> {
    tellAll()
    let (start, count, isComplete) = (start, count, isComplete)
    (lastSet, due, self.count, self.isComplete) = (now, .distantFuture, 0, true)
    return WindowSummary(spare, from: start, to: now, count: count, isComplete: isComplete)
  }

  /// Makes ``spare`` the list of all values, which are told with it.
  @inlinable
  internal mutating func tellAll() {
    var values = takeSpare()
    for slot in 0..<entries.table.slotLimit where entries.table.isOccupied(slot) {
      values.append(entries[slot].value)
      entries[slot].isTold = true
    }
    spare = values
  }

  /// An empty list with room for a set: the memory of the last set, if nobody has that any more.
  @inlinable
  @inline(__always)
  internal mutating func takeSpare() -> [Value] {
    var values: [Value] = []
    swap(&values, &spare)
    values.removeAll(keepingCapacity: true)
    values.reserveCapacity(entries.count)
    return values
  }
}
