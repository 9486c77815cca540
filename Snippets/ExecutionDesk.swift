//! How well orders are executed, and what is told of it.

// snippet.hide
import Foundation
import Tocsin
import TocsinMonitors

let phone = Outlet<Alert>("phone")
let log = Outlet<Alert>("log")

let instrument = try Instrument(
  symbol: "BTCUSDT",
  venue: "BINANCE",
  tick: 0.01,
  lot: 0.00001,
  currency: "USDT"
)

// snippet.desk
var limits = ExecutionLimits()
limits.maximumSlippage = 0.0005
limits.further[.arrivalSlippage] = 0.0002
var stuck = StuckLimits()
stuck.pendingCancel = .seconds(3)

let desk = MonitorGraph("desk", sinks: [phone, log]) { [limits, stuck] lane in
  let market = lane.input("market", of: TradingEvent.self)
  let execution = ExecutionMonitor(
    on: lane,
    watching: market,
    limits: limits,
    stuckAfter: stuck,
    instruments: [instrument]
  )
  let odd = Tap(execution.slippage).anomalies(of: { $0.value.number })

  Merge(
    Tap(execution.stuck).alert { $0.alert },
    Tap(execution.findings).alert { $0.alert },
    Tap(execution.changes).alert { $0.alert },
    Tap(execution.ended).compactMap(to: Alert.self) { $0.alert },
    odd.alert("slippage.odd", .warning, subject: { $0.value.symbol })
  )
  .cooldown(.minutes(5))
  .route {
    On(.error...) { phone }
    Otherwise { log }
  }
}
// snippet.end

// snippet.ask
let world = Timeline.live()
let running = try await desk.run(on: world.lane("desk"))
let execution = try running.first(ExecutionMonitor.self)

for reading in await execution.readings(of: .symbol("BTCUSDT")) {
  print(reading.metric, reading.value, reading.samples)
}
print(await execution.quantile(0.99, of: .timeToAcknowledge, in: .venue("BINANCE")))
if let leg = await execution.latency(of: .timeToVenue) {
  print(leg.percentile(99) ?? .zero, leg.skewCount)
}
// snippet.end

await running.stop()
await world.shutdown()

// snippet.test
import Testing
import TocsinTesting

func step(_ kind: OrderEvent.Kind) -> TradingEvent {
  .order(OrderEvent(order: "o-1", symbol: "BTCUSDT", kind: kind))
}

@Test func `a cancel that nobody answers rings after three seconds`() throws {
  let run = try rehearse(desk, sinks: [phone, log], until: .minutes(1)) {
    On("market") {
      At(.zero) { step(.signalled(side: .buy, quantity: 1, decisionPrice: 65_000)) }
      At(.seconds(1)) { step(.submitted) }
      At(.seconds(2)) { step(.acknowledged) }
      At(.seconds(10)) { step(.cancelRequested) }
      At(.seconds(30)) { step(.cancelled) }
    }
  }
  run.expect {
    On("phone") {
      At(.seconds(13)) { Fired("order.cancelStuck", .error) }
      At(.seconds(30)) { Resolved("order.cancelStuck") }
    }
    On("log") { Silence() }
  }
}
// snippet.end
