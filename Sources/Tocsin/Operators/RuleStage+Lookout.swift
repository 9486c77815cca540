extension RuleStage: LookingAhead {
  /// Shows the rule values that come soon.
  @inlinable
  @inline(__always)
  func prepare(for values: UnsafePointer<Input>, _ count: Int, _ lead: Lead) {
    for index in 0..<count { rule.prepare(for: values[index], lead) }
  }

  @inlinable
  @inline(__always)
  func prepare(for envelopes: UnsafePointer<Envelope<Input>>, _ count: Int, _ lead: Lead) {
    for index in 0..<count { rule.prepare(for: envelopes[index].value, lead) }
  }
}
