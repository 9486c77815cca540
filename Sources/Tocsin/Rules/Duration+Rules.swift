extension Duration {
  /// The duration in nanoseconds as rules keep it: what is negative counts as zero.
  @inlinable
  internal var ruleNanoseconds: Int64 { max(0, wholeNanoseconds) }
}

/// How long a key that owes nothing is remembered by a rule that may wait so long: twice as long, and
/// at least an hour. Saturates: what is too long for 64 bits of nanoseconds is for ever.
@usableFromInline
internal func idleTime(_ wait: Duration, _ more: Duration = .zero) -> Duration {
  let sum = wait.ruleNanoseconds.addingSaturating(more.ruleNanoseconds)
  return max(defaultIdle, .nanoseconds(sum.addingSaturating(sum)))
}

extension Instant {
  /// Whether a deadline has come at `now`. ``distantFuture`` means never and is never due.
  @inlinable
  @inline(__always)
  internal func isDue(at now: Instant) -> Bool {
    self <= now && self < .distantFuture
  }
}
