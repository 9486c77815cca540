public import OpenCombine

/// A rule that treats every key as a stream of its own, in an operator.
public typealias PerKey<Upstream: FlowPublisher, Decision: TimedRule> =
  TimedRulePublisher<Upstream, ByEventKey<Decision>>
where
  Decision.Input == Envelope<Upstream.Output>, Upstream.Output: KeyedEvent,
  Decision.Output: Carrier

/// After how long without a value the operators that look at keys forget one that owes nothing.
@usableFromInline let defaultIdle = Duration.hours(1)

// All values as one stream. The label keeps these apart from the operators that look at keys: an
// overload of the same name would make long chains slow to type-check, and would silently watch all
// symbols as one.
extension Tap {
  /// Waits for quiet before it lets the last value of a burst through. All values are one stream.
  ///
  ///     input                     a-b-c-----d---|
  ///     debounce(asOne: 3 ticks)  -------c-----(d|)
  ///
  /// A value that another one takes the place of is dropped as superseded. On completion the pending
  /// value is delivered first.
  ///
  /// - Parameters:
  ///   - quiet: How long nothing may come. Zero passes all.
  ///   - edge: Which end of a burst passes.
  ///   - maxWait: How long a burst may keep its last value back, from its first value on.
  /// - Complexity: O(1) per value, no allocation in the steady state.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func debounce(
    asOne quiet: Duration,
    _ edge: Debounce<Envelope<Upstream.Output>>.Edge = .trailing,
    maxWait: Duration? = nil
  ) -> Tap<DebouncedAsOne<Upstream>> {
    shaped(
      carried(
        Debounce(quiet, edge, maxWait: maxWait),
        "debounce",
        words(quiet, most: maxWait),
        isDelay: min(quiet, maxWait ?? quiet) > .zero
      )
    ) { DebouncedAsOne($0) }
  }

  /// Fires when a condition has held long enough, and resolves when it has been gone long enough.
  ///
  ///     condition            --ttttttff-t---|
  ///     hold(for: 3 ticks)   -----F--R------|     F firing, R resolved
  ///
  /// - Parameters:
  ///   - duration: How long the condition must hold. Fires by timer, without waiting for a value.
  ///   - keepFiring: How long it must be gone before the signal resolves.
  ///   - condition: Asked once for each value.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func hold(
    asOneFor duration: Duration,
    keepFiring: Duration = .zero,
    _ condition: @escaping @Sendable (Upstream.Output) -> Bool
  ) -> Tap<HeldAsOne<Upstream>> {
    shaped(
      carried(
        Hold(for: duration, keepFiring: keepFiring) { condition($0.value) },
        "hold",
        words(duration, keep: keepFiring)
      )
    ) { HeldAsOne($0) }
  }

  /// Signals when nothing has come for too long, and resolves with the next value.
  ///
  /// Armed by the first value: see ``Absence/armed(at:)`` and ``timed(_:_:)`` for a source that may
  /// never come.
  @inlinable
  @inline(__always)
  public func absence(
    asOneOf timeout: Duration
  ) -> Tap<AbsencesAsOne<Upstream>> {
    shaped(carried(Absence(timeout), "absence", words(timeout))) { AbsencesAsOne($0) }
  }

  /// Summarises the values of windows that follow each other; see ``Window``.
  ///
  /// - Parameters:
  ///   - length: How long a window is open, from its first value on.
  ///   - limit: How many values close it before its time.
  ///   - initial: What each window begins with.
  ///   - update: Adds a value.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func window<Accumulator>(
    _ length: Duration,
    atMost limit: Int = .max,
    into initial: Accumulator,
    _ update: @escaping @Sendable (inout Accumulator, Upstream.Output) -> Void
  ) -> Tap<Windowed<Upstream, Accumulator>> {
    shaped(
      carried(
        BareRule(Window(length, atMost: limit, into: initial, update)),
        "window",
        words(length),
        isDelay: limit > 1
      )
    ) { Windowed($0) }
  }

  /// Collects the values of a sliding window; see ``SlidingWindow``.
  ///
  /// - Parameters:
  ///   - length: How far back a summary reaches.
  ///   - step: How long from one summary to the next.
  ///   - limit: How many values are kept at most.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func window(
    sliding length: Duration,
    every step: Duration,
    limit: Int = 10_000
  ) -> Tap<SlidingWindowed<Upstream>> {
    shaped(
      carried(BareRule(SlidingWindow(length, every: step, limit: limit)), "window", words(length))
    ) { SlidingWindowed($0) }
  }

  /// Collects values in windows of a number; see ``Window``.
  @inlinable
  @inline(__always)
  public func window(
    count: Int
  ) -> Tap<WindowedByCount<Upstream>> {
    shaped(carried(BareRule(Window(count: count)), "window", "\(count) values", isDelay: count > 1))
    { WindowedByCount($0) }
  }
}

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
        ByEventKey(rule, idle: max(defaultIdle, quiet * 2)),
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
        ByEventKey(rule, idle: max(defaultIdle, (duration + keepFiring) * 2)),
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
        ByEventKey(rule, idle: max(defaultIdle, timeout * 2)),
        "absence",
        words(timeout)
      )
    ) { Absences($0) }
  }
}

extension Tap where Upstream.Output: Alerting {
  /// Lets an alert through, then holds its repeats until the cooldown is over, for each key.
  ///
  ///     input              a-a-a-A-a---a-|      upper case is more severe
  ///     cooldown(3 ticks)  a---a-A-----a-|
  ///
  /// Anchored at the last alert that passed. A more severe one breaks through at once. An alert
  /// that passes stands for those held before it (``Alerting/occurrences``), so an escalation
  /// behind sees every repeat. An episode that opens again inside the cooldown and still fires at its
  /// end is announced then: the final state is never kept back. See ``Cooldown``.
  ///
  /// - Parameter interval: How long a key stays quiet. Zero passes all.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func cooldown(
    _ interval: Duration
  ) -> Tap<CooledDown<Upstream>> {
    let rule = Cooldown<Envelope<Upstream.Output>>(interval)
    return shaped(
      carried(
        ByEventKey(rule, idle: max(defaultIdle, interval * 2)),
        "cooldown",
        words(interval),
        isDelay: false
      )
    ) { CooledDown($0) }
  }

  /// Makes an alert more severe when its key repeats; see ``EscalateOnRepeats``.
  ///
  /// - Parameters:
  ///   - condition: `.repeats(3, within: .minutes(10))`.
  ///   - severity: What it is raised to, unless it is more severe already.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func escalate(
    _ condition: Repeats,
    to severity: Severity = .critical
  ) -> Tap<EscalatedOnRepeats<Upstream>> {
    let rule = EscalateOnRepeats<Envelope<Upstream.Output>>(
      condition.count,
      within: condition.window,
      to: severity
    )
    let detail = "\(condition.count) in \(words(condition.window)) → \(severity)"
    return shaped(
      carried(
        ByEventKey(rule, idle: max(defaultIdle, condition.window * 2)),
        "escalate",
        detail,
        isDelay: false
      )
    ) { EscalatedOnRepeats($0) }
  }

  /// Sends an alert again, more severe, when it has been firing for long; see
  /// ``EscalateOnDuration``.
  ///
  /// - Parameters:
  ///   - duration: How long an alert fires, without being resolved, before it is raised.
  ///   - severity: What it is raised to.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func escalate(
    after duration: Duration,
    to severity: Severity = .critical
  ) -> Tap<EscalatedOnDuration<Upstream>> {
    let rule = EscalateOnDuration<Envelope<Upstream.Output>>(duration, to: severity)
    return shaped(
      carried(
        ByEventKey(rule, idle: max(defaultIdle, duration * 2)),
        "escalate",
        "after \(words(duration)) → \(severity)",
        isDelay: false
      )
    ) { EscalatedOnDuration($0) }
  }
}

/// So many repeats of one key within a time.
public struct Repeats: Hashable, Sendable {
  @usableFromInline let count: Int
  @usableFromInline let window: Duration

  /// At least `count` occurrences within the last `window`.
  @inlinable
  public static func repeats(_ count: Int, within window: Duration) -> Repeats {
    Repeats(count: count, window: window)
  }

  @inlinable
  init(count: Int, window: Duration) {
    self.count = count
    self.window = window
  }
}

extension Signal: KeyedEvent where Value: KeyedEvent {
  /// The value's key.
  @inlinable public var key: Value.Key { value.key }
}

/// A duration for a picture: `3 s`, `5 min`.
@usableFromInline
func words(_ duration: Duration, most: Duration? = nil, keep: Duration = .zero) -> String {
  var text = duration.formattedShortly
  if let most { text += ", at most \(most.formattedShortly)" }
  if keep > .zero { text += ", keeps \(keep.formattedShortly)" }
  return text
}

extension Duration {
  /// `250 ms`, `3 s`, `5 min`, `2 h`.
  public var formattedShortly: String {
    let nanoseconds = wholeNanoseconds
    let units: [(Int64, String)] = [
      (86_400_000_000_000, "d"), (3_600_000_000_000, "h"), (60_000_000_000, "min"),
      (1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"),
    ]
    for (size, name) in units where nanoseconds.magnitude >= UInt64(size) {
      let tenths = (nanoseconds * 10 / size) % 10
      let whole = nanoseconds / size
      return tenths == 0 ? "\(whole) \(name)" : "\(whole).\(tenths.magnitude) \(name)"
    }
    return "\(nanoseconds) ns"
  }
}
