internal import Tocsin
internal import TocsinMonitors

/// A monitor at its defaults, as a user adds it to a graph.
enum Monitored: String, CaseIterable {
  case health, execution, drift, performance, safety

  func build(_ market: Outlet<TradingEvent>, on lane: Lane, to alerts: Outlet<Alert>) -> Wire {
    switch self {
    case .health:
      let health = HealthMonitor(on: lane, watching: market) {
        Check.feed(MixedStream.venue)
        Check.broker(MixedStream.broker, maxAge: .seconds(60))
      }
      return Tap(health.transitions).alert { $0.alert }.route { Otherwise { alerts } }
    case .execution:
      let execution = ExecutionMonitor(on: lane, watching: market)
      return Tap(execution.changes).alert { $0.alert }.route { Otherwise { alerts } }
    case .drift:
      let drift = DriftMonitor(on: lane, watching: market)
      return Tap(drift.findings).alert { $0.alert }.route { Otherwise { alerts } }
    case .performance:
      let money = PerformanceIntake.Settings(mode: .paper, currency: "USD")
      let performance = PerformanceMonitor(
        on: lane,
        watching: market,
        reading: PerformanceIntake(money)
      )
      return Tap(performance.drawdowns).alert { $0.alert }.route { Otherwise { alerts } }
    case .safety:
      let safety = SafetyMonitor(
        on: lane,
        from: .absent,
        control: NothingToControl(),
        watching: market
      )
      return Tap(safety.alerts).route { Otherwise { alerts } }
    }
  }
}

/// Recorded trading is not controlled.
private struct NothingToControl: TradingControl {
  func command(_ mode: SafetyMode, because change: SafetyChange) {}
}
