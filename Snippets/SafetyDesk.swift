//! Halts trading: the kill switch, its control, its store, and how a person resets it.

import Synchronization
import Tocsin
import TocsinMonitors

// snippet.control
/// Every order asks it. It begins closed.
final class Gate: TradingControl {
  private let state = Atomic<UInt8>(2)
  private let budget = Atomic<Int>(Int.max)
  let orders = Outlet<SafetyChange>("cancelAll")

  func command(_ mode: SafetyMode, because change: SafetyChange) {
    state.store(mode == .active ? 0 : mode == .reducing ? 1 : 2, ordering: .sequentiallyConsistent)
    if mode == .halted { orders.send(change) }  // Another task cancels what is open, and confirms.
  }

  func breaker(_ change: BreakerChange) {
    budget.store(change.allowance ?? .max, ordering: .sequentiallyConsistent)
  }

  func mayOpen() -> Bool { state.load(ordering: .sequentiallyConsistent) == 0 }
}
// snippet.end

let gate = Gate()
let pager = Outlet<Alert>("pager")

// snippet.graph
func desk(from start: SafetyStart) -> MonitorGraph {
  MonitorGraph("desk", sinks: [pager]) { lane in
    let market = lane.input("market", of: TradingEvent.self)
    let performance = lane.input("performance", of: PerformanceSnapshot.self)
    let drift = DriftMonitor(on: lane, watching: market)
    var settings = SafetySettings()
    settings.required = [.heartbeats(of: "broker"), .performance()]
    settings.limits = [
      SafetyLimit(SafetyFigure.intradayDrawdown, reduceAt: 0.05, haltAt: 0.1)
    ]
    settings.breaker.consecutiveLosses = 10
    let safety = SafetyMonitor(
      on: lane,
      from: start,
      control: gate,
      watching: market,
      drift: drift.findings,
      performance: performance,
      settings: settings
    )
    Merge(Tap(safety.alerts), Tap(drift.findings).alert { $0.alert })
      .cooldown(.minutes(5))
      .route { Otherwise { "pager" } }
  }
}
// snippet.end

func runLive() async throws {
  // snippet.run
  let store = FileSafetyStore(path: "/var/lib/desk/safety.json")
  let timeline = Timeline.live()
  let lane = timeline.lane("desk")
  let running = try await desk(from: await store.load()).run(on: lane)
  let safety = try running.first(SafetyMonitor.self)
  timeline.spawn("keep") { await safety.keep(in: store, by: timeline) }
  let halts = gate.orders.values(on: lane)
  timeline.spawn("cancel all") {
    for await change in halts {
      // Cancel what is open at the broker, and then:
      safety.commands.send(.confirm(change.sequence))
    }
  }
  // snippet.end

  // snippet.person
  safety.halt(by: "ada", because: "the exchange prints nonsense")
  safety.reset(SafetyReset(by: "ada", because: "prices are right again"))
  safety.trip(by: "ada", because: "too many rejects on one venue")
  // snippet.end
  await timeline.shutdown()
}

// snippet.test
/// Notes what it was commanded.
final class NotedControl: TradingControl {
  let modes = Mutex<[SafetyMode]>([])
  func command(_ mode: SafetyMode, because change: SafetyChange) {
    modes.withLock { $0.append(mode) }
  }
}

let control = NotedControl()
let world = Timeline.virtual()
let graph = MonitorGraph("test") { lane in
  let safety = SafetyMonitor(on: lane, from: .absent, control: control)
  Tap(lane.input("safety", of: SafetyCommand.self)).send(to: safety.commands)
}
let running = try graph.start(on: world.lane("test"), in: world)
let door = try running.input("safety", of: SafetyCommand.self)
door.send(.begin)
door.send(.halt(by: "ada", because: "test"))
door.send(.reset(SafetyReset(by: "", because: "no name")))
world.settle()
assert(control.modes.withLock { $0 } == [.active, .halted])
// snippet.end
