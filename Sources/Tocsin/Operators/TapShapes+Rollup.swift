public import OpenCombine

// See TapShapes.swift for why these exist.

/// What ``Tap/rollup(_:per:sample:)`` gives.
public struct RolledUpPerKey<Upstream: FlowPublisher>: FlowPublisher
where Upstream.Output: KeyedEvent {
  public typealias Output = RolledUp<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, StampedRule<Rollup<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, StampedRule<Rollup<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/rollup(asOne:per:sample:)`` gives.
public struct RolledUpAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = RolledUp<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: TimedRulePublisher<Upstream, StampedRule<Rollup<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, StampedRule<Rollup<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/coalesce(every:expiry:limit:)`` gives.
public struct Coalesced<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: KeyedEvent {
  public typealias Output = WindowSummary<[Upstream.Output]>
  public typealias Failure = Never

  @usableFromInline let base: TimedRulePublisher<Upstream, BareRule<Coalesce<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, BareRule<Coalesce<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
