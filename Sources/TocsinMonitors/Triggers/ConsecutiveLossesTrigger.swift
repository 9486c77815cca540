public import Tocsin

/// Ten trades in a row lost: a warning.
///
/// A trade at exactly zero ends a row, and with it the alert.
///
/// - Parameters:
///   - performance: The snapshots. Only those of live money are looked at, each key on its own.
///   - board: Where it is switched on and off, as `losses.consecutive`.
///   - threshold: The number of losses from which on it fires.
///   - cooldown: How long repeats about one key are held back.
/// - Returns: A tap of its alerts.
public func ConsecutiveLossesTrigger(
  _ performance: Outlet<PerformanceSnapshot>,
  on board: TriggerBoard,
  threshold: Int = 10,
  cooldown: Duration = .minutes(5)
) -> Tap<Inlet<Alert>> {
  let settings = TriggerSettings.from(Double(threshold))
  return Tap(performance)
    .trigger("losses.consecutive", .warning, settings, on: board, cooldown: cooldown) { snapshot in
      guard snapshot.key.mode == .live else { return nil }
      let losses = snapshot.consecutiveLosses
      let words = "\(losses) trades in a row lost, of \(snapshot.key)."
      return TriggerReading(Double(losses), about: "\(snapshot.key)", words: words)
    }
}
