extension RuleStage: LookingAhead {
  /// Shows the rule values that come soon.
  @inlinable
  @inline(__always)
  func prepare(for values: UnsafePointer<Input>, _ glimpse: Glimpse) {
    for index in glimpse.far { rule.prepare(for: values[index], .far) }
    for index in glimpse.near { rule.prepare(for: values[index], .near) }
  }

  @inlinable
  @inline(__always)
  func prepare(for envelopes: UnsafePointer<Envelope<Input>>, _ glimpse: Glimpse) {
    for index in glimpse.far { rule.prepare(for: envelopes[index].value, .far) }
    for index in glimpse.near { rule.prepare(for: envelopes[index].value, .near) }
  }
}
