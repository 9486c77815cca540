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
  ///   - safety: The monitor of the kill switch, the breaker and the link.
  ///   - cooldown: How long repeats of one trigger about one subject are held back.
  /// - Returns: A tap of their alerts.
  public static func standard(
    on board: TriggerBoard,
    performance: Outlet<PerformanceSnapshot>,
    safety: SafetyMonitor,
    cooldown: Duration = .minutes(5)
  ) -> Tap<Merged<Alert>> {
    Merge(
      DailyDrawdownTrigger(performance, on: board, cooldown: cooldown),
      WeeklyDrawdownTrigger(performance, on: board, cooldown: cooldown),
      TotalDrawdownTrigger(performance, on: board, cooldown: cooldown),
      ConsecutiveLossesTrigger(performance, on: board, cooldown: cooldown),
      WinRateTrigger(performance, on: board, cooldown: cooldown),
      BreakerTrigger(safety.states, on: board, cooldown: cooldown),
      KillSwitchTrigger(safety.states, on: board, cooldown: cooldown),
      ApiLinkTrigger(safety.states, on: board, cooldown: cooldown)
    )
  }
}
