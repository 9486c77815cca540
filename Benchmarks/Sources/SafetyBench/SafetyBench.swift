internal import Synchronization
internal import Tocsin
internal import TocsinMonitors

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Measures how long a halt takes from being sent on another thread to the command, while every
/// channel and the store block or fail. The aim is 1 ms for 99 of 100.
@main
struct SafetyBench {
  static let rounds = 1_000

  static func main() async throws {
    for (name, flood) in [("quiet lane", 0), ("50,000 ticks/s on the same lane", 50)] {
      for cause in Cause.allCases {
        let latencies = try await measure(cause, ticksPerMillisecond: flood)
        report("\(cause.rawValue), \(name)", latencies)
      }
    }
    for required in [0, 3] { try cost(required) }
  }

  /// What a tick costs that means nothing to safety, with so many kinds of required data.
  private static func cost(_ required: Int) throws {
    var settings = SafetySettings()
    settings.required = (0..<required).map { .ticks(from: "\($0)") }
    let graph = MonitorGraph("cost") { [settings] lane in
      let market = lane.input("market", of: TradingEvent.self)
      _ = SafetyMonitor(
        on: lane,
        from: .absent,
        control: TimedControl(),
        watching: market,
        settings: settings
      )
    }
    let world = Timeline.virtual()
    let lane = world.lane("cost")
    let market = try graph.start(on: lane, in: world).input("market", of: TradingEvent.self)
    let tick = TradingEvent.tick(Tick(symbol: "AAPL", venue: "0", price: 10))
    let burst = Array(repeating: tick, count: 256)
    var best = Duration.seconds(1_000)
    for _ in 0..<5 {
      let start = ContinuousClock.now
      for _ in 0..<1_000 { world.perform(on: lane) { market.send(contentsOf: burst) } }
      best = min(best, start.duration(to: ContinuousClock.now))
    }
    print("a tick, \(required) kinds of required data: \(best / (1_000 * 256))")
  }

  enum Cause: String, CaseIterable {
    case halt = "halt(by:because:)"
    case drift = "critical drift finding"
  }

  private static func report(_ name: String, _ latencies: [Duration]) {
    let sorted = latencies.sorted()
    func at(_ share: Double) -> Duration { sorted[Int(Double(sorted.count - 1) * share)] }
    print(
      "\(name): \(sorted.count) halts, p50 \(at(0.5)), p99 \(at(0.99)), max \(at(1))"
        + (at(0.99) < .milliseconds(1) ? "" : "  ABOVE 1 ms")
    )
  }

  private static func measure(_ cause: Cause, ticksPerMillisecond: Int) async throws -> [Duration] {
    let control = TimedControl()
    let blocked = Outlet<Alert>("blocked")
    let failing = Outlet<Alert>("failing")
    let timeline = Timeline.live(threads: 2)
    let (desk, channels) = (timeline.lane("desk"), timeline.lane("channels"))
    let graph = MonitorGraph("desk") { lane in
      let market = lane.input("market", of: TradingEvent.self)
      let drift = lane.input("drift", of: DriftFinding.self)
      let safety = SafetyMonitor(
        on: lane,
        from: .absent,
        control: control,
        watching: market,
        drift: drift
      )
      Tap(safety.alerts).route {
        Otherwise {
          blocked
          failing
        }
      }
    }
    let running = try await graph.run(on: desk)
    let safety = try running.first(SafetyMonitor.self)
    let channel = MonitorGraph("channels") { _ in
      Tap(blocked, overflow: .suspend(1)).each { _ in usleep(5_000) }
    }
    let channelRun = try await channel.run(on: channels)
    let failures = failing.values(on: channels)
    timeline.spawn("failing channel") {
      // A channel that fails, and is tried again while the next alerts wait.
      for await _ in failures { try? await timeline.clock.sleep(for: .milliseconds(20)) }
    }
    timeline.spawn("keep") { await safety.keep(in: HungStore(), by: timeline) }
    let market = try running.input("market", of: TradingEvent.self)
    let flood = Flood(market, ticksPerMillisecond)
    if ticksPerMillisecond > 0 { timeline.spawn("flood") { flood.run() } }
    control.wait(for: .active)
    let drift = try running.input("drift", of: DriftFinding.self)
    var latencies: [Duration] = []
    for _ in 0..<rounds {
      usleep(1_000)
      let start = ContinuousClock.now
      send(cause, to: safety, drift)
      latencies.append(start.duration(to: control.wait(for: .halted)))
      if cause == .drift { drift.send(finding(.resolved)) }
      safety.reset(SafetyReset(by: "bench", because: "next round", isForced: true))
      control.wait(for: .active)
    }
    flood.stop()
    await running.stop()
    await channelRun.stop()
    await timeline.shutdown()
    return latencies
  }

  private static func send(
    _ cause: Cause,
    to safety: SafetyMonitor,
    _ drift: Outlet<DriftFinding>
  ) {
    switch cause {
    case .halt: safety.halt(by: "bench", because: "round")
    case .drift: drift.send(finding(.firing))
    }
  }

  private static func finding(_ phase: Phase) -> DriftFinding {
    DriftFinding(symbol: "AAPL", kind: .ghostPosition, tier: .critical, phase: phase)
  }
}

/// Notes when it is commanded.
final class TimedControl: TradingControl {
  private let last = Mutex<(mode: SafetyMode, instant: ContinuousClock.Instant)?>(nil)

  func command(_ mode: SafetyMode, because change: SafetyChange) {
    let now = ContinuousClock.now
    last.withLock { $0 = (mode, now) }
  }

  /// Waits until a mode is commanded, and gives when it was. Spins: it measures.
  @discardableResult
  func wait(for mode: SafetyMode) -> ContinuousClock.Instant {
    while true {
      if let last = last.withLock({ $0 }), last.mode == mode { return last.instant }
      usleep(20)
    }
  }
}

/// Saves once, then takes 50 ms for each failure.
final class HungStore: SafetyStore {
  private let isFirst = Atomic<Bool>(true)

  func load() async -> SafetyStart { .absent }

  func save(_ record: SavedSafety) async throws {
    if isFirst.exchange(false, ordering: .relaxed) { return }
    usleep(50_000)
    throw SafetyStoreError.call("fsync", path: "/nowhere", code: 5)
  }
}

/// Sends ticks from a thread of the pool until it is stopped.
final class Flood: Sendable {
  private let market: Outlet<TradingEvent>
  private let perMillisecond: Int
  private let isStopped = Atomic<Bool>(false)

  init(_ market: Outlet<TradingEvent>, _ perMillisecond: Int) {
    (self.market, self.perMillisecond) = (market, perMillisecond)
  }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  func run() {
    let tick = TradingEvent.tick(Tick(symbol: "AAPL", venue: "X", price: 10))
    let burst = Array(repeating: tick, count: perMillisecond)
    while !isStopped.load(ordering: .relaxed) {
      market.send(contentsOf: burst)
      usleep(1_000)
    }
  }
}
