public import OpenCombine

/// An operator around a rule that decides at once.
///
/// Order is kept, nothing is delayed or buffered. A dropped value gives its demand back upstream.
/// Completion passes at once. Cancelling forgets the rule's state.
public struct RulePublisher<Upstream: FlowPublisher, Decision: Rule>: FlowPublisher
where Decision.Input == Upstream.Output {
  public typealias Output = Decision.Output
  public typealias Failure = Never

  @usableFromInline let upstream: Upstream
  @usableFromInline let rule: Decision
  @usableFromInline let lane: Lane
  @usableFromInline let node: Node

  /// Makes an operator. Every subscription starts with a copy of the rule.
  @inlinable
  public init(_ upstream: Upstream, _ rule: Decision, on lane: Lane, node: Node) {
    self.upstream = upstream
    self.rule = rule
    self.lane = lane
    self.node = node
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    let inner = RuleStage(subscriber, rule, lane.local, node)
    if rule.prepares {
      inner.lookout = Lookout(
        each: { [unowned inner] in inner.prepare(for: $0, $1) },
        enveloped: { [unowned inner] in inner.prepare(for: $0, $1) }
      )
    }
    upstream.receive(subscriber: inner)
  }
}

/// What a ``RulePublisher`` is when it runs. Not nested in it, for the reason that
/// ``TimedRuleStage`` gives.
@usableFromInline
final class RuleStage<Decision: Rule, Downstream: Subscriber>: Subscriber
where Downstream.Input == Decision.Output, Downstream.Failure == Never {
  @usableFromInline typealias Input = Decision.Input
  @usableFromInline typealias Failure = Never

  @usableFromInline let downstream: Downstream
  @exclusivity(unchecked) @usableFromInline var rule: Decision
  @usableFromInline let local: LaneLocal
  @usableFromInline let node: Node
  /// What comes is shown to the next stage where this one, such as a filter, gives on what it gets.
  @usableFromInline var lookout: Lookout<Input>?

  @inlinable
  init(_ downstream: Downstream, _ rule: Decision, _ local: LaneLocal, _ node: Node) {
    self.downstream = downstream
    self.rule = rule
    self.local = local
    self.node = node
    lookout = Tocsin.lookout(of: downstream, Input.self)
  }

  @inlinable
  func receive(subscription: any Subscription) {
    downstream.receive(subscription: subscription)
  }

  @inlinable
  @inline(__always)
  func receive(_ input: Input) -> Subscribers.Demand {
    node.receivedCount &+= 1
    switch rule.receive(input, at: Instant(nanoseconds: local.now)) {
    case .pass(let output, let reason):
      node.passedCount &+= 1
      if _slowPath(local.recorder != nil) { local.note(node, reason) }
      return downstream.receive(output)
    case .drop(let reason), .hold(let reason), .replace(let reason):
      dropped(reason)
      return .max(1)
    }
  }

  @inlinable
  @inline(__always)
  func dropped(_ reason: Reason) {
    node.drop(reason)
    if _slowPath(local.isSampling) { local.noteDrop(node, reason) }
  }

  @inlinable
  func receive(completion: Subscribers.Completion<Never>) {
    downstream.receive(completion: completion)
  }
}
