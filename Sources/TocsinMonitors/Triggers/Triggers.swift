public import Tocsin

/// The ready-made alert rules.
///
/// | trigger | fires | severity |
/// |---|---|---|
/// | `drawdown.daily` | from 5 % on | warning |
/// | `drawdown.weekly` | from 10 % on | error |
/// | `drawdown.total` | from 20 % on | critical |
/// | `breaker.tripped` | when it is not closed | critical |
/// | `killSwitch.engaged` | when it is not active | critical |
/// | `losses.consecutive` | from 10 on | warning |
/// | `winRate.low` | below 30 %, of at least 10 trades | warning |
/// | `api.disconnected` | when it is | error |
public enum Triggers {
  /// All eight, with their defaults, as one stream of alerts for `route { }`.
  ///
  /// - Parameters:
  ///   - board: Where they are switched on and off.
  ///   - performance: The snapshots of the performance.
  ///   - mode: Whose are looked at, those of live or of paper money; all when nil. The subject of an
  ///     alert says whose it is.
  ///   - safety: The monitor of the kill switch, the breaker and the link.
  ///   - cooldown: How long repeats of one trigger about one subject are held back.
  /// - Returns: A tap of their alerts.
  public static func standard(
    on board: TriggerBoard,
    performance: Outlet<PerformanceSnapshot>,
    of mode: TradingMode? = nil,
    safety: SafetyMonitor,
    cooldown: Duration = .minutes(5)
  ) -> Tap<Merged<Alert>> {
    Merge(
      DailyDrawdownTrigger(performance, of: mode, on: board, cooldown: cooldown),
      WeeklyDrawdownTrigger(performance, of: mode, on: board, cooldown: cooldown),
      TotalDrawdownTrigger(performance, of: mode, on: board, cooldown: cooldown),
      ConsecutiveLossesTrigger(performance, of: mode, on: board, cooldown: cooldown),
      WinRateTrigger(performance, of: mode, on: board, cooldown: cooldown),
      BreakerTrigger(safety.states, on: board, cooldown: cooldown),
      KillSwitchTrigger(safety.states, on: board, cooldown: cooldown),
      ApiLinkTrigger(safety.states, on: board, cooldown: cooldown)
    )
  }
}
