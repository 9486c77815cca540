extension Cooldown {
  /// Keeps an alert of an episode that was not announced, in place of the one before it.
  @inlinable
  @inline(__always)
  internal mutating func wait(with input: Value) {
    isWaiting = true
    unannounced = input
  }

  @inlinable
  @inline(__always)
  internal mutating func stopWaiting() {
    isWaiting = false
    unannounced = nil
  }

  /// The end of the cooldown while an open episode was not announced.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { isWaiting ? coolUntil : .distantFuture }

  /// Announces the open episode at the end of the cooldown.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Value>? {
    let instant = nextDeadline
    return instant.isDue(at: now) ? announce(at: instant, .cooldownOver) : nil
  }

  /// Announces an open episode that was not announced, before its time.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Value>? { announce(at: now, .ended) }

  /// Nil when nothing waits. Either way nothing waits afterwards, whatever a file made of the state.
  @inlinable
  internal mutating func announce(at instant: Instant, _ reason: Reason) -> Due<Value>? {
    guard isWaiting else { return nil }
    let newest = unannounced
    stopWaiting()
    guard var output = newest else { return nil }
    output.occurrences = Swift.max(1, suppressed)
    suppressed = 0
    announced(output.severity, at: instant)
    return Due(output, at: instant, reason, isMade: true)
  }
}
