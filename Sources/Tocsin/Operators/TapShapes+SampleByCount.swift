public import OpenCombine

// See TapShapes.swift for why these exist.

/// What ``Tap/sample(everyNth:)`` gives.
public struct SampledByCount<Upstream: FlowPublisher>: FlowPublisher
where Upstream.Output: KeyedEvent {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, Untimed<SampleByCount<Envelope<Upstream.Output>>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Untimed<SampleByCount<Envelope<Upstream.Output>>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/sample(asOneEveryNth:)`` gives.
public struct SampledByCountAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: RulePublisher<Upstream, SampleByCount<Upstream.Output>>

  @inlinable
  @inline(__always)
  init(_ base: RulePublisher<Upstream, SampleByCount<Upstream.Output>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/sample(asOneEveryNth:)`` gives.
public struct SampledByCountEpisodes<Upstream: FlowPublisher>: FlowPublisher
where Upstream.Output: KeyedEvent & Phased {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: RulePublisher<Upstream, SampleByCountOfEpisodes<Upstream.Output>>

  @inlinable
  @inline(__always)
  init(_ base: RulePublisher<Upstream, SampleByCountOfEpisodes<Upstream.Output>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
