public import OpenCombine

// See TapShapes.swift for why these exist.

/// What ``Tap/rateLimit(_:per:burst:_:)`` gives.
public struct RateLimited<Upstream: FlowPublisher>: FlowPublisher
where Upstream.Output: KeyedEvent {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, RateLimit<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, RateLimit<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/rateLimit(asOne:per:burst:_:)`` gives.
public struct RateLimitedAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: TimedRulePublisher<Upstream, RateLimit<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, RateLimit<Envelope<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/rateLimit(asOne:per:burst:_:)`` gives.
public struct RateLimitedEpisodes<Upstream: FlowPublisher>: FlowPublisher
where Upstream.Output: KeyedEvent & Phased {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base:
    TimedRulePublisher<Upstream, RateLimitOfEpisodes<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, RateLimitOfEpisodes<Envelope<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
