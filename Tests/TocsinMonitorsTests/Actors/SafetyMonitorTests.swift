import CustomDump
import Foundation
import Synchronization
import Testing
import Tocsin
@testable import TocsinMonitors
import TocsinTesting

/// What happened, in order, from any thread.
final class SafetyLog: TradingControl {
  private let lines = Mutex<[String]>([])
  private let mode = Atomic<Bool>(false)
  var isTrading: Bool { mode.load(ordering: .sequentiallyConsistent) }
  /// Whether it reports every command as failed.
  let commands = Mutex<Outlet<SafetyCommand>?>(nil)

  func note(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }

  func command(_ mode: SafetyMode, because change: SafetyChange) {
    self.mode.store(mode == .active, ordering: .sequentiallyConsistent)
    note("command \(mode.rawValue) \(change.sequence)")
    commands.withLock { $0 }?.send(.controlFailed(change.sequence, because: "down"))
  }

  func breaker(_ change: BreakerChange) { note("breaker \(change.to.rawValue)") }
}

/// Notes how much the monitor has sent at the moment of each command. Used on one thread.
final class SendWatch: TradingControl {
  nonisolated(unsafe) var sent: () -> Int = { 0 }
  nonisolated(unsafe) var sentAtCommand: [Int] = []

  func command(_ mode: SafetyMode, because change: SafetyChange) { sentAtCommand.append(sent()) }
}

/// A store that remembers, and fails when it is told to.
final class SafetyMemory: SafetyStore {
  let saved = Mutex<SafetyStart>(.absent)
  let failures = Atomic<Int>(0)
  let log: SafetyLog?
  init(_ log: SafetyLog? = nil) { self.log = log }

  func load() async -> SafetyStart { saved.withLock { $0 } }

  func save(_ record: SavedSafety) async throws {
    if failures.load(ordering: .relaxed) > 0 {
      failures.subtract(1, ordering: .relaxed)
      log?.note("save failed")
      throw SafetyStoreError.call("write", path: "/s", code: 28)
    }
    saved.withLock { $0 = .saved(record) }
    log?.note("saved \(record.killSwitch.mode.rawValue)\(record.isOpen ? "" : ", closed")")
  }
}

@Suite struct SafetyMonitorTests {
  /// A graph with a monitor, whose outlets are listened to in front of it and behind it.
  private func graph(
    _ log: SafetyLog,
    _ start: SafetyStart = .absent,
    _ settings: SafetySettings = SafetySettings()
  ) -> MonitorGraph {
    MonitorGraph("desk") { lane in
      let market = lane.input("market", of: TradingEvent.self)
      let drift = lane.input("drift", of: DriftFinding.self)
      let performance = lane.input("performance", of: PerformanceSnapshot.self)
      let safety = SafetyMonitor(
        on: lane,
        from: start,
        control: log,
        watching: market,
        drift: drift,
        performance: performance,
        settings: settings
      )
      Tap(drift).each { _ in log.note("drift told") }
      Tap(safety.changes).each { log.note("change \($0.to.rawValue)") }
      Tap(safety.breakerChanges).each { log.note("breaker told \($0.to.rawValue)") }
      Tap(safety.states).each { log.note("state \($0.overall.rawValue) \($0.mode.rawValue)") }
      Tap(safety.alerts).each { log.note("alert \($0.key) \($0.phase)") }
    }
  }

  private func running(
    _ graph: MonitorGraph,
    in world: Timeline
  ) throws -> (RunningGraph, SafetyMonitor) {
    let running = try graph.start(on: world.lane("desk"), in: world)
    return (running, try running.first(SafetyMonitor.self))
  }

  @Test func `the command comes before everything that is told`() throws {
    let log = SafetyLog()
    let world = Timeline.virtual()
    let (_, safety) = try running(graph(log), in: world)
    world.settle()
    safety.commands.send(.begin)
    safety.halt(by: "Ada", because: "news")
    world.settle()
    expectNoDifference(
      log.all,
      [
        "state degraded active", "alert safety.start firing", "command active 0",
        "command halted 1", "state degraded active", "state critical halted", "change halted",
        "alert safety.killSwitch firing",
      ]
    )
  }

  @Test func `when it is commanded, nothing has even been sent`() throws {
    let control = SendWatch()
    let world = Timeline.virtual()
    let plan = MonitorGraph("desk") { lane in
      let safety = SafetyMonitor(on: lane, from: .absent, control: control)
      let (changes, states) = (Tap(safety.changes), Tap(safety.states))
      let (alerts, records) = (Tap(safety.alerts), Tap(safety.records))
      let nodes = [changes.node, states.node, alerts.node, records.node]
      control.sent = { nodes.map(\.received).reduce(0, +) }
      changes.each { _ in }
      states.each { _ in }
      alerts.each { _ in }
      records.each { _ in }
    }
    let (_, safety) = try running(plan, in: world)
    safety.commands.send(.begin)
    world.settle()
    for round in 1...5 {
      let before = control.sent()
      if round.isMultiple(of: 2) {
        safety.reset(SafetyReset(by: "Ada", because: "r"))
      } else {
        safety.halt(by: "Ada", because: "h")
      }
      world.settle()
      #expect(control.sentAtCommand.last == before)
      #expect(control.sent() >= before + 4)
    }
  }

  @Test func `a critical difference commands before the graph tells of it`() throws {
    let log = SafetyLog()
    let world = Timeline.virtual()
    let (desk, _) = try running(graph(log), in: world)
    world.settle()
    let drift = try desk.input("drift", of: DriftFinding.self)
    drift.send(DriftFinding(symbol: "AAPL", kind: .ghostPosition, tier: .critical))
    world.settle()
    let interesting = log.all.filter { $0.hasPrefix("command") || $0 == "drift told" }
    #expect(interesting == ["command halted 1", "drift told"])
  }

  @Test func `the performance of the account halts, that of paper does not`() throws {
    let log = SafetyLog()
    let world = Timeline.virtual()
    var settings = SafetySettings()
    settings.limits = [SafetyLimit(SafetyFigure.totalDrawdown, haltAt: 0.2)]
    settings.breaker.consecutiveLosses = 3
    let (desk, _) = try running(graph(log, .absent, settings), in: world)
    let performance = try desk.input("performance", of: PerformanceSnapshot.self)
    func send(_ key: PerformanceKey, _ drawdown: Double, losses: Int = 0) {
      performance.send(.made(key, total: drawdown, losses: losses))
      world.settle()
    }
    send(PerformanceKey(.paper), -0.9, losses: 9)
    send(PerformanceKey(.live, strategy: "one"), -0.9, losses: 9)
    send(PerformanceKey(.live), -0.19)
    #expect(!log.all.contains { $0.hasPrefix("command") || $0.hasPrefix("breaker") })
    send(PerformanceKey(.live), -0.19, losses: 3)
    #expect(log.all.contains("breaker open"))
    send(PerformanceKey(.live), -0.2, losses: 3)
    #expect(log.all.contains("command halted 1"))
  }

  @Test func `a replay commands nothing`() throws {
    let log = SafetyLog()
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("desk")
    let start = SafetyStart.unreadable("x")
    let running = try graph(log, start).start(on: lane, in: world)
    let safety = try running.first(SafetyMonitor.self)
    safety.halt(by: "Ada", because: "news")
    world.perform(on: lane) { lane.advance(to: at(10)) }
    world.settle()
    #expect(!log.all.contains { $0.hasPrefix("command") })
    #expect(log.all.contains("change halted"))
  }

  @Test func `a replay waits for nobody to confirm`() throws {
    let log = SafetyLog()
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("desk")
    var settings = SafetySettings()
    settings.link = nil
    let running = try graph(log, .absent, settings).start(on: lane, in: world)
    let safety = try running.first(SafetyMonitor.self)
    safety.halt(by: "Ada", because: "news")
    world.perform(on: lane) { lane.advance(to: at(10)) }
    world.settle()
    let told = log.all
    #expect(told.contains("change halted"))
    world.perform(on: lane) { lane.advance(to: at(86_400)) }
    world.settle()
    expectNoDifference(log.all, told)
  }

  @Test func `a control that fails is asked again, and the state says so`() throws {
    let log = SafetyLog()
    let world = Timeline.virtual()
    let (_, safety) = try running(graph(log), in: world)
    log.commands.withLock { $0 = safety.commands }
    safety.halt(by: "Ada", because: "news")
    world.advance(by: .milliseconds(800))
    #expect(log.all.filter { $0 == "command halted 1" }.count == 3)
    log.commands.withLock { $0 = nil }
    world.advance(by: .milliseconds(1_000))
    safety.commands.send(.confirm(1))
    world.settle()
    #expect(log.all.last { $0.hasPrefix("alert") } == "alert safety.control resolved")
  }

  @Test(.virtualTime) func `it is saved before it begins, after each command, and at the end`()
    async throws
  {
    let world = try #require(VirtualWorld.current)
    let log = SafetyLog()
    let store = SafetyMemory(log)
    let running = try await graph(log).run(on: world.lane("desk"))
    let safety = try running.first(SafetyMonitor.self)
    let keeper = world.spawn("keep") { await safety.keep(in: store, by: world.timeline) }
    await world.settle()
    safety.halt(by: "Ada", because: "news")
    await world.settle()
    keeper.cancel()
    await keeper.value
    let steps = log.all.filter { $0.hasPrefix("command") || $0.hasPrefix("saved") }
    expectNoDifference(
      steps,
      [
        "saved active", "command active 0", "command halted 1", "saved halted",
        "saved halted, closed",
      ]
    )
    await running.stop()
  }

  @Test(.virtualTime) func `a store that fails delays no halt, is tried again and alerted on`()
    async throws
  {
    let world = try #require(VirtualWorld.current)
    let log = SafetyLog()
    let store = SafetyMemory(log)
    let running = try await graph(log).run(on: world.lane("desk"))
    let safety = try running.first(SafetyMonitor.self)
    let keeper = world.spawn("keep") { await safety.keep(in: store, by: world.timeline) }
    await world.settle()
    store.failures.store(4, ordering: .relaxed)
    safety.halt(by: "Ada", because: "news")
    await world.settle()
    #expect(!log.isTrading)
    await world.advance(by: .seconds(10))
    let steps = log.all.filter {
      $0.hasPrefix("command halted") || $0.hasPrefix("save") || $0.contains("safety.store")
    }
    expectNoDifference(
      steps.first { $0 != "saved active" },
      "command halted 1"
    )
    #expect(steps.filter { $0 == "save failed" }.count == 4)
    #expect(steps.contains("saved halted"))
    #expect(steps.last { $0.hasPrefix("alert") } == "alert safety.store resolved")
    keeper.cancel()
    await keeper.value
    await running.stop()
  }

  @Test(.virtualTime) func `trading does not begin while nothing can be saved`() async throws {
    let world = try #require(VirtualWorld.current)
    let log = SafetyLog()
    let store = SafetyMemory(log)
    store.failures.store(3, ordering: .relaxed)
    let running = try await graph(log).run(on: world.lane("desk"))
    let safety = try running.first(SafetyMonitor.self)
    let keeper = world.spawn("keep") { await safety.keep(in: store, by: world.timeline) }
    await world.advance(by: .milliseconds(1_700))
    #expect(!log.all.contains { $0.hasPrefix("command") })
    await world.advance(by: .milliseconds(100))
    #expect(log.all.contains("command active 0"))
    keeper.cancel()
    await keeper.value
    await running.stop()
  }

  @Test(.virtualTime, .schedules(150))
  func `in any order of all that is ready, no order gets out after the halt`() async throws {
    let world = try #require(VirtualWorld.current)
    let log = SafetyLog()
    let running = try await graph(log).run(on: world.lane("desk"))
    let safety = try running.first(SafetyMonitor.self)
    safety.commands.send(.begin)
    await world.settle()
    let market = try running.input("market", of: TradingEvent.self)
    for number in 0..<4 {
      world.spawn("order \(number)") {
        for _ in 0..<3 {
          if log.isTrading { log.note("order") }
          market.send(.heartbeat(Heartbeat(source: "broker")))
          await Task.yield()
        }
      }
    }
    world.spawn("halt") { safety.halt(by: "Ada", because: "news") }
    world.spawn("breaker") { safety.trip(by: "Ada", because: "news") }
    await world.settle()
    let lines = log.all
    let halted = try #require(lines.firstIndex(of: "command halted 1"))
    #expect(!lines[halted...].contains("order"))
    let tripped = try #require(lines.firstIndex(of: "breaker open"))
    #expect(try #require(lines.firstIndex(of: "breaker told open")) > tripped)
    #expect(lines.firstIndex(of: "change halted")! > halted)
    await running.stop()
  }

  @Test func `the history keeps the last thousand`() throws {
    let log = SafetyLog()
    let world = Timeline.virtual()
    let (desk, safety) = try running(graph(log), in: world)
    for _ in 0..<600 {
      safety.halt(by: "Ada", because: "h")
      safety.reset(SafetyReset(by: "Ada", because: "r"))
    }
    world.settle()
    let (states, changes) = world.perform(on: desk.lane) {
      safety.assumeIsolated { ($0.history, $0.changeHistory) }
    }
    #expect(states.count == 1_000)
    #expect(changes.map(\.sequence) == Array(201...1_200))
    #expect(zip(states, states.dropFirst()).allSatisfy { $0 != $1 })
  }
}
