public import OpenCombine

// See TapShapes.swift for why these exist.

/// What ``Tap/throttle(_:per:trailing:)`` gives.
public struct Throttled<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: KeyedEvent {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, Throttle<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Throttle<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/throttle(asOne:per:trailing:)`` gives.
public struct ThrottledAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: TimedRulePublisher<Upstream, Throttle<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, Throttle<Envelope<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/throttle(asOne:per:trailing:)`` gives.
public struct ThrottledEpisodes<Upstream: FlowPublisher>: FlowPublisher
where Upstream.Output: KeyedEvent & Phased {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base:
    TimedRulePublisher<Upstream, ThrottleOfEpisodes<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, ThrottleOfEpisodes<Envelope<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
