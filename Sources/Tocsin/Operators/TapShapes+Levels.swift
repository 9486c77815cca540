public import OpenCombine

// See TapShapes.swift for why these exist.

/// What ``Tap/hysteresis(_:for:_:)`` gives.
public struct Banded<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: KeyedEvent {
  public typealias Output = Signal<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, Hysteresis<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Hysteresis<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/hysteresis(asOne:for:_:)`` gives.
public struct BandedAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Signal<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: TimedRulePublisher<Upstream, Hysteresis<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, Hysteresis<Envelope<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/rateOfChange(per:over:limit:_:)`` gives.
public struct Rates<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: KeyedEvent {
  public typealias Output = Rate<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, BareRule<Untimed<RateOfChange<Upstream.Output>>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, BareRule<Untimed<RateOfChange<Upstream.Output>>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/rateOfChange(asOnePer:over:limit:_:)`` gives.
public struct RatesAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Rate<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: RulePublisher<Upstream, RateOfChange<Upstream.Output>>

  @inlinable
  @inline(__always)
  init(_ base: RulePublisher<Upstream, RateOfChange<Upstream.Output>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
