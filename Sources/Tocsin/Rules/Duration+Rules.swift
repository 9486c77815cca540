extension Duration {
  /// The duration in nanoseconds as rules keep it: what is negative counts as zero.
  @inlinable
  internal var ruleNanoseconds: Int64 { max(0, wholeNanoseconds) }
}

extension Instant {
  /// Whether a deadline has come at `now`. ``distantFuture`` means never and is never due.
  @inlinable
  @inline(__always)
  internal func isDue(at now: Instant) -> Bool {
    self <= now && self < .distantFuture
  }
}
