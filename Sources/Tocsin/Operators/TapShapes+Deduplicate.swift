public import OpenCombine

// See TapShapes.swift for why these exist.

/// What ``Tap/deduplicate(by:within:limit:)`` gives.
public struct Deduplicated<Upstream: FlowPublisher, Identity: Hashable>: FlowPublisher
where Upstream.Output: KeyedEvent {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base:
    PerKey<Upstream, Untimed<Deduplicate<Envelope<Upstream.Output>, Identity>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Untimed<Deduplicate<Envelope<Upstream.Output>, Identity>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/deduplicate(asOneBy:within:limit:)`` gives.
public struct DeduplicatedAsOne<Upstream: FlowPublisher, Identity: Hashable>: FlowPublisher {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: RulePublisher<Upstream, Deduplicate<Upstream.Output, Identity>>

  @inlinable
  @inline(__always)
  init(_ base: RulePublisher<Upstream, Deduplicate<Upstream.Output, Identity>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
