public import OpenCombine

/// A rule that treats every key as a stream of its own, in an operator.
public typealias PerKey<Upstream: FlowPublisher, Decision: TimedRule> =
  TimedRulePublisher<Upstream, ByEventKey<Decision>>
where
  Decision.Input == Envelope<Upstream.Output>, Upstream.Output: KeyedEvent,
  Decision.Output: Carrier

/// After how long without a value the operators that look at keys forget one that owes nothing.
@usableFromInline let defaultIdle = Duration.hours(1)

// Values with keys: each key is a stream of its own.
extension Tap where Upstream.Output: KeyedEvent {
  /// Waits for quiet before it lets the last value of a burst through, for each key.
  ///
  ///     input              a-b-c-----d---|
  ///     debounce(3 ticks)  -------c-----(d|)
  ///
  /// A value that another one takes the place of is dropped as superseded. On completion the pending
  /// values are delivered first. A key that waits for nothing and was
  /// not seen for an hour is forgotten.
  @inlinable
  @inline(__always)
  public func debounce(
    _ quiet: Duration,
    _ edge: Debounce<Envelope<Upstream.Output>>.Edge = .trailing,
    maxWait: Duration? = nil
  ) -> Tap<Debounced<Upstream>> {
    let rule = Debounce<Envelope<Upstream.Output>>(quiet, edge, maxWait: maxWait)
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(quiet)),
        "debounce",
        words(quiet, most: maxWait),
        isDelay: min(quiet, maxWait ?? quiet) > .zero
      )
    ) { Debounced($0) }
  }

  /// Fires when a condition has held long enough, for each key; resolves when it has been gone long
  /// enough.
  @inlinable
  @inline(__always)
  public func hold(
    for duration: Duration,
    keepFiring: Duration = .zero,
    _ condition: @escaping @Sendable (Upstream.Output) -> Bool
  ) -> Tap<Held<Upstream>> {
    let rule = Hold<Envelope<Upstream.Output>>(for: duration, keepFiring: keepFiring) {
      condition($0.value)
    }
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(duration, keepFiring)),
        "hold",
        words(duration, keep: keepFiring)
      )
    ) { Held($0) }
  }

  /// Signals when nothing has come of a key for too long, and resolves with its next value.
  @inlinable
  @inline(__always)
  public func absence(
    of timeout: Duration
  ) -> Tap<Absences<Upstream>> {
    let rule = Absence<Envelope<Upstream.Output>>(timeout)
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(timeout)),
        "absence",
        words(timeout)
      )
    ) { Absences($0) }
  }
}

extension Signal: KeyedEvent where Value: KeyedEvent {
  /// The value's key.
  @inlinable public var key: Value.Key { value.key }
}
