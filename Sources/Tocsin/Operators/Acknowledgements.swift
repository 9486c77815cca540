public import OpenCombine

/// An alert, or a person's word about a key.
@frozen
public enum KeyedAcknowledgement<Value: Alerting>: KeyedEvent, Sendable {
  /// An alert, firing or resolved.
  case alert(Value)
  /// Somebody takes care of what this key is about.
  case acknowledged(Value.Key)

  /// The alert's key, or the one that is acknowledged.
  @inlinable
  @inline(__always)
  public var key: Value.Key {
    switch self {
    case .alert(let alert): alert.key
    case .acknowledged(let key): key
    }
  }
}

/// ``EscalateUnlessAcknowledged`` as the operators want it: for alerts with their stamps.
@frozen
public struct AcknowledgeableRule<Value: Alerting>: TimedRule, Sendable {
  @usableFromInline var base: EscalateUnlessAcknowledged<Envelope<Value>>

  @inlinable
  init(_ patience: Duration, _ attempts: Int) {
    base = EscalateUnlessAcknowledged(patience: patience, attempts: attempts)
  }

  /// Lets an alert pass, or takes note of an acknowledgement.
  @inlinable
  @inline(__always)
  public mutating func receive(
    _ input: Envelope<KeyedAcknowledgement<Value>>,
    at now: Instant
  ) -> Verdict<Envelope<Value>> {
    switch input.value {
    case .alert(let alert): base.receive(.alert(Envelope(alert, input.stamp)), at: now)
    case .acknowledged: base.receive(.acknowledged, at: now)
    }
  }

  /// False while an episode is open: its closing alert has to be as severe as what was sent.
  @inlinable public var canBeForgotten: Bool { base.ownWorst == nil }
  /// When an alert is sent again unless somebody acknowledges it.
  @inlinable public var nextDeadline: Instant { base.nextDeadline }
  /// Gives the newest alert again, one step more severe.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Envelope<Value>>? { base.expire(at: now) }
  /// Nothing is ever pending: nil.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Envelope<Value>>? { base.finish(at: now) }
}

/// Alerts, and what persons say about their keys, as one stream. Completes with the alerts.
public struct AlertsAndAcknowledgements<Alerts: FlowPublisher>: FlowPublisher
where Alerts.Output: Alerting {
  public typealias Output = KeyedAcknowledgement<Alerts.Output>
  public typealias Failure = Never

  @usableFromInline let alerts: Alerts
  @usableFromInline let keys: Inlet<Alerts.Output.Key>
  @usableFromInline let lane: Lane

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    let outflow = Outflow(subscriber, lane.local, Node("acknowledgements"))
    let core = JoinCore(outflow)
    subscriber.receive(subscription: outflow.link)
    let lookout = Tocsin.lookout(of: subscriber, Output.self)?.after { .alert($0) }
    alerts.receive(
      subscriber: JoinArm(
        core,
        { outflow.emit(.alert($0)) },
        end: { outflow.end() },
        lookout: lookout
      )
    )
    keys.receive(
      subscriber: JoinArm(core, { outflow.emit(.acknowledged($0)) }, end: {})
    )
  }
}
