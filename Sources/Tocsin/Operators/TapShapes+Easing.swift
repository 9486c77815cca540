public import OpenCombine

// See TapShapes.swift for why these exist.

/// What ``Tap/deescalate(after:to:)`` gives.
public struct Deescalated<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: Alerting {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, Deescalate<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Deescalate<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/resolve(after:)`` gives.
public struct ResolvedAfterSilence<Upstream: FlowPublisher>: FlowPublisher
where Upstream.Output: Resolvable {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, ResolveAfterSilence<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, ResolveAfterSilence<Envelope<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
