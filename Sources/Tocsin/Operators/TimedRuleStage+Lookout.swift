extension TimedRuleStage: LookingAhead {
  /// Shows the rule values that come soon. Their stamps are not known yet, and not looked at.
  @inlinable
  @inline(__always)
  func prepare(for values: UnsafePointer<Input>, _ count: Int, _ lead: Lead) {
    for index in 0..<count { rule.prepare(for: Envelope(values[index], lastStamp), lead) }
  }

  @inlinable
  @inline(__always)
  func prepare(for envelopes: UnsafePointer<Envelope<Input>>, _ count: Int, _ lead: Lead) {
    for index in 0..<count { rule.prepare(for: envelopes[index], lead) }
  }
}
