public import OpenCombine

extension Tap where Upstream.Output: KeyedEvent {
  /// Lets the first values of a window pass at once and the rest as one summary at its end, for
  /// each key; see ``Rollup``.
  ///
  ///     input                     a-b-c-d-e-f-g--------h-|
  ///     rollup(1, per: 5 ticks)   a----B----D----F-----h-|     B: b c, D: d e, F: f g
  ///
  /// Nothing is lost, and a critical alert never waits. A key that was not seen for an hour, or
  /// twice the window, is forgotten.
  ///
  /// - Parameters:
  ///   - count: How many messages of a key there are in a window at once.
  ///   - window: How long a window is. Zero passes all.
  ///   - sample: How many values of a summary it keeps.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func rollup(
    _ count: Int = 1,
    per window: Duration,
    sample: Int = 10
  ) -> Tap<RolledUpPerKey<Upstream>> {
    let rule = StampedRule(Rollup<Upstream.Output>(count, per: window, sample: sample))
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(window)),
        "rollup",
        limitWords(count, window),
        isDelay: false
      )
    ) { RolledUpPerKey($0) }
  }

  /// Gives the latest value of every key as one set, again and again while something changes; see
  /// ``Coalesce``.
  ///
  ///     input                     a1-b1-a2----------b2-|
  ///     coalesce(every: 4 ticks)  ----X---Y-------------Z|   X: a1 b1, Y: a2 b1, Z: a2 b2
  ///
  /// - Parameters:
  ///   - interval: How long at least from one set to the next.
  ///   - expiry: After how long without a value a key leaves.
  ///   - limit: How many keys are kept at most.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func coalesce(
    every interval: Duration,
    expiry: Duration = .seconds(3600),
    limit: Int = 10_000
  ) -> Tap<Coalesced<Upstream>> {
    let rule = Coalesce<Upstream.Output>(every: interval, expiry: expiry, limit: limit)
    return shaped(carried(BareRule(rule), "coalesce", words(interval), isDelay: false)) {
      Coalesced($0)
    }
  }
}

extension Tap {
  /// Lets the first values of a window pass at once and the rest as one summary at its end. All
  /// values are one stream.
  ///
  /// As ``rollup(_:per:sample:)``, with one window for all.
  @inlinable
  @inline(__always)
  public func rollup(
    asOne count: Int,
    per window: Duration,
    sample: Int = 10
  ) -> Tap<RolledUpAsOne<Upstream>> {
    let rule = StampedRule(Rollup<Upstream.Output>(count, per: window, sample: sample))
    return shaped(carried(rule, "rollup", limitWords(count, window), isDelay: false)) {
      RolledUpAsOne($0)
    }
  }
}
