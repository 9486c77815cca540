public import Tocsin

/// The circuit breaker tripped: critical, until it is closed again.
///
/// The number is 1 when it is open or half open, and 0 when it is closed. A breaker that a run before
/// left open counts from the start.
///
/// - Parameters:
///   - states: ``SafetyMonitor/states``.
///   - board: Where it is switched on and off, as `breaker.tripped`.
///   - cooldown: How long repeats are held back.
/// - Returns: A tap of its alerts.
public func BreakerTrigger(
  _ states: Outlet<SafetyState>,
  on board: TriggerBoard,
  cooldown: Duration = .minutes(5)
) -> Tap<Inlet<Alert>> {
  Tap(states).changed(in: \.breaker)
    .trigger("breaker.tripped", .critical, .from(1), on: board, cooldown: cooldown) { state in
      let why = state.trip.map { ", tripped because \($0.reason)" } ?? ""
      let words = "The circuit breaker is \(state.breaker.rawValue)\(why)."
      return TriggerReading(state.breaker == .closed ? 0 : 1, words: words)
    }
}
