extension TimedRuleStage: LookingAhead {
  /// Shows the rule values that come soon. Their stamps are not known yet, and not looked at.
  @inlinable
  @inline(__always)
  func prepare(for values: UnsafePointer<Input>, _ glimpse: Glimpse) {
    for index in glimpse.far { rule.prepare(for: Envelope(values[index], lastStamp), .far) }
    for index in glimpse.near { rule.prepare(for: Envelope(values[index], lastStamp), .near) }
  }

  @inlinable
  @inline(__always)
  func prepare(for envelopes: UnsafePointer<Envelope<Input>>, _ glimpse: Glimpse) {
    for index in glimpse.far { rule.prepare(for: envelopes[index], .far) }
    for index in glimpse.near { rule.prepare(for: envelopes[index], .near) }
  }
}
