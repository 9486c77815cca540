public import OpenCombine

// See TapShapes.swift for why these exist.

/// What ``Tap/sequence(first:then:within:)`` gives.
public struct Sequences<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: KeyedEvent {
  public typealias Output = Followed<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, Untimed<FollowedBy<Envelope<Upstream.Output>>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Untimed<FollowedBy<Envelope<Upstream.Output>>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/sequence(asOneFirst:then:within:)`` gives.
public struct SequencesAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Followed<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: RulePublisher<Upstream, FollowedBy<Upstream.Output>>

  @inlinable
  @inline(__always)
  init(_ base: RulePublisher<Upstream, FollowedBy<Upstream.Output>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/notFollowed(first:by:within:)`` gives.
public struct Unfollowed<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: KeyedEvent {
  public typealias Output = Signal<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, NotFollowed<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, NotFollowed<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/notFollowed(asOneFirst:by:within:)`` gives.
public struct UnfollowedAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Signal<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: TimedRulePublisher<Upstream, NotFollowed<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, NotFollowed<Envelope<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
