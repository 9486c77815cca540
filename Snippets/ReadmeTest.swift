//! The test of the README, on a virtual clock: a minute passes in no time.

// snippet.hide
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

@Test func `a feed that goes quiet raises one alert, and resolves it when it sends again`() throws {
  try Timeline.virtual().simulate { world in
    let running = try await desk.run(on: world.lane("desk"))
    let market = try running.input("market", of: TradingEvent.self)
    var told = phone.values(on: running.lane).makeAsyncIterator()
    let tick = TradingEvent.tick(Tick(symbol: "BTCUSDT", venue: "BINANCE", price: 65_000))

    market.send(tick)
    await world.pass(.milliseconds(7_999))  // 5 s of silence, and 3 s of debounce.
    #expect(try await running.snapshot().node("cooldown").received == 0)
    await world.pass(.milliseconds(1))
    #expect(await told.next()?.severity == .error)

    await world.pass(.minutes(1))
    market.send(tick)
    await world.pass(.seconds(3))
    #expect(await told.next()?.phase == .resolved)
    #expect(try await running.snapshot().node("cooldown").passed == 2)
  }
}
// snippet.end
