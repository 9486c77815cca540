public import Tocsin

/// The kill switch is engaged: critical, until a person has reset it.
///
/// The number is 0 when trading is active, 1 when only reducing orders are allowed and 2 when it is
/// halted: with a threshold of 2 it fires at halts only. The latch of a run before counts from the
/// start.
///
/// - Parameters:
///   - states: ``SafetyMonitor/states``.
///   - board: Where it is switched on and off, as `killSwitch.engaged`.
///   - threshold: Where it fires.
///   - cooldown: How long repeats are held back.
/// - Returns: A tap of its alerts.
public func KillSwitchTrigger(
  _ states: Outlet<SafetyState>,
  on board: TriggerBoard,
  threshold: Double = 1,
  cooldown: Duration = .minutes(5)
) -> Tap<Inlet<Alert>> {
  let settings = TriggerSettings.from(threshold)
  return Tap(states).changed(in: \.lastChange)
    .trigger("killSwitch.engaged", .critical, settings, on: board, cooldown: cooldown) { state in
      let number = Double(SafetyMode.allCases.firstIndex(of: state.mode) ?? 2)
      let words = state.lastChange?.alert.message ?? "Trading is \(state.mode.rawValue)."
      return TriggerReading(number, words: words)
    }
}
