internal import Tocsin
internal import TocsinMonitors

/// A monitor at its defaults, as a user adds it to a graph.
enum Monitored: String, CaseIterable {
  case health, execution, drift

  func build(_ market: Outlet<TradingEvent>, on lane: Lane, to alerts: Outlet<Alert>) -> Wire {
    switch self {
    case .health:
      let health = HealthMonitor(on: lane, watching: market) {
        Check.feed(MixedStream.venue, maxAge: .seconds(60))
        Check.broker(MixedStream.broker, maxAge: .seconds(60))
      }
      return Tap(health.transitions).alert { $0.alert }.route { Otherwise { alerts } }
    case .execution:
      let execution = ExecutionMonitor(on: lane, watching: market)
      return Tap(execution.changes).alert { $0.alert }.route { Otherwise { alerts } }
    case .drift:
      let drift = DriftMonitor(on: lane, watching: market)
      return Tap(drift.findings).alert { $0.alert }.route { Otherwise { alerts } }
    }
  }
}
