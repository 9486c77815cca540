public import OpenCombine

// See TapShapes.swift for why this exists.

/// What ``Tap/flapping(enter:leave:within:settled:announce:)`` gives.
public struct FlapsHeldBack<Upstream: FlowPublisher>: FlowPublisher
where Upstream.Output: Alerting {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, Flapping<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Flapping<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
