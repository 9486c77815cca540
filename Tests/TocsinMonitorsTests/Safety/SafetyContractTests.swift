import CustomDump
import Foundation
import Testing
import Tocsin
@testable import TocsinMonitors
import TocsinTesting

/// What a safety monitor promises of the books, of restarts, and of graphs that do not run.
@Suite struct SafetyContractTests {
  private let reset = SafetyCommand.reset(SafetyReset(by: "Ada", because: "looks fine"))

  private func critical(_ item: DriftItem, _ symbol: String, _ kind: DriftFinding.Kind)
    -> DriftFinding
  {
    DriftFinding(item, symbol: symbol, kind: kind, tier: .critical)
  }

  @Test func `each critical difference holds until it has ended itself`() {
    let pairs = [
      (
        critical(DriftItem(.orders, "o-1"), "AAPL", .unexpectedOrder),
        critical(DriftItem(.orders, "o-2"), "AAPL", .unexpectedOrder)
      ),
      (
        critical(DriftItem(.cash, "x/USD"), "", .cashMismatch),
        critical(DriftItem(.cash, "y/USD"), "", .cashMismatch)
      ),
      (
        critical(DriftItem(.orders, "o-1"), "AAPL", .orderFilledMismatch),
        critical(DriftItem(.orders, "o-1"), "AAPL", .orderQuantityMismatch)
      ),
      (
        critical(DriftItem(.positions, "AAPL"), "AAPL", .priceMismatch),
        critical(DriftItem(.positions, "AAPL"), "AAPL", .quantityMismatch)
      ),
    ]
    for (one, other) in pairs {
      var drive = SafetyDrive()
      for (second, finding) in [one, other, one.resolved].enumerated() {
        drive.send(.drift(finding), at: Double(second))
      }
      drive.send(reset, at: 4)
      #expect(drive.watch.state.mode == .halted, "\(other.item) still differs")
      drive.send(.drift(other.resolved), at: 5)
      drive.send(reset, at: 6)
      #expect(drive.watch.state.mode == .active)
    }
  }

  @Test func `what is said of an older command counts for nothing`() {
    var drive = SafetyDrive()
    drive.send(.halt(by: "Ada", because: "news"), at: 0)
    drive.send(.controlFailed(1, because: "down"), at: 0.1)
    drive.send(.begin, at: 0.1)
    drive.send(reset, at: 0.2)
    for command in [SafetyCommand.confirm(1), .controlFailed(1, because: "late"), .confirm(3)] {
      drive.send(command, at: 0.3)
      #expect(drive.watch.state.delivery == .commanded(attempts: 1))
    }
    drive.pass(to: 5.1)
    #expect(drive.commanded == .active, "the halt is not given again")
    drive.send(.confirm(2), at: 5.15)
    #expect(drive.watch.state.delivery == .confirmed)
  }

  @Test func `the end of a failure is told though another command ended it`() {
    var drive = SafetyDrive()
    drive.send(.reduce(by: "Ada", because: "news"), at: 0)
    drive.send(.controlFailed(1, because: "down"), at: 0.1)
    drive.send(.halt(by: "Ada", because: "more news"), at: 0.2)
    drive.send(.confirm(2), at: 0.3)
    #expect(
      drive.alerts.filter { $0.hasPrefix("safety.control") } == [
        "safety.control critical firing", "safety.control critical resolved",
      ]
    )
  }

  private func desk(_ log: SafetyLog, _ start: SafetyStart, _ drift: DriftState?) -> MonitorGraph {
    MonitorGraph("desk") { lane in
      let market = lane.input("market", of: TradingEvent.self)
      let drift = DriftMonitor(on: lane, watching: market, restoring: drift)
      let safety = SafetyMonitor(
        on: lane,
        from: start,
        control: log,
        watching: market,
        drift: drift.findings
      )
      Tap(drift.findings).each { log.note("told \($0.item) \($0.tier) \($0.phase)") }
      Tap(safety.alerts).each { log.note("alert \($0.key.name) \($0.phase)") }
    }
  }

  /// What a drift monitor knew when it stopped: one critical difference and one that is not.
  private var left: DriftState {
    var bench = passive { $0.confirmations = 1 }
    bench.positions([position("A", 1), position("B", 1)], [position("A", -1)], at: 10)
    return bench.desk.state
  }

  @Test func `a critical difference that a run before left open halts, and refuses a reset`() throws
  {
    let log = SafetyLog()
    let world = Timeline.virtual()
    let running = try desk(log, .absent, left).start(on: world.lane("desk"), in: world)
    let safety = try running.first(SafetyMonitor.self)
    world.settle()
    expectNoDifference(
      log.all.filter { !$0.hasPrefix("alert") },
      ["command halted 1", "told positions A critical firing"]
    )
    safety.commands.send(reset)
    world.settle()
    #expect(log.all.last == "alert safety.reset firing")
    #expect(!log.all.contains { $0.hasPrefix("command active") })
  }

  @Test func `a graph that is only looked at commands nothing`() throws {
    let log = SafetyLog()
    let graph = desk(log, .unreadable("a disk that is not mounted"), left)
    try graph.validate()
    _ = try graph.plan()
    expectNoDifference(log.all, [])
    let world = Timeline.virtual()
    _ = try graph.start(on: world.lane("desk"), in: world)
    world.settle()
    #expect(log.all.first == "command halted 1")
  }

  @Test(.virtualTime) func `a replay saves nothing`() async throws {
    let world = try #require(VirtualWorld.current)
    let store = SafetyMemory()
    let lane = world.timeline.eventTimeLane("replay")
    let running = try await desk(SafetyLog(), .absent, nil).run(on: lane)
    let safety = try running.first(SafetyMonitor.self)
    let keeper = world.spawn("keep") { await safety.keep(in: store, by: world.timeline) }
    safety.halt(by: "Ada", because: "news")
    await world.settle()
    await keeper.value
    #expect(await store.load() == .absent)
    await running.stop()
  }
}
