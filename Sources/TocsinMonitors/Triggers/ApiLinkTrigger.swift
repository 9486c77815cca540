public import Tocsin

/// The link to the broker is disconnected: an error, until it answers again.
///
/// The number is 0 when it is connected, 1 when it is slow and 2 when it is disconnected: with a
/// threshold of 1 it fires for slow links too. Before the first sign of life it is undefined.
///
/// - Parameters:
///   - states: ``SafetyMonitor/states``.
///   - board: Where it is switched on and off, as `api.disconnected`.
///   - threshold: Where it fires.
///   - cooldown: How long repeats are held back.
/// - Returns: A tap of its alerts.
public func ApiLinkTrigger(
  _ states: Outlet<SafetyState>,
  on board: TriggerBoard,
  threshold: Double = 2,
  cooldown: Duration = .minutes(5)
) -> Tap<Inlet<Alert>> {
  let settings = TriggerSettings.from(threshold)
  return Tap(states).changed(in: \.link?.status)
    .trigger("api.disconnected", .error, settings, on: board, cooldown: cooldown) { state in
      guard let link = state.link else { return nil }
      let words = "\(link.source) is \(link.status.rawValue): \(link.reason)."
      return TriggerReading(link.status.badness, about: link.source, words: words)
    }
}

extension ApiLink.Status {
  /// 0 connected, 1 slow, 2 disconnected; nil before the first sign of life.
  var badness: Double? {
    switch self {
    case .waiting: nil
    case .connected: 0
    case .degraded: 1
    case .disconnected: 2
    }
  }
}
