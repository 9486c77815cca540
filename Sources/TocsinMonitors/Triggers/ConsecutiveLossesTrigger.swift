public import Tocsin

/// Ten trades in a row lost: a warning.
///
/// Judged after each trade, not after each mark of the equity: it is told again when another trade
/// loses, and not as long as nothing is traded. A trade at exactly zero ends a row, and the alert.
///
/// - Parameters:
///   - performance: The snapshots, each key on its own.
///   - mode: Whose are looked at, those of live or of paper money; all when nil.
///   - board: Where it is switched on and off, as `losses.consecutive`.
///   - threshold: The number of losses from which on it fires.
///   - cooldown: How long repeats about one key are held back.
/// - Returns: A tap of its alerts.
public func ConsecutiveLossesTrigger(
  _ performance: Outlet<PerformanceSnapshot>,
  of mode: TradingMode? = nil,
  on board: TriggerBoard,
  threshold: Int = 10,
  cooldown: Duration = .minutes(5)
) -> Tap<Inlet<Alert>> {
  let settings = TriggerSettings.from(Double(threshold))
  return Tap(performance).changedByKey(in: \.trades.total.count)
    .trigger("losses.consecutive", .warning, settings, on: board, cooldown: cooldown) { snapshot in
      guard mode ?? snapshot.key.mode == snapshot.key.mode else { return nil }
      let losses = snapshot.consecutiveLosses
      let words = "\(losses) trades in a row lost, of \(snapshot.key)."
      return TriggerReading(Double(losses), about: "\(snapshot.key)", words: words)
    }
}
