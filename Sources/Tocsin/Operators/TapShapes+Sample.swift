public import OpenCombine

// See TapShapes.swift for why these exist.

/// What ``Tap/sample(every:)`` gives.
public struct Sampled<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: KeyedEvent {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, Sample<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Sample<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/sample(asOneEvery:)`` gives.
public struct SampledAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: TimedRulePublisher<Upstream, Sample<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, Sample<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/sample(asOneEvery:)`` gives.
public struct SampledEpisodes<Upstream: FlowPublisher>: FlowPublisher
where Upstream.Output: KeyedEvent & Phased {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base:
    TimedRulePublisher<Upstream, SampleOfEpisodes<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, SampleOfEpisodes<Envelope<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
