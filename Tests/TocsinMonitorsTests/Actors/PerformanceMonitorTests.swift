import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// A performance monitor in virtual or in event time, and what it told.
private final class PerformanceBench {
  let world = Timeline.virtual()
  let lane: Lane
  let graph: RunningGraph
  private let feed: Feed<PerformanceEvent>
  private let log = Log()

  final class Log {
    var snapshots: [PerformanceSnapshot] = []
    var alerts: [String] = []
  }

  init(isEventTime: Bool = false, listens: Bool = true) throws {
    let told = Outlet<PerformanceSnapshot>("told")
    let alerts = Outlet<Alert>("alerts")
    let plan = MonitorGraph("desk", sinks: [alerts]) { lane in
      let money = lane.input("money", of: PerformanceEvent.self)
      let monitor = PerformanceMonitor(on: lane, watching: money)
      if listens { Tap(monitor.snapshots).send(to: told) }
      Tap(monitor.drawdowns).alert { $0.alert }.route { Otherwise { "alerts" } }
    }
    lane = isEventTime ? world.eventTimeLane("desk") : world.lane("desk")
    graph = try plan.start(on: lane, in: world)
    let money = try graph.input("money", of: PerformanceEvent.self)
    feed = Feed<PerformanceEvent>(on: lane)
    let (lane, log, feed) = (lane, log, feed)
    world.perform(on: lane) {
      feed.send(to: money)
      _ = Inlet(told, on: lane).each { log.snapshots.append($0) }
      _ = Inlet(alerts, on: lane).each { alert in
        log.alerts.append("\(alert.phase) \(alert.key): \(alert.message)")
      }
    }
  }

  func advance(to seconds: Double) {
    let instant = at(seconds)
    let lane = lane
    if lane.isEventTime {
      world.perform(on: lane) { lane.advance(to: instant) }
    } else {
      world.advance(to: instant)
    }
  }

  func send(_ event: PerformanceEvent, at seconds: Double) {
    advance(to: seconds)
    let feed = feed
    world.perform(on: lane) { feed.send(event) }
  }

  func mark(_ equity: Decimal, strategy: String = "", at seconds: Double) {
    send(.mark(EquityMark(strategy: strategy, mode: .live, equity: equity)), at: seconds)
  }

  func takeSnapshots() -> [PerformanceSnapshot] {
    defer { log.snapshots = [] }
    return log.snapshots
  }

  var alerts: [String] { log.alerts }

  func snapshot() throws -> PerformanceSnapshot? {
    let monitor = try graph.first(PerformanceMonitor.self)
    return world.perform(on: lane) { monitor.assumeIsolated { $0.snapshot() } }
  }

  var isConserved: Bool { graph.snapshot(in: world).nodes.allSatisfy(\.isConserved) }
}

@Suite struct PerformanceMonitorTests {
  private let day = 86_400.0

  private func trade(_ id: String, strategy: String) -> PerformanceEvent {
    .trade(
      ClosedTrade(
        id: id,
        symbol: "A",
        strategy: strategy,
        mode: .live,
        profit: -3,
        returnOnCapital: -0.01,
        opened: at(0),
        closed: at(1)
      )
    )
  }

  @Test(arguments: [false, true])
  func `each event tells the whole and the strategy`(isEventTime: Bool) throws {
    let bench = try PerformanceBench(isEventTime: isEventTime)
    bench.send(trade("a", strategy: "x"), at: 10)
    bench.send(trade("b", strategy: "y"), at: 20)
    bench.mark(100, at: 30)
    bench.advance(to: 31)
    expectNoDifference(
      bench.takeSnapshots().map { "\($0.key) \($0.trades.total.count)" },
      ["live 1", "live/x 1", "live 2", "live/y 1", "live 2"]
    )
    #expect(bench.isConserved)
  }

  @Test(arguments: [false, true])
  func `the day begins by the clock, without an event`(isEventTime: Bool) throws {
    let bench = try PerformanceBench(isEventTime: isEventTime)
    bench.mark(100, at: 10)
    bench.mark(90, at: 20)
    bench.advance(to: day - 1)
    let before = bench.takeSnapshots()
    #expect(abs((before.last?.dailyDrawdown.number ?? 0) + 0.1) < 1e-15)
    bench.advance(to: day)
    bench.advance(to: day + 1)
    let after = bench.takeSnapshots()
    expectNoDifference(after.map(\.instant), [at(day)])
    expectNoDifference(after.first?.dailyDrawdown.measured, .value(0))
    expectNoDifference(after.first?.equity?.day.startEquity.decimal, 90)
    #expect(abs((after.first?.totalDrawdown.number ?? 0) + 0.1) < 1e-15)
    expectNoDifference(after.first?.equity?.total.count, 1)
    #expect(bench.isConserved)
  }

  @Test func `an event at midnight belongs to the new day`() throws {
    let bench = try PerformanceBench()
    bench.mark(100, at: 10)
    bench.mark(80, at: day)
    bench.advance(to: day)
    let told = bench.takeSnapshots()
    expectNoDifference(told.map(\.instant), [at(10), at(day), at(day)])
    #expect(abs((told.last?.dailyDrawdown.number ?? 0) + 0.2) < 1e-15)
    expectNoDifference(told.last?.equity?.day.startEquity.decimal, 100)
  }

  @Test func `many quiet days begin one after the other`() throws {
    let bench = try PerformanceBench()
    bench.mark(100, at: 10)
    bench.advance(to: 10 * day)
    expectNoDifference(
      bench.takeSnapshots().map(\.instant),
      [at(10)] + (1...10).map { at(Double($0) * day) }
    )
  }

  @Test func `a drawdown is told once it is deep enough, and when it is over`() throws {
    let bench = try PerformanceBench()
    for (number, equity) in [100, 99.5, 98.5, 97, 99, 100.0, 99.9].enumerated() {
      bench.mark(Decimal(equity), at: Double(number))
    }
    bench.advance(to: 20)
    expectNoDifference(
      bench.alerts,
      [
        "firing performance.drawdown(live): The equity of live was 1.5 % below its best.",
        "resolved performance.drawdown(live): The equity of live was 3.0 % below its best.",
      ]
    )
  }

  @Test func `the figures can be asked for, with nobody listening`() throws {
    let bench = try PerformanceBench(listens: false)
    #expect(try bench.snapshot() == nil)
    bench.mark(100, at: 10)
    bench.mark(75, at: 20)
    bench.advance(to: 21)
    let figures = try #require(try bench.snapshot())
    #expect(abs((figures.totalDrawdown.number ?? 0) + 0.25) < 1e-15)
    expectNoDifference(figures.instant, at(20))
  }
}
