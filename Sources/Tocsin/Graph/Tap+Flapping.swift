public import OpenCombine

extension Tap where Upstream.Output: Alerting {
  /// Holds back an alert that changes between firing and resolved too often, for each key, and
  /// always sends its final state when it has settled; see ``Flapping``.
  ///
  ///     input                                  f-r-f-r-f-r-r----------|
  ///     flapping(enter 4, leave 2, 8 ticks)    f-r-f-----------r------|
  ///
  /// There is no form for values without a key: alerts of different keys do not flap together.
  ///
  /// - Parameters:
  ///   - enter: How many changes within the window make it flap.
  ///   - leave: Below how many it no longer does.
  ///   - window: How far back changes count.
  ///   - settled: After how long without a change it no longer flaps either.
  ///   - announce: Changes the one alert that says that it flaps. `nil`: none says so.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func flapping(
    enter: Int,
    leave: Int,
    within window: Duration,
    settled: Duration? = nil,
    announce: (@Sendable (inout Upstream.Output) -> Void)? = nil
  ) -> Tap<FlapsHeldBack<Upstream>> {
    let rule = Flapping<Envelope<Upstream.Output>>(
      enter,
      leave: leave,
      within: window,
      settled: settled,
      announce: inEnvelopes(announce)
    )
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(window)),
        "flapping",
        "\(enter) in \(words(window)), until below \(leave)",
        isDelay: false
      )
    ) { FlapsHeldBack($0) }
  }
}

/// A change of a value, as one of the value in its envelope.
@inlinable
func inEnvelopes<Value>(
  _ change: (@Sendable (inout Value) -> Void)?
) -> (@Sendable (inout Envelope<Value>) -> Void)? {
  guard let change else { return nil }
  return { (envelope: inout Envelope<Value>) in change(&envelope.value) }
}
