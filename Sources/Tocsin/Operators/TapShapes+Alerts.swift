public import OpenCombine

// See TapShapes.swift for why these exist.

/// What ``Tap/cooldown(_:)`` gives.
public struct CooledDown<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: Alerting {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, Cooldown<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Cooldown<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/escalate(_:to:)`` gives.
public struct EscalatedOnRepeats<Upstream: FlowPublisher>: FlowPublisher
where Upstream.Output: Alerting {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base:
    PerKey<Upstream, Untimed<EscalateOnRepeats<Envelope<Upstream.Output>>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Untimed<EscalateOnRepeats<Envelope<Upstream.Output>>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/escalate(after:to:)`` gives.
public struct EscalatedOnDuration<Upstream: FlowPublisher>: FlowPublisher
where Upstream.Output: Alerting {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, EscalateOnDuration<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, EscalateOnDuration<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
