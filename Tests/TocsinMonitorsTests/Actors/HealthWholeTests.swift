import CustomDump
import Foundation
import Synchronization
import Testing
import Tocsin

@testable import TocsinMonitors

/// The monitor as a whole: venues, books, reports, maintenance, sleep.
@Suite struct HealthWholeTests {
  static func bench(
    isEventTime: Bool = false,
    @CheckBuilder _ checks: @escaping @Sendable () -> [Check]
  ) throws -> MonitorBench {
    try MonitorBench(isEventTime: isEventTime) { lane, market in
      let health = HealthMonitor(on: lane, watching: market, checks)
      return Merge(
        Tap(health.transitions).alert { $0.alert },
        Tap(health.reports).filter { $0.overall == .healthy }.map(to: Alert.self) {
          Alert("report", .info, subject: "\($0.components.count)")
        }
      )
    }
  }

  static func tick(_ symbol: String, _ venue: String = "X") -> TradingEvent {
    .tick(Tick(symbol: symbol, venue: venue, price: 1))
  }

  private func subjects(_ bench: MonitorBench) -> [String] {
    bench.takeAlerts().filter { !$0.key.hasPrefix("report") }
      .map { "\($0.seconds) \($0.key) \($0.phase)" }
  }

  @Test(arguments: [false, true])
  func `a lost link is one alert, and its recovery one more`(isEventTime: Bool) throws {
    let bench = try Self.bench(isEventTime: isEventTime) { Check.feed("X") }
    for step in 0..<300 {
      for symbol in ["A", "B", "C"] { bench.send(Self.tick(symbol), at: 1 + Double(step) / 5) }
    }
    bench.send(.heartbeat(Heartbeat(source: "broker")), at: 100)
    bench.send(Self.tick("B"), at: 101)
    bench.advance(to: 102)
    expectNoDifference(
      subjects(bench),
      ["65.8 health.changed(X link) firing", "101.0 health.changed(X link) resolved"]
    )
    #expect(bench.isConserved)
  }

  @Test func `a client that says its connection is gone is believed`() throws {
    let bench = try Self.bench { Check.feed("X", silence: .fixed(.seconds(60))) }
    bench.send(Self.tick("A"), at: 1)
    let connections = try bench.read(HealthMonitor.self) { $0.connections }
    bench.advance(to: 2)
    connections.send(Connection(source: "Y", .disconnected))
    connections.send(Connection(source: "X", .disconnected))
    bench.advance(to: 61)
    expectNoDifference(subjects(bench), ["61.0 health.changed(X link) firing"])
    #expect(try bench.read(HealthMonitor.self) { $0.status(of: "Y link") } == nil)
  }

  @Test func `orders and books are components like any other`() throws {
    let bench = try Self.bench {
      Check.orders()
      Check.reconciliation(every: .seconds(60))
    }
    func order(_ kind: OrderEvent.Kind) -> TradingEvent {
      .order(OrderEvent(order: "1", symbol: "A", kind: kind))
    }
    bench.send(order(.submitted), at: 1)
    bench.send(order(.acknowledged), at: 12)
    bench.send(order(.filled(quantity: 1, price: 1, fill: "f")), at: 20)
    for book in Book.allCases {
      bench.send(.positions(PositionReport(book: book, positions: [])), at: 26)
    }
    bench.advance(to: 91)
    let seen = subjects(bench)
    expectNoDifference(
      seen,
      [
        "11.0 health.changed(orders) firing", "12.0 health.changed(orders) resolved",
        "25.0 health.changed(reconciliation) firing",
        "26.0 health.changed(reconciliation) resolved",
        "91.0 health.changed(reconciliation) firing",
      ]
    )
    let history = try bench.read(HealthMonitor.self) { $0.history }
    expectNoDifference(history.map(\.instant), [11, 12, 25, 26, 91].map { at($0) })
    let report = try bench.read(HealthMonitor.self) { $0.report }
    expectNoDifference(report.components.map(\.name), ["orders", "reconciliation"])
    #expect(report.overall == .unhealthy)
  }

  @Test func `in a maintenance nobody is told, and at its end what is still wrong`() throws {
    let bench = try Self.bench { Check.feed("X", maxAge: .seconds(5)) }
    bench.send(Self.tick("A"), at: 1)
    try bench.read(HealthMonitor.self) { $0.mute("X", for: .seconds(59), because: "upgrade") }
    bench.advance(to: 30)
    expectNoDifference(subjects(bench), [])
    let history = try bench.read(HealthMonitor.self) { $0.history }
    expectNoDifference(history.map(\.event.mutedBecause), ["upgrade"])
    bench.advance(to: 61)
    expectNoDifference(subjects(bench), ["60.0 health.changed(X/A) firing"])
    bench.send(Self.tick("A"), at: 62)
    bench.advance(to: 63)
    expectNoDifference(
      subjects(bench),
      ["62.0 health.changed(X/A) resolved"]
    )
  }

  @Test func `a report of everything comes with every change`() throws {
    let bench = try Self.bench { Check.feed("X", maxAge: .seconds(5)) }
    bench.send(Self.tick("A"), at: 1)
    bench.send(Self.tick("A"), at: 7)
    bench.advance(to: 8)
    let reports = bench.takeAlerts().filter { $0.key.hasPrefix("report") }
    expectNoDifference(reports.map { "\($0.seconds) \($0.key)" }, ["7.0 report(1)"])
  }

  @Test func `a maintenance can be ended early, and made longer`() throws {
    let bench = try Self.bench { Check.feed("X", maxAge: .seconds(5)) }
    bench.send(Self.tick("A"), at: 1)
    try bench.read(HealthMonitor.self) { $0.mute("X/A", for: .seconds(10), because: "upgrade") }
    bench.advance(to: 8)
    try bench.read(HealthMonitor.self) { $0.mute("X/A", for: .seconds(100), because: "more") }
    bench.advance(to: 50)
    expectNoDifference(subjects(bench), [])
    try bench.read(HealthMonitor.self) { $0.unmute("X/A") }
    bench.advance(to: 200)
    expectNoDifference(subjects(bench), ["50.0 health.changed(X/A) firing"])
  }

  @Test func `a stream that is removed is told back and forgotten`() throws {
    let bench = try Self.bench { Check.feed("X", maxAge: .seconds(5)) }
    bench.send(Self.tick("A"), at: 1)
    bench.advance(to: 10)
    try bench.read(HealthMonitor.self) { $0.remove("X/A") }
    bench.advance(to: 100)
    let seen = subjects(bench)
    expectNoDifference(
      seen,
      ["6.0 health.changed(X/A) firing", "10.0 health.changed(X/A) resolved"]
    )
    #expect(try bench.read(HealthMonitor.self) { $0.statuses }.isEmpty)
  }

  @Test func `an hour of sleep is one finding, and silence counts from the waking on`() throws {
    let bench = try Self.bench {
      Check.feed("X", maxAge: .seconds(5))
      Check.broker("broker", maxAge: .seconds(60))
      Check.orders()
    }
    for number in 0..<50 { bench.send(Self.tick("\(number)"), at: 1) }
    bench.send(.order(OrderEvent(order: "1", symbol: "A", kind: .submitted)), at: 1)
    // The clock shows an hour more than the deadlines that are served.
    try bench.read(HealthMonitor.self) { [world = bench.world] monitor in
      monitor.board.pauses.clock = { max(world.now, at(3_600)) }
    }
    bench.advance(to: 3_604)
    let seen = subjects(bench)
    expectNoDifference(seen, ["6.0 health.changed(machine) firing"])
    bench.advance(to: 3_610)
    let later = subjects(bench)
    expectNoDifference(
      later.sorted(),
      [
        "3605.0 health.changed(X link) firing", "3610.0 health.changed(machine) resolved",
        "3610.0 health.changed(orders) firing",
      ]
    )
  }

  @Test func `a check that hangs on is never run twice at once`() throws {
    let hung = Hung()
    let bench = try Self.bench {
      Check.custom("db", every: .seconds(10), timeout: .seconds(2)) {
        // Does not end when it is cancelled.
        await withCheckedContinuation { hung.wait($0) }
        return .healthy()
      }
    }
    let monitor = try bench.graph.first(HealthMonitor.self)
    let checks = bench.world.spawn("checks") { [world = bench.world] in
      await monitor.runChecks(by: world)
    }
    bench.advance(to: 35)
    #expect(hung.count == 1)
    let seen = bench.takeAlerts().map { "\($0.seconds) \($0.severity)" }
    expectNoDifference(seen, ["2.0 warning", "20.0 error"])
    hung.resume(0)
    bench.advance(to: 41)
    #expect(hung.count == 2)
    #expect(try bench.read(HealthMonitor.self) { $0.lateCount } == 1)
    checks.cancel()
    hung.resume(1)
    bench.advance(to: 42)
  }
}

/// Runs of a check that wait until they are told to go on.
private final class Hung: Sendable {
  private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])

  var count: Int { waiting.withLock(\.count) }
  func wait(_ continuation: CheckedContinuation<Void, Never>) {
    waiting.withLock { $0.append(continuation) }
  }
  func resume(_ place: Int) { waiting.withLock { $0[place] }.resume() }
}
