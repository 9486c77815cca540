//! A whole graph: three monitors, one merge, one route; and how it runs.

import Tocsin
import TocsinMonitors

// snippet.graph
let pager = Outlet<Alert>("pager")
let log = Outlet<Alert>("log")

let desk = MonitorGraph("desk") { lane in
  let market = lane.input("market", of: TradingEvent.self)
  let health = HealthMonitor(on: lane, watching: market) {
    Check.feed("NASDAQ", maxAge: .seconds(5))
    Check.broker("broker", maxAge: .seconds(90))
  }
  let execution = ExecutionMonitor(on: lane, watching: market)
  let drift = DriftMonitor(on: lane, watching: market)

  let stale = Tap(health.transitions).debounce(.seconds(3), maxWait: .seconds(30))
  let slow = Tap(execution.changes)
  let books = Tap(drift.findings)

  Merge(stale.alert { $0.alert }, slow.alert { $0.alert }, books.alert { $0.alert })
    .cooldown(.minutes(5))
    .escalate(.repeats(3, within: .hours(1)), to: .critical)
    .route {
      On(.critical...) {
        pager
        log
      }
      Otherwise { log }
    }
}
// snippet.end

// snippet.plan
print(try desk.plan().mermaid)
// snippet.end

func runLive() async throws {
  // snippet.run
  let timeline = Timeline.live()
  let lane = timeline.lane("desk")
  let running = try await desk.run(on: lane)
  let market = try running.input("market", of: TradingEvent.self)

  timeline.spawn("log") {
    for await alert in log.values(on: lane) { print(alert.key, alert.severity, alert.message) }
  }
  let health = try running.first(HealthMonitor.self)
  timeline.spawn("checks") { await health.runChecks(by: timeline) }

  market.send(.tick(Tick(symbol: "AAPL", venue: "NASDAQ", price: 23.92)))
  print(await running.snapshot().mermaid)
  await running.stop()
  await timeline.shutdown()
  // snippet.end
}

try await runLive()
