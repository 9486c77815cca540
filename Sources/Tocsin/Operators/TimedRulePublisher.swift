public import OpenCombine

/// An operator around a rule that also acts when time passes.
///
/// It asks upstream for everything and honours demand downstream. On completion what is pending is
/// delivered first. Cancelling leaves no timer.
public struct TimedRulePublisher<Upstream: FlowPublisher, Decision: TimedRule>: FlowPublisher
where Decision.Input == Envelope<Upstream.Output>, Decision.Output: Carrier {
  public typealias Output = Decision.Output.Plain
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
    let inner = TimedRuleStage<Upstream.Output, Decision, S>(subscriber, rule, lane.local, node)
    inner.begin { inner.fire($0) }
    if rule.prepares {
      inner.lookout = Lookout(
        each: { [unowned inner] in inner.prepare(for: $0, $1) },
        enveloped: { [unowned inner] in inner.prepare(for: $0, $1) }
      )
    }
    subscriber.receive(subscription: inner.outflow.link)
    upstream.receive(subscriber: inner)
  }
}
