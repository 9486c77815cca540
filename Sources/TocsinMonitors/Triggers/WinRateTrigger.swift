public import Tocsin

/// Fewer than 30 % of the recent trades won, and there are at least ten of them: a warning.
///
/// With fewer trades the rate is undefined here: it neither fires nor resolves.
///
/// - Parameters:
///   - performance: The snapshots. Only those of live money are looked at, each key on its own.
///   - board: Where it is switched on and off, as `winRate.low`.
///   - threshold: The rate, 0…1, below which it fires.
///   - minimumTrades: How many trades, won or lost, the rate has to stand on.
///   - cooldown: How long repeats about one key are held back.
/// - Returns: A tap of its alerts.
public func WinRateTrigger(
  _ performance: Outlet<PerformanceSnapshot>,
  on board: TriggerBoard,
  threshold: Double = 0.3,
  minimumTrades: Int = 10,
  cooldown: Duration = .minutes(5)
) -> Tap<Inlet<Alert>> {
  Tap(performance)
    .trigger("winRate.low", .warning, .below(threshold), on: board, cooldown: cooldown) {
      snapshot in
      guard snapshot.key.mode == .live else { return nil }
      let rate = snapshot.decidedTrades >= minimumTrades ? snapshot.winRate.number : nil
      let words =
        "\(rate?.percent ?? "An unknown share") of the last \(snapshot.decidedTrades) trades of "
        + "\(snapshot.key) won."
      return TriggerReading(rate, about: "\(snapshot.key)", words: words)
    }
}
