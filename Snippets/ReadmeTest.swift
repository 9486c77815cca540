//! The test of the README, on a virtual clock: a minute passes in no time.

// snippet.hide
import Foundation
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

// snippet.show
import Testing
import TocsinTesting

@Test func `a feed that goes quiet raises one alert, and resolves it when it sends again`() throws {
  let tick = TradingEvent.tick(Tick(symbol: "BTCUSDT", venue: "BINANCE", price: 65_000))
  let run = try rehearse(desk, sinks: [phone, chat], until: .seconds(64)) {
    On("market") {
      At(.zero) { tick }
      At(.minutes(1)) { tick }
    }
  }
  run.expect {
    On("phone") {
      At(.seconds(8)) { Fired("health.changed", .error) }  // 5 s of silence, 3 s of debounce.
      At(.seconds(63)) { Resolved("health.changed") }
    }
    On("chat") { Silence() }
  }
}
// snippet.end
