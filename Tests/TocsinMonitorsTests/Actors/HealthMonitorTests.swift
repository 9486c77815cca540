import CustomDump
import Foundation
import Synchronization
import Testing
import Tocsin
import TocsinMonitors

@Suite struct HealthMonitorTests {
  static func bench(
    isEventTime: Bool = false,
    symbols: [String] = [],
    during hours: WatchHours = .always
  ) throws -> MonitorBench {
    try MonitorBench(isEventTime: isEventTime) { lane, market in
      let health = HealthMonitor(on: lane, watching: market) {
        Check.feed("X", symbols: symbols, maxAge: .seconds(5), maxLag: .seconds(2), during: hours)
        Check.broker(maxAge: .seconds(60), during: hours)
      }
      return Merge(Tap(health.transitions).alert { $0.alert }, Tap(Outlet<Alert>("none")))
    }
  }

  static func tick(_ symbol: String = "A", from venueSecond: Double? = nil) -> TradingEvent {
    .tick(Tick(symbol: symbol, venue: "X", price: 1, venueInstant: venueSecond.map { at($0) }))
  }

  @Test(arguments: [false, true])
  func `a silent feed is told at its limit and resolved by its next tick`(
    isEventTime: Bool
  ) throws {
    let bench = try Self.bench(isEventTime: isEventTime)
    bench.send(Self.tick(), at: 1)
    bench.send(Self.tick(), at: 3)
    bench.advance(to: 7.9)
    expectNoDifference(bench.takeAlerts(), [])
    bench.send(Self.tick(), at: 20)
    bench.advance(to: 21)
    expectNoDifference(
      bench.takeAlerts(),
      [
        .init(seconds: 8, key: "health.changed(X/A)", severity: .error, phase: .firing),
        .init(seconds: 20, key: "health.changed(X/A)", severity: .error, phase: .resolved),
      ]
    )
    #expect(bench.isConserved)
  }

  @Test func `a feed that never delivers is told when it is waited for from the start`() throws {
    let bench = try Self.bench(symbols: ["A"])
    bench.advance(to: 6)
    expectNoDifference(bench.takeAlerts().map(\.seconds), [5])
    #expect(try bench.read(HealthMonitor.self) { $0.status(of: "X/A") } == .unhealthy)
    #expect(try bench.read(HealthMonitor.self) { $0.overall } == .unhealthy)
  }

  @Test func `in event time waiting begins with the first event`() throws {
    let bench = try Self.bench(isEventTime: true, symbols: ["A"])
    bench.send(.heartbeat(Heartbeat(source: "broker")), at: 1_000)
    bench.advance(to: 1_010)
    expectNoDifference(bench.takeAlerts().map(\.seconds), [1_005])
  }

  @Test func `a venue other than the check's is not looked at`() throws {
    let bench = try Self.bench()
    bench.send(.tick(Tick(symbol: "A", venue: "Y", price: 1)), at: 1)
    bench.advance(to: 100)
    expectNoDifference(bench.takeAlerts(), [])
  }

  @Test func `a broker without heartbeats is told at its limit`() throws {
    let bench = try Self.bench()
    bench.send(.heartbeat(Heartbeat(source: "broker")), at: 1)
    bench.advance(to: 62)
    expectNoDifference(
      bench.takeAlerts(),
      [.init(seconds: 61, key: "health.changed(broker)", severity: .error, phase: .firing)]
    )
  }

  @Test func `a late feed is told though it is not silent`() throws {
    let bench = try Self.bench()
    for second in 1...20 {
      let lag = second > 10 ? 4.0 : 0
      bench.send(Self.tick(from: Double(second) - lag), at: Double(second))
    }
    expectNoDifference(bench.takeAlerts().map(\.key), ["health.changed(X/A lag)"])
  }

  @Test func `at night nothing is missed, and in the morning what is still silent is told`() throws
  {
    let hours = WatchHours.sessions([at(0)..<at(100), at(200)..<at(300)])
    let bench = try Self.bench(during: hours)
    bench.send(Self.tick("A"), at: 98)
    bench.send(Self.tick("B"), at: 98)
    bench.advance(to: 199)
    expectNoDifference(bench.takeAlerts(), [])
    bench.send(Self.tick("B"), at: 201)
    bench.advance(to: 205.5)
    expectNoDifference(
      bench.takeAlerts(),
      [.init(seconds: 205, key: "health.changed(X/A)", severity: .error, phase: .firing)]
    )
    #expect(bench.isConserved)
  }

  @Test func `a broker that died at night is told its limit after the opening, not before`() throws
  {
    let hours = WatchHours.sessions([at(0)..<at(100), at(200)..<at(300)])
    let bench = try Self.bench(during: hours)
    bench.send(.heartbeat(Heartbeat(source: "broker")), at: 98)
    bench.advance(to: 259.9)
    expectNoDifference(bench.takeAlerts(), [])
    bench.advance(to: 261)
    expectNoDifference(
      bench.takeAlerts(),
      [.init(seconds: 260, key: "health.changed(broker)", severity: .error, phase: .firing)]
    )
  }
}

@Suite struct ProbeCheckTests {
  /// What a custom check finds, set from outside.
  final class Switch: Sendable {
    private let state = Mutex((outcome: CheckOutcome.healthy(), runs: 0))

    func set(_ outcome: CheckOutcome) { state.withLock { $0.outcome = outcome } }
    var runs: Int { state.withLock { $0.runs } }
    func read() -> CheckOutcome {
      state.withLock { state in
        state.runs += 1
        return state.outcome
      }
    }
  }

  /// A world in which no time passes.
  static let frozen = Timeline.virtual()

  @Test func `custom checks run at their interval and tell after three failures`() throws {
    let probe = Switch()
    let bench = try MonitorBench { lane, market in
      let health = HealthMonitor(on: lane, watching: market) {
        Check.custom("db", every: .seconds(10), timeout: .seconds(2)) { probe.read() }
      }
      return Merge(Tap(health.transitions).alert { $0.alert }, Tap(Outlet<Alert>("none")))
    }
    probe.set(.failed(reason: "refused"))
    let monitor = try bench.graph.first(HealthMonitor.self)
    let checks = bench.world.spawn("checks") { [world = bench.world] in
      await monitor.runChecks(by: world)
    }
    bench.advance(to: 25)
    checks.cancel()
    bench.advance(to: 100)
    #expect(probe.runs == 3)
    expectNoDifference(
      bench.takeAlerts(),
      [
        .init(seconds: 0, key: "health.changed(db)", severity: .warning, phase: .firing),
        .init(seconds: 20, key: "health.changed(db)", severity: .error, phase: .firing),
      ]
    )
    #expect(bench.world.liveTasks.isEmpty)
  }

  private struct Refused: Error {}

  @Test func `what a check throws is a failure, told in its words`() throws {
    let bench = try MonitorBench { lane, market in
      let health = HealthMonitor(on: lane, watching: market) {
        Check.custom("db", every: .seconds(10)) { throw Refused() }
      }
      return Merge(Tap(health.transitions).alert { $0.alert }, Tap(Outlet<Alert>("none")))
    }
    let monitor = try bench.graph.first(HealthMonitor.self)
    let checks = bench.world.spawn("checks") { [world = bench.world] in
      await monitor.runChecks(by: world)
    }
    bench.advance(to: 25)
    checks.cancel()
    bench.advance(to: 26)
    expectNoDifference(bench.takeAlerts().map(\.seconds), [0, 20])
    let report = try bench.read(HealthMonitor.self) { $0.report }
    #expect(report.overall == .unhealthy)
    #expect(report.components.first?.reason.hasPrefix("Refused()") == true)
  }

  @Test func `a check that hangs is cancelled at its limit and counts as failed`() throws {
    let bench = try MonitorBench { lane, market in
      let health = HealthMonitor(on: lane, watching: market) {
        Check.custom("db", every: .seconds(10), timeout: .seconds(2)) {
          try await Self.frozen.clock.sleep(until: .distantFuture)
          return .healthy()
        }
      }
      return Merge(Tap(health.transitions).alert { $0.alert }, Tap(Outlet<Alert>("none")))
    }
    let monitor = try bench.graph.first(HealthMonitor.self)
    let checks = bench.world.spawn("checks") { [world = bench.world] in
      await monitor.runChecks(by: world)
    }
    bench.advance(to: 5)
    expectNoDifference(bench.takeAlerts().map(\.seconds), [2])
    #expect(bench.world.liveTasks == ["checks"])
    checks.cancel()
    bench.advance(to: 6)
  }

  @Test func `in event time no machine is looked at`() throws {
    let probe = Switch()
    let bench = try MonitorBench(isEventTime: true) { lane, market in
      let health = HealthMonitor(on: lane, watching: market) {
        Check.custom("db") { probe.read() }
        Check.disk()
        Check.memory()
      }
      return Merge(Tap(health.transitions).alert { $0.alert }, Tap(Outlet<Alert>("none")))
    }
    let monitor = try bench.graph.first(HealthMonitor.self)
    bench.world.spawn("checks") { [world = bench.world] in await monitor.runChecks(by: world) }
    bench.world.advance(by: .minutes(10))
    #expect(probe.runs == 0)
    #expect(bench.world.liveTasks.isEmpty)
  }
}
