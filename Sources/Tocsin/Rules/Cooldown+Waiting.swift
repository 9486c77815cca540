extension Cooldown {
  /// Keeps an alert of an episode that was not announced, in place of the one before it.
  @inlinable
  @inline(__always)
  internal mutating func wait(with input: Value) {
    isWaiting = true
    unannounced.holdOnly(input)
  }

  @inlinable
  @inline(__always)
  internal mutating func stopWaiting() {
    isWaiting = false
    unannounced.letGo()
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
    let newest = unannounced.last
    stopWaiting()
    guard var output = newest else { return nil }
    output.occurrences = Swift.max(1, suppressed)
    suppressed = 0
    announced(output.severity, at: instant)
    return Due(output, at: instant, reason, isMade: true)
  }
}

/// Out of line, and not part of the rule: its other fields then stay in registers.
extension Array {
  @inlinable
  @inline(never)
  internal mutating func holdOnly(_ element: Element) {
    if isEmpty { append(element) } else { self[0] = element }
  }

  @inlinable
  @inline(never)
  internal mutating func letGo() { removeAll(keepingCapacity: true) }
}
