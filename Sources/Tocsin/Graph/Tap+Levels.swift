public import OpenCombine

// Values with keys: each key is a stream of its own.
extension Tap where Upstream.Output: KeyedEvent {
  /// Fires when a number crosses one level and resolves when it crosses another, for each key; see
  /// ``Hysteresis``.
  ///
  ///     input                                1-5-4-3-5-6-2---|
  ///     hysteresis(.above(5, leave: 3)) { }  --F---------R---|
  ///
  /// - Parameters:
  ///   - band: `.above(100, leave: 90)` or `.below(10, leave: 20)`.
  ///   - duration: How long the number must be beyond the first level before it fires.
  ///   - number: The number of a value.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func hysteresis(
    _ band: Band,
    for duration: Duration = .zero,
    _ number: @escaping @Sendable (Upstream.Output) -> Double
  ) -> Tap<Banded<Upstream>> {
    let rule = Hysteresis<Envelope<Upstream.Output>>(band, for: duration) { number($0.value) }
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(duration)),
        "hysteresis",
        words(band, duration),
        isDelay: duration > .zero
      )
    ) { Banded($0) }
  }

  /// Tells how fast a number changes, for each key; see ``RateOfChange``.
  ///
  /// - Parameters:
  ///   - unit: The time that rates are given for.
  ///   - span: How far back a rate reaches. `nil`: to the value before.
  ///   - limit: How many numbers of a key are kept at most, with a span.
  ///   - number: The number of a value.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func rateOfChange(
    per unit: Duration = .seconds(1),
    over span: Duration? = nil,
    limit: Int = 1_000,
    _ number: @escaping @Sendable (Upstream.Output) -> Double
  ) -> Tap<Rates<Upstream>> {
    let rule = RateOfChange<Upstream.Output>(per: unit, over: span, limit: limit, number)
    return shaped(
      carried(
        ByEventKey(BareRule(Untimed(rule)), idle: idleTime(span ?? .zero)),
        "rateOfChange",
        words(per: unit, over: span),
        isDelay: false
      )
    ) { Rates($0) }
  }
}

// All values as one stream.
extension Tap {
  /// Fires when a number crosses one level and resolves when it crosses another; see
  /// ``Hysteresis``. All values are one stream.
  @inlinable
  @inline(__always)
  public func hysteresis(
    asOne band: Band,
    for duration: Duration = .zero,
    _ number: @escaping @Sendable (Upstream.Output) -> Double
  ) -> Tap<BandedAsOne<Upstream>> {
    shaped(
      carried(
        Hysteresis(band, for: duration) { number($0.value) },
        "hysteresis",
        words(band, duration),
        isDelay: duration > .zero
      )
    ) { BandedAsOne($0) }
  }

  /// Tells how fast a number changes; see ``RateOfChange``. All values are one stream.
  @inlinable
  @inline(__always)
  public func rateOfChange(
    asOnePer unit: Duration,
    over span: Duration? = nil,
    limit: Int = 1_000,
    _ number: @escaping @Sendable (Upstream.Output) -> Double
  ) -> Tap<RatesAsOne<Upstream>> {
    let rule = RateOfChange<Upstream.Output>(per: unit, over: span, limit: limit, number)
    return shaped(self.rule(rule, "rateOfChange")) { RatesAsOne($0) }
  }
}

@usableFromInline
func words(_ band: Band, _ duration: Duration) -> String {
  "\(band.isAbove ? "≥" : "≤") \(band.enter), until \(band.isAbove ? "<" : ">") \(band.leave)"
    + (duration > .zero ? ", for \(words(duration))" : "")
}

@usableFromInline
func words(per unit: Duration, over span: Duration?) -> String {
  "per \(words(unit))" + (span.map { ", over \(words($0))" } ?? "")
}
