extension Flapping {
  /// Sets the end of flapping, after a change at `now`.
  @inlinable
  internal mutating func arm(after now: Instant) {
    let few = state.changes.element(fromNewest: leave - 1) ?? now
    state.deadline = min(
      few.advanced(byNanoseconds: window),
      now.advanced(byNanoseconds: settled)
    )
  }

  /// When the alert has settled, while it flaps.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { state.deadline }

  /// Gives the final state when the alert has settled.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Value>? {
    let instant = state.deadline
    guard instant.isDue(at: now) else { return nil }
    let last = state.changes.element(fromNewest: 0) ?? instant
    let isQuiet = last.advanced(byNanoseconds: settled) <= instant
    if isQuiet { state.changes.removeAll() } else { forget(at: instant) }
    return settle(.settled, at: instant)
  }

  /// Gives the final state of an alert that still flaps.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Value>? {
    guard state.isFlapping else { return nil }
    return settle(.ended, at: now)
  }

  @inlinable
  internal mutating func settle(_ reason: Reason, at instant: Instant) -> Due<Value>? {
    (state.isFlapping, state.deadline) = (false, .distantFuture)
    guard let newest = state.newest else { return nil }
    let output = state.final(newest)
    if newest.phase == .firing { state.told(newest) } else { state.newest = nil }
    return Due(output, at: instant, reason, isMade: true)
  }
}
