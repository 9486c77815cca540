public import OpenCombine
public import Tocsin

extension Tap {
  /// Lets through the values with which a stream of numbers begins and ends to be out of the
  /// ordinary.
  ///
  /// - Parameters:
  ///   - settings: What counts as an anomaly.
  ///   - number: The number of a value; nil when it has none.
  /// - Returns: A tap behind it.
  public func anomalies(
    _ settings: AnomalySettings = AnomalySettings(),
    asOneOf number: @escaping @Sendable (Upstream.Output) -> Double?
  ) -> Tap<RulePublisher<Upstream, Anomalies<Upstream.Output>>> {
    rule(Anomalies(settings, of: number), "anomalies")
  }
}

extension Tap where Upstream.Output: KeyedEvent {
  /// Lets through the values with which a stream of numbers begins and ends to be out of the
  /// ordinary, for each key.
  ///
  /// - Parameters:
  ///   - settings: What counts as an anomaly.
  ///   - limit: How many keys there may be; the values of more are dropped as `keyLimit`.
  ///   - number: The number of a value; nil when it has none.
  /// - Returns: A tap behind it.
  public func anomalies(
    _ settings: AnomalySettings = AnomalySettings(),
    limit: Int = 10_000,
    of number: @escaping @Sendable (Upstream.Output) -> Double?
  ) -> Tap<AnomaliesByKey<Upstream>> {
    let rule = ByKey(Anomalies(settings, of: number), limit: limit) { $0.key }
    return timed(rule, "anomalies")
  }
}

/// A publisher of the anomalies of each key.
public typealias AnomaliesByKey<Upstream: FlowPublisher> = TimedRulePublisher<
  Upstream,
  BareRule<ByKey<Upstream.Output.Key, Untimed<Anomalies<Upstream.Output>>>>
> where Upstream.Output: KeyedEvent
