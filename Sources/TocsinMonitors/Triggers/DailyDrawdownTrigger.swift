public import Tocsin

/// The equity is 5 % below that at the start of the trading day: a warning.
///
/// A copy to change is these lines: another figure, another severity, another cooldown.
///
/// - Parameters:
///   - performance: The snapshots, each key on its own.
///   - mode: Whose are looked at, those of live or of paper money; all when nil.
///   - board: Where it is switched on and off, as `drawdown.daily`.
///   - threshold: The depth as a positive fraction, from which on it fires.
///   - cooldown: How long repeats about one key are held back.
/// - Returns: A tap of its alerts.
public func DailyDrawdownTrigger(
  _ performance: Outlet<PerformanceSnapshot>,
  of mode: TradingMode? = nil,
  on board: TriggerBoard,
  threshold: Double = 0.05,
  cooldown: Duration = .minutes(5)
) -> Tap<Inlet<Alert>> {
  Tap(performance)
    .trigger("drawdown.daily", .warning, .from(threshold), on: board, cooldown: cooldown) {
      snapshot in
      guard mode ?? snapshot.key.mode == snapshot.key.mode else { return nil }
      let depth = snapshot.dailyDrawdown.number.map { -$0 }
      let words = "The drawdown today of \(snapshot.key) is \(depth?.percent ?? "unknown")."
      return TriggerReading(depth, about: "\(snapshot.key)", words: words)
    }
}
