public import OpenCombine

// One type for each operator of a tap, which names the chain before it once.
//
// `RulePublisher<Upstream, Filter<Upstream.Output>>` names it twice, so a chain of twenty would have
// a type a million names long, and take the type-checker minutes. These keep it linear: each holds
// the publisher that does the work.

/// What ``Tap/filter(_:)`` gives.
public struct Filtered<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: RulePublisher<Upstream, Filter<Upstream.Output>>

  @inlinable
  @inline(__always)
  init(_ base: RulePublisher<Upstream, Filter<Upstream.Output>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/update(_:)`` gives.
public struct Updated<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: RulePublisher<Upstream, Transform<Upstream.Output, Upstream.Output>>

  @inlinable
  @inline(__always)
  init(_ base: RulePublisher<Upstream, Transform<Upstream.Output, Upstream.Output>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/map(to:_:)`` and ``Tap/compactMap(to:_:)`` give.
public struct Mapped<Upstream: FlowPublisher, Output>: FlowPublisher {
  public typealias Failure = Never

  @usableFromInline let base: RulePublisher<Upstream, Transform<Upstream.Output, Output>>

  @inlinable
  @inline(__always)
  init(_ base: RulePublisher<Upstream, Transform<Upstream.Output, Output>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/alert(_:)`` gives.
public struct Alerted<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Alert
  public typealias Failure = Never

  @usableFromInline let base: RulePublisher<Upstream, Transform<Upstream.Output, Alert>>

  @inlinable
  @inline(__always)
  init(_ base: RulePublisher<Upstream, Transform<Upstream.Output, Alert>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/changed()`` gives.
public struct Changes<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: Equatable {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: RulePublisher<Upstream, Changed<Upstream.Output>>

  @inlinable
  @inline(__always)
  init(_ base: RulePublisher<Upstream, Changed<Upstream.Output>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/changed(in:)`` gives.
public struct PropertyChanges<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: RulePublisher<Upstream, ChangedBy<Upstream.Output>>

  @inlinable
  @inline(__always)
  init(_ base: RulePublisher<Upstream, ChangedBy<Upstream.Output>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
