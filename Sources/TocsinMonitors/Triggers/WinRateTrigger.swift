public import Tocsin

/// Fewer than 30 % of the recent trades won, and there are at least ten of them: a warning.
///
/// With fewer trades the rate is undefined here: it neither fires nor resolves.
/// Judged after each trade, not after each mark of the equity.
///
/// - Parameters:
///   - performance: The snapshots, each key on its own.
///   - mode: Whose are looked at, those of live or of paper money; all when nil.
///   - board: Where it is switched on and off, as `winRate.low`.
///   - threshold: The rate, 0…1, below which it fires.
///   - minimumTrades: How many trades, won or lost, the rate has to stand on.
///   - cooldown: How long repeats about one key are held back.
/// - Returns: A tap of its alerts.
public func WinRateTrigger(
  _ performance: Outlet<PerformanceSnapshot>,
  of mode: TradingMode? = nil,
  on board: TriggerBoard,
  threshold: Double = 0.3,
  minimumTrades: Int = 10,
  cooldown: Duration = .minutes(5)
) -> Tap<Inlet<Alert>> {
  Tap(performance).changedByKey(in: \.trades.total.count)
    .trigger("winRate.low", .warning, .below(threshold), on: board, cooldown: cooldown) {
      snapshot in
      guard mode ?? snapshot.key.mode == snapshot.key.mode else { return nil }
      let rate = snapshot.decidedTrades >= minimumTrades ? snapshot.winRate.number : nil
      let words =
        "\(rate?.percent ?? "An unknown share") of the last \(snapshot.decidedTrades) trades of "
        + "\(snapshot.key) won."
      return TriggerReading(rate, about: "\(snapshot.key)", words: words)
    }
}
