import Foundation
import Testing
import Tocsin
@testable import TocsinMonitors
import TocsinTesting

/// A control for tests that look at something else.
struct NoControl: TradingControl {
  func command(_ mode: SafetyMode, because change: SafetyChange) {}
}

extension PerformanceSnapshot {
  /// A snapshot of the live account with what a trigger reads.
  static func live(_ change: (inout EquityPerformance, inout TradePerformance) -> Void)
    -> PerformanceSnapshot
  {
    var snapshot = PerformanceSnapshot(PerformanceKey(.live))
    var equity = EquityPerformance()
    change(&equity, &snapshot.trades)
    snapshot.equity = equity
    return snapshot
  }

  static func drawdown(
    daily: Double? = nil,
    weekly: Double? = nil,
    total: Double? = nil
  ) -> PerformanceSnapshot {
    live { equity, _ in
      if let daily { equity.day.drawdown.measured = .value(-daily) }
      if let weekly { equity.week.drawdown.measured = .value(-weekly) }
      if let total { equity.drawdown.current.measured = .value(-total) }
    }
  }

  static func trades(wins: Int, losses: Int, row: Int = 0) -> PerformanceSnapshot {
    live { _, trades in
      trades.streak.losses = row
      trades.total.count = wins + losses
      (trades.recent.wins, trades.recent.losses) = (wins, losses)
      if wins + losses > 0 {
        trades.recent.winRate.measured = .value(Double(wins) / Double(wins + losses))
      }
    }
  }
}

@Suite struct TriggerTimelineTests {
  private let desk = MonitorGraph("desk", sinks: [Outlet<Alert>("log")]) { lane in
    let performance = lane.input("performance", of: PerformanceSnapshot.self)
    let market = lane.input("market", of: TradingEvent.self)
    let drift = lane.input("drift", of: DriftFinding.self)
    let safety = SafetyMonitor(
      on: lane,
      from: .absent,
      control: NoControl(),
      watching: market,
      drift: drift
    )
    Tap(lane.input("safety", of: SafetyCommand.self)).send(to: safety.commands)
    let board = TriggerBoard(on: lane)
    Tap(lane.input("commands", of: TriggerCommand.self)).send(to: board.commands)
    Merge(
      Triggers.standard(on: board, performance: performance, safety: safety),
      Tap(board.problems)
    )
    .route { Otherwise { "log" } }
  }

  private static let depths:
    [(String, Severity, Double, @Sendable (Double) -> PerformanceSnapshot)] =
      [
        ("drawdown.daily", .warning, 0.05, { .drawdown(daily: $0) }),
        ("drawdown.weekly", .error, 0.1, { .drawdown(weekly: $0) }),
        ("drawdown.total", .critical, 0.2, { .drawdown(total: $0) }),
      ]

  @Test(arguments: [0, 1, 2])
  func `a drawdown fires from its limit on, repeats after five minutes, and resolves`(
    index: Int
  ) throws {
    let (name, severity, limit, snapshot) = Self.depths[index]
    let run = try rehearse(desk, until: .minutes(12)) {
      On("performance") {
        At(.seconds(1)) { snapshot(limit - 0.001) }
        At(.seconds(2)) { snapshot(limit) }
        At(.seconds(3)) { snapshot(limit + 0.01) }
        At(.seconds(301)) { snapshot(limit + 0.01) }
        At(.seconds(302)) { snapshot(limit + 0.02) }
        At(.seconds(400)) { snapshot(limit - 0.001) }
      }
      On("commands") { At(.zero) { TriggerCommand.disable("api.disconnected") } }
    }
    run.expect("log") {
      At(.seconds(2)) { Fired(name, severity, subject: "live", occurrences: 1) }
      At(.seconds(302)) { Fired(name, severity, subject: "live", occurrences: 3) }
      At(.seconds(400)) { Resolved(name, subject: "live") }
      Silence()
    }
  }

  private static func paper(_ snapshot: PerformanceSnapshot) -> PerformanceSnapshot {
    var copy = snapshot
    copy.key = PerformanceKey(.paper)
    return copy
  }

  /// The same desk, for live money only.
  private let liveDesk = MonitorGraph("desk", sinks: [Outlet<Alert>("log")]) { lane in
    let performance = lane.input("performance", of: PerformanceSnapshot.self)
    DailyDrawdownTrigger(performance, of: .live, on: TriggerBoard(on: lane))
      .route { Otherwise { "log" } }
  }

  @Test func `money that nobody asked for tells nothing, and no equity is undefined`() throws {
    let paper = Self.paper(.drawdown(daily: 0.9, weekly: 0.9, total: 0.9))
    let run = try rehearse(liveDesk, until: .seconds(80)) {
      On("performance") {
        At(.seconds(1)) { paper }
        At(.seconds(2)) { PerformanceSnapshot(PerformanceKey(.live)) }
      }
    }
    run.expect("log") { Silence() }
  }

  @Test func `paper money is told as what it is`() throws {
    let paper = Self.paper(.drawdown(daily: 0.06))
    let run = try rehearse(desk, until: .seconds(80)) {
      On("performance") { At(.seconds(1)) { paper } }
    }
    run.expect("log") {
      At(.seconds(1)) { Fired("drawdown.daily", .warning, subject: "paper") }
      Silence()
    }
  }

  @Test func `ten losses in a row are a warning, and the next win resolves it`() throws {
    let run = try rehearse(desk, until: .seconds(80)) {
      On("performance") {
        At(.seconds(1)) { PerformanceSnapshot.trades(wins: 20, losses: 9, row: 9) }
        At(.seconds(2)) { PerformanceSnapshot.trades(wins: 20, losses: 10, row: 10) }
        At(.seconds(3)) { PerformanceSnapshot.trades(wins: 21, losses: 10) }
      }
    }
    run.expect("log") {
      At(.seconds(2)) { Fired("losses.consecutive", .warning, subject: "live") }
      At(.seconds(3)) { Resolved("losses.consecutive") }
      Silence()
    }
  }

  @Test func `a losing streak is told again by another loss, not by a mark of the equity`() throws {
    let run = try rehearse(desk, until: .minutes(40)) {
      On("performance") {
        At(.seconds(1)) { PerformanceSnapshot.trades(wins: 20, losses: 10, row: 10) }
        At(.minutes(10)) { PerformanceSnapshot.trades(wins: 20, losses: 10, row: 10) }
        At(.minutes(20)) { PerformanceSnapshot.trades(wins: 20, losses: 11, row: 11) }
      }
      On("commands") { At(.zero) { TriggerCommand.disable("api.disconnected") } }
    }
    run.expect("log") {
      At(.seconds(1)) { Fired("losses.consecutive", .warning, subject: "live") }
      At(.minutes(20)) { Fired("losses.consecutive", .warning, subject: "live") }
      Silence()
    }
  }

  @Test func `a win rate counts from ten trades on, and below 30 per cent`() throws {
    let run = try rehearse(desk, until: .seconds(80)) {
      On("performance") {
        At(.seconds(1)) { PerformanceSnapshot.trades(wins: 0, losses: 9) }
        At(.seconds(2)) { PerformanceSnapshot.trades(wins: 3, losses: 7) }
        At(.seconds(3)) { PerformanceSnapshot.trades(wins: 3, losses: 8) }
        At(.seconds(4)) { PerformanceSnapshot.trades(wins: 6, losses: 8) }
      }
    }
    run.expect("log") {
      At(.seconds(3)) { Fired("winRate.low", .warning, subject: "live") }
      At(.seconds(4)) { Resolved("winRate.low") }
      Silence()
    }
  }

  @Test func `a breaker that trips is critical until it is closed`() throws {
    let run = try rehearse(desk, until: .seconds(80)) {
      On("safety") {
        At(.seconds(1)) { SafetyCommand.trip(by: "Ada", because: "news") }
        At(.seconds(31)) {
          for _ in 0..<3 { SafetyCommand.breaker(.attempt) }
          for _ in 0..<3 { SafetyCommand.breaker(.success) }
        }
      }
    }
    run.expect("log") {
      At(.seconds(1)) { Fired("breaker.tripped", .critical) }
      At(.seconds(31)) { Resolved("breaker.tripped") }
      Silence()
    }
  }

  @Test func `an engaged kill switch is critical until it is reset`() throws {
    let finding = DriftFinding(symbol: "AAPL", kind: .ghostPosition, tier: .critical)
    let run = try rehearse(desk, until: .seconds(80)) {
      On("drift") {
        At(.seconds(1)) { finding }
        At(.seconds(2)) {
          DriftFinding(symbol: "AAPL", kind: .ghostPosition, tier: .critical, phase: .resolved)
        }
      }
      On("safety") {
        At(.seconds(3)) { SafetyCommand.reset(SafetyReset(by: "Ada", because: "booked")) }
      }
    }
    run.expect("log") {
      At(.seconds(1)) { Fired("killSwitch.engaged", .critical) }
      At(.seconds(3)) { Resolved("killSwitch.engaged") }
      Silence()
    }
  }

  @Test func `a link that is lost is an error until it answers, at exactly its limit`() throws {
    let beat = TradingEvent.heartbeat(Heartbeat(source: "broker"))
    let run = try rehearse(desk, until: .seconds(200)) {
      On("market") {
        At(.seconds(1)) { beat }
        At(.seconds(120)) { beat }
      }
    }
    run.expect("log") {
      At(.seconds(91)) { Fired("api.disconnected", .error, subject: "broker") }
      At(.seconds(120)) { Resolved("api.disconnected") }
      Silence()
    }
  }

  @Test func `a link that never answered is lost at its limit too, and not before`() throws {
    let run = try rehearse(desk, until: .seconds(100)) {
      On("market") { At(.seconds(1)) { TradingEvent.heartbeat(Heartbeat(source: "other")) } }
    }
    run.expect("log") {
      At(.seconds(90)) { Fired("api.disconnected", .error, subject: "broker") }
      Silence()
    }
  }

  @Test func `thresholds and switches change while it runs, and judge the last value again`() throws
  {
    let run = try rehearse(desk, until: .seconds(80)) {
      On("performance") { At(.seconds(1)) { PerformanceSnapshot.drawdown(daily: 0.04) } }
      On("commands") {
        At(.seconds(2)) { TriggerCommand.set(threshold: 0.03, for: "drawdown.daily") }
        At(.seconds(3)) { TriggerCommand.disable("drawdown.daily") }
        At(.seconds(4)) { TriggerCommand.disable("drawdown.total") }
        At(.seconds(5)) { TriggerCommand.enable("drawdown.daily") }
        At(.seconds(6)) { TriggerCommand.set(threshold: .nan, for: "drawdown.daily") }
        At(.seconds(7)) { TriggerCommand.disable("drawdwn") }
      }
    }
    run.expect("log") {
      At(.seconds(2)) { Fired("drawdown.daily", .warning, subject: "live") }
      At(.seconds(3)) { Resolved("drawdown.daily", subject: "live") }
      At(.seconds(6)) {
        Fired(
          "trigger.command",
          message: "The threshold for \"drawdown.daily\" is not a finite number; the old one stays."
        )
      }
      At(.seconds(7)) {
        Fired(
          "trigger.command",
          message: "There is no trigger \"drawdwn\". Known: api.disconnected, breaker.tripped, "
            + "drawdown.daily, drawdown.total, drawdown.weekly, killSwitch.engaged, "
            + "losses.consecutive, winRate.low."
        )
      }
      Silence()
    }
  }

  @Test func `the board knows its triggers, and the last thousand alerts`() throws {
    let world = Timeline.virtual()
    let lane = world.lane("desk")
    let plan = MonitorGraph("board") { lane in
      let board = TriggerBoard(on: lane)
      Tap(lane.input("numbers", of: Double.self))
        .trigger("n", .warning, .from(5), on: board, cooldown: .zero) {
          TriggerReading($0, words: "It is \($0).")
        }
        .each { _ in }
    }
    let running = try plan.start(on: lane, in: world)
    let numbers = try running.input("numbers", of: Double.self)
    for number in 0..<1_200 {
      world.advance(by: .seconds(1))
      world.perform(on: lane) { numbers.send(Double(number)) }
    }
    let board = try running.first(TriggerBoard.self)
    board.commands.send(.set(threshold: 2_000, for: "n"))
    world.settle()
    let (history, triggers) = world.perform(on: lane) {
      board.assumeIsolated { ($0.history, $0.triggers) }
    }
    #expect(history.count == 1_000)
    #expect(history.last?.event.phase == .resolved)
    #expect(history.first?.event.value == 201)
    #expect(history.first?.instant == at(202))
    #expect(triggers["n"]?.threshold == 2_000)
  }

  @Test func `a latch of the run before is told at the start`() throws {
    let desk = MonitorGraph("desk", sinks: [Outlet<Alert>("log")]) { lane in
      let safety = SafetyMonitor(on: lane, from: .unreadable("x"), control: NoControl())
      let board = TriggerBoard(on: lane)
      Tap(lane.input("none", of: Int.self)).each { _ in }
      KillSwitchTrigger(safety.states, on: board).route { Otherwise { "log" } }
    }
    let run = try rehearse(desk, until: .seconds(60)) { On("none") { At(.seconds(1)) { 1 } } }
    run.expect("log") {
      At(.zero) { Fired("killSwitch.engaged", .critical) }
      Silence()
    }
  }
}
