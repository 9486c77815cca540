public import OpenCombine

// See TapShapes.swift for why these exist.

/// What ``Tap/debounce(_:_:maxWait:)`` gives.
public struct Debounced<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: KeyedEvent {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, Debounce<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Debounce<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/debounce(asOne:_:maxWait:)`` gives.
public struct DebouncedAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Upstream.Output
  public typealias Failure = Never

  @usableFromInline let base: TimedRulePublisher<Upstream, Debounce<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, Debounce<Envelope<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/hold(for:keepFiring:_:)`` gives.
public struct Held<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: KeyedEvent {
  public typealias Output = Signal<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, Hold<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Hold<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/hold(asOneFor:keepFiring:_:)`` gives.
public struct HeldAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = Signal<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: TimedRulePublisher<Upstream, Hold<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, Hold<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/absence(of:)`` gives.
public struct Absences<Upstream: FlowPublisher>: FlowPublisher where Upstream.Output: KeyedEvent {
  public typealias Output = AbsenceSignal<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: PerKey<Upstream, Absence<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: PerKey<Upstream, Absence<Envelope<Upstream.Output>>>) { self.base = base }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/absence(asOneOf:)`` gives.
public struct AbsencesAsOne<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = AbsenceSignal<Upstream.Output>
  public typealias Failure = Never

  @usableFromInline let base: TimedRulePublisher<Upstream, Absence<Envelope<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, Absence<Envelope<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/window(_:atMost:into:_:)`` gives.
public struct Windowed<Upstream: FlowPublisher, Accumulator>: FlowPublisher {
  public typealias Output = WindowSummary<Accumulator>
  public typealias Failure = Never

  @usableFromInline let base:
    TimedRulePublisher<Upstream, BareRule<Window<Upstream.Output, Accumulator>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, BareRule<Window<Upstream.Output, Accumulator>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/window(count:)`` gives.
public struct WindowedByCount<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = WindowSummary<[Upstream.Output]>
  public typealias Failure = Never

  @usableFromInline let base:
    TimedRulePublisher<Upstream, BareRule<Window<Upstream.Output, [Upstream.Output]>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, BareRule<Window<Upstream.Output, [Upstream.Output]>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}

/// What ``Tap/window(sliding:every:limit:)`` gives.
public struct SlidingWindowed<Upstream: FlowPublisher>: FlowPublisher {
  public typealias Output = WindowSummary<[Upstream.Output]>
  public typealias Failure = Never

  @usableFromInline let base: TimedRulePublisher<Upstream, BareRule<SlidingWindow<Upstream.Output>>>

  @inlinable
  @inline(__always)
  init(_ base: TimedRulePublisher<Upstream, BareRule<SlidingWindow<Upstream.Output>>>) {
    self.base = base
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    base.receive(subscriber: subscriber)
  }
}
