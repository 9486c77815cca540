public import OpenCombine

extension Tap {
  /// Puts a rule of your own into the chain. Every run of the graph starts with a copy.
  ///
  /// - Parameters:
  ///   - rule: A rule that decides at once.
  ///   - kind: What the step is called in pictures and ids.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func rule<Decision: Rule>(
    _ rule: Decision,
    _ kind: String = "rule"
  ) -> Tap<RulePublisher<Upstream, Decision>> where Decision.Input == Upstream.Output {
    let node = lane.local.makeNode(kind, after: [self.node])
    return Tap<RulePublisher<Upstream, Decision>>(
      RulePublisher(upstream, rule, on: lane, node: node),
      node,
      on: lane
    )
  }

  /// Puts a timed rule of your own into the chain. What it lets go of later has the stamp of the
  /// last input.
  ///
  /// - Parameters:
  ///   - rule: A rule that also acts when time passes.
  ///   - kind: What the step is called in pictures and ids.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func timed<Decision: TimedRule>(
    _ rule: Decision,
    _ kind: String = "rule"
  ) -> Tap<TimedRulePublisher<Upstream, BareRule<Decision>>>
  where Decision.Input == Upstream.Output {
    carried(BareRule(rule), kind, "")
  }

  @inlinable
  @inline(__always)
  func carried<Decision: TimedRule>(
    _ rule: Decision,
    _ kind: String,
    _ detail: String,
    isDelay: Bool = true
  ) -> Tap<TimedRulePublisher<Upstream, Decision>>
  where Decision.Input == Envelope<Upstream.Output>, Decision.Output: Carrier {
    let node = lane.local.makeNode(kind, detail: detail, after: [self.node], isDelay: isDelay)
    return Tap<TimedRulePublisher<Upstream, Decision>>(
      TimedRulePublisher(upstream, rule, on: lane, node: node),
      node,
      on: lane
    )
  }

  /// Lets through what a condition holds for. The rest is counted as filtered.
  @inlinable
  @inline(__always)
  public func filter(
    _ isIncluded: @escaping (Upstream.Output) -> Bool
  ) -> Tap<Filtered<Upstream>> {
    shaped(rule(Filter(isIncluded), "filter")) { Filtered($0) }
  }

  /// Changes every value in place.
  @inlinable
  @inline(__always)
  public func update(
    _ change: @escaping (inout Upstream.Output) -> Void
  ) -> Tap<Updated<Upstream>> {
    let rule = Transform<Upstream.Output, Upstream.Output> { value in
      var value = value
      change(&value)
      return value
    }
    return shaped(self.rule(rule, "update")) { Updated($0) }
  }

  /// Makes another value of each.
  ///
  /// - Parameters:
  ///   - output: The type that comes out. It is named, not inferred, so that chains stay quick to
  ///     type-check.
  ///   - transform: Makes it.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func map<Output>(
    to output: Output.Type,
    _ transform: @escaping (Upstream.Output) -> Output
  ) -> Tap<Mapped<Upstream, Output>> {
    shaped(rule(Transform { transform($0) }, "map")) { Mapped($0) }
  }

  /// Makes another value of each, or none.
  ///
  /// - Parameters:
  ///   - output: The type that comes out.
  ///   - transform: Makes it; nil drops the value as filtered.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func compactMap<Output>(
    to output: Output.Type,
    _ transform: @escaping (Upstream.Output) -> Output?
  ) -> Tap<Mapped<Upstream, Output>> {
    shaped(rule(Transform(transform), "map")) { Mapped($0) }
  }
}

extension Tap where Upstream.Output: Equatable {
  /// Lets through what differs from the value before it.
  ///
  ///     input    a-a-b-b-a-|
  ///     changed  a---b---a-|
  @inlinable
  @inline(__always)
  public func changed() -> Tap<Changes<Upstream>> {
    shaped(rule(Changed(), "changed")) { Changes($0) }
  }
}

extension Tap {
  /// Lets through what differs from the value before it in one property.
  ///
  /// - Parameter property: `\.status`.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func changed<Property: Equatable & SendableMetatype>(
    in property: any KeyPath<Upstream.Output, Property> & Sendable
  ) -> Tap<PropertyChanges<Upstream>> {
    shaped(rule(ChangedBy(same: sameness(in: property)), "changed")) { PropertyChanges($0) }
  }
}

extension Tap {
  /// The same tap with a type that names the chain before it once.
  @inlinable
  @inline(__always)
  func shaped<Base: FlowPublisher, Shape: FlowPublisher>(
    _ tap: Tap<Base>,
    _ shape: (Base) -> Shape
  ) -> Tap<Shape> {
    Tap<Shape>(shape(tap.upstream), tap.node, on: tap.lane)
  }
}
