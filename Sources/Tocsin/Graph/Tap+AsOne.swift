public import OpenCombine

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
