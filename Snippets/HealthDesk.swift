//! A desk that watches its health: feeds, broker, orders, books and the machine.

import Tocsin
import TocsinMonitors

let phone = Outlet<Alert>("phone")
let page = Outlet<HealthReport>("page")

/// A check of your own: what it throws counts as failed.
@Sendable func askDatabase() async throws -> CheckOutcome { .healthy(value: 0.002) }

// snippet.desk
let desk = MonitorGraph("desk", sinks: [phone]) { lane in
  let market = lane.input("market", of: TradingEvent.self)
  let connections = lane.input("connections", of: Connection.self)
  let health = HealthMonitor(on: lane, watching: market, connections: connections) {
    Check.feed("BINANCE", symbols: ["BTCUSDT"])
    Check.feed("NYSE", during: .daily(.hours(14) + .minutes(30)..<(.hours(21))))
    Check.broker("broker", maxAge: .seconds(90), maxLatency: .seconds(1))
    Check.orders(maxAge: [.submitted: .seconds(5), .unconfirmed: .seconds(10)])
    Check.reconciliation(maxLag: .seconds(5), every: .seconds(60))
    Check.disk("/", maxUsed: 0.9)
    Check.memory(maxUsed: 0.8)
    Check.custom("database", every: .seconds(30), timeout: .seconds(5)) { try await askDatabase() }
  }
  Tap(health.transitions).alert { $0.alert }.cooldown(.minutes(5)).route { Otherwise { phone } }
}
// snippet.end

func operate() async throws {
  // snippet.operate
  let world = Timeline.live()
  let running = try await desk.run(on: world.lane("desk"))
  let health = try running.first(HealthMonitor.self)
  world.spawn("checks") { await health.runChecks(by: world) }

  await health.mute("NYSE", for: .minutes(30), because: "their upgrade")
  await health.remove("BINANCE/LUNAUSDT")
  let report = await health.report
  print(report.overall, report.components.map(\.name))
  for change in await health.history.suffix(10) { print(change.instant, change.event.reason) }
  // snippet.end
  await running.stop()
  await world.shutdown()
}

func custom() {
  _ = HealthMonitor(on: Timeline.virtual().lane("desk")) {
    // snippet.limits
    Check.feed("BINANCE")  // a learned limit for each stream, 5 s to 1 h
    Check.feed("KRAKEN", silence: .adaptive(atLeast: .seconds(2), atMost: .minutes(10)))
    Check.feed("PAPER", maxAge: .seconds(5))  // one fixed limit
    // snippet.end
  }
}
