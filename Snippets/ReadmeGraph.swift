//! The graph of the README, in real time: it runs for nine seconds and tells one alert.

// snippet.graph
import Tocsin
import TocsinMonitors

let phone = Outlet<Alert>("phone")
let chat = Outlet<Alert>("chat")

let desk = MonitorGraph("desk") { lane in
  let market = lane.input("market", of: TradingEvent.self)
  let health = HealthMonitor(on: lane, watching: market) {
    Check.feed("BINANCE", symbols: ["BTCUSDT"], maxAge: .seconds(5))
    Check.broker("broker", maxAge: .seconds(90))
  }
  let execution = ExecutionMonitor(on: lane, watching: market)

  Merge(
    Tap(health.transitions).debounce(.seconds(3), maxWait: .seconds(30)).alert { $0.alert },
    Tap(execution.stuck).alert { $0.alert }
  )
  .cooldown(.minutes(5)).named("cooldown")
  .escalate(.repeats(3, within: .minutes(30)), to: .critical)
  .route {
    On(.error...) { phone }
    Otherwise { chat }
  }
}
// snippet.end

// snippet.run
let world = Timeline.live()
let running = try await desk.run(on: world.lane("desk"))
let told = phone.values(on: running.lane)
let market = try running.input("market", of: TradingEvent.self)

market.send(.tick(Tick(symbol: "BTCUSDT", venue: "BINANCE", price: 65_000)))
for await alert in told.prefix(1) { print(alert.severity, alert.message) }  // After 8 s.
// snippet.end

await running.stop()
await world.shutdown()
