import Foundation
import Testing
import Tocsin
@testable import TocsinMonitors
import TocsinTesting

/// What a trigger promises with its cooldown, and at the start.
@Suite struct TriggerContractTests {
  private let numbers = MonitorGraph("desk", sinks: [Outlet<Alert>("log")]) { lane in
    Tap(lane.input("numbers", of: Double.self))
      .trigger("n", .warning, .from(5), on: TriggerBoard(on: lane)) {
        TriggerReading($0, words: "It is \($0).")
      }
      .route { Otherwise { "log" } }
  }

  @Test func `nobody hears of an end without its beginning, and what still fires is told late`()
    throws
  {
    let run = try rehearse(numbers, until: .minutes(12)) {
      On("numbers") {
        At(.seconds(1)) { 6.0 }
        At(.seconds(2)) { 1.0 }
        At(.seconds(3)) { 7.0 }
        At(.seconds(4)) { 1.0 }
        At(.seconds(10)) { 8.0 }
        At(.seconds(400)) { 1.0 }
        At(.seconds(401)) { 9.0 }
        At(.seconds(402)) { 1.0 }
      }
    }
    run.expect("log") {
      At(.seconds(1)) { Fired("n", .warning) }
      At(.seconds(2)) { Resolved("n") }
      At(.seconds(301)) { Fired("n", .warning) }
      At(.seconds(400)) { Resolved("n") }
      Silence()
    }
  }

  /// A desk that starts with what a run before left behind.
  private func desk(_ start: SafetyStart) -> MonitorGraph {
    MonitorGraph("desk", sinks: [Outlet<Alert>("log")]) { lane in
      let safety = SafetyMonitor(on: lane, from: start, control: NoControl())
      let board = TriggerBoard(on: lane)
      Tap(lane.input("none", of: Int.self)).each { _ in }
      BreakerTrigger(safety.states, on: board).route { Otherwise { "log" } }
    }
  }

  @Test func `a breaker that a run before left open is told at the start`() throws {
    var drive = SafetyDrive()
    drive.send(.trip(by: "Ada", because: "news"), at: 0)
    let left = SafetyStart.saved(drive.watch.record(isOpen: false))
    for (start, isTold) in [(left, true), (.absent, false)] {
      let run = try rehearse(desk(start), until: .seconds(60)) {
        On("none") { At(.seconds(1)) { 1 } }
      }
      run.expect("log") {
        if isTold { At(.zero) { Fired("breaker.tripped", .critical) } }
        Silence()
      }
    }
  }

  @Test func `a halt that a run before left behind is told at the start`() throws {
    var drive = SafetyDrive()
    drive.send(.halt(by: "Ada", because: "news"), at: 0)
    let left = SafetyStart.saved(drive.watch.record(isOpen: false))
    let desk = MonitorGraph("desk", sinks: [Outlet<Alert>("log")]) { lane in
      let safety = SafetyMonitor(on: lane, from: left, control: NoControl())
      Tap(lane.input("none", of: Int.self)).each { _ in }
      KillSwitchTrigger(safety.states, on: TriggerBoard(on: lane)).route { Otherwise { "log" } }
    }
    let run = try rehearse(desk, until: .seconds(60)) { On("none") { At(.seconds(1)) { 1 } } }
    run.expect("log") {
      At(.zero) { Fired("killSwitch.engaged", .critical) }
      Silence()
    }
  }

  /// All triggers about money, for live money only.
  private let live = MonitorGraph("desk", sinks: [Outlet<Alert>("log")]) { lane in
    let performance = lane.input("performance", of: PerformanceSnapshot.self)
    let board = TriggerBoard(on: lane)
    Merge(
      DailyDrawdownTrigger(performance, of: .live, on: board),
      WeeklyDrawdownTrigger(performance, of: .live, on: board),
      TotalDrawdownTrigger(performance, of: .live, on: board),
      ConsecutiveLossesTrigger(performance, of: .live, on: board),
      WinRateTrigger(performance, of: .live, on: board)
    )
    .route { Otherwise { "log" } }
  }

  @Test func `no trigger about money tells of paper where only live was asked for`() throws {
    for mode in TradingMode.allCases {
      var drawdown = PerformanceSnapshot.drawdown(daily: 0.9, weekly: 0.9, total: 0.9)
      var trades = PerformanceSnapshot.trades(wins: 0, losses: 20, row: 20)
      drawdown.key = PerformanceKey(mode)
      trades.key = drawdown.key
      let run = try rehearse(live, until: .seconds(80)) { [drawdown, trades] in
        On("performance") {
          At(.seconds(1)) { drawdown }
          At(.seconds(2)) { trades }
        }
      }
      run.expect("log") {
        if mode == .live {
          At(.seconds(1)) { Fired("drawdown.daily", .warning, subject: "live") }
          At(.seconds(1)) { Fired("drawdown.weekly", .error, subject: "live") }
          At(.seconds(1)) { Fired("drawdown.total", .critical, subject: "live") }
          At(.seconds(2)) { Fired("losses.consecutive", .warning, subject: "live") }
          At(.seconds(2)) { Fired("winRate.low", .warning, subject: "live") }
        }
        Silence()
      }
    }
  }

  @Test func `a win rate of ten trades is judged, of nine it is not`() throws {
    for (losses, isTold) in [(7, false), (8, true)] {
      let run = try rehearse(live, until: .seconds(80)) {
        On("performance") {
          At(.seconds(1)) { PerformanceSnapshot.trades(wins: 2, losses: losses) }
        }
      }
      run.expect("log") {
        if isTold { At(.seconds(1)) { Fired("winRate.low", .warning, subject: "live") } }
        Silence()
      }
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a threshold that is no number changes nothing`(threshold: Double) {
    let book = TriggerBook()
    book.settings["n"] = .from(5)
    #expect(book.carryOut(.set(threshold: threshold, for: "n")) == .failure(.notANumber("n")))
    #expect(book.settings == ["n": .from(5)])
  }

  @Test func `switching off resolves what fires, though its number is unknown by now`() {
    var rule = Trigger("t", .warning, .from(5))
    for number in [6, nil] as [Double?] {
      _ = rule.receive(.reading(TriggerReading(number, words: "It is.")), at: at(1))
    }
    var off = TriggerSettings.from(5)
    off.isEnabled = false
    let alerts = rule.receive(.settings(off), at: at(2)).output ?? []
    #expect(alerts.map(\.phase) == [.resolved])
  }

  private let rows = MonitorGraph("desk", sinks: [Outlet<Alert>("log")]) { lane in
    let performance = lane.input("performance", of: PerformanceSnapshot.self)
    ConsecutiveLossesTrigger(performance, on: TriggerBoard(on: lane)).route { Otherwise { "log" } }
  }

  private func snapshot(_ key: PerformanceKey, wins: Int, row: Int) -> PerformanceSnapshot {
    var snapshot = PerformanceSnapshot.trades(wins: wins, losses: row, row: row)
    snapshot.key = key
    return snapshot
  }

  @Test func `a mark tells no losing row again, whatever other accounts there are`() throws {
    let live = snapshot(PerformanceKey(.live), wins: 20, row: 10)
    let other = snapshot(PerformanceKey(.live, strategy: "x"), wins: 3, row: 2)
    let run = try rehearse(rows, until: .minutes(30)) {
      On("performance") {
        At(.seconds(1)) { live }
        At(.seconds(2)) { other }
        At(.minutes(10)) { live }
      }
    }
    run.expect("log") {
      At(.seconds(1)) { Fired("losses.consecutive", .warning, subject: "live") }
      Silence()
    }
  }

  @Test func `a losing row is told though another account has as many trades`() throws {
    let paper = snapshot(PerformanceKey(.paper), wins: 10, row: 0)
    let live = snapshot(PerformanceKey(.live), wins: 0, row: 10)
    let run = try rehearse(rows, until: .minutes(3)) {
      On("performance") {
        At(.seconds(1)) { paper }
        At(.seconds(2)) { live }
      }
    }
    run.expect("log") {
      At(.seconds(2)) { Fired("losses.consecutive", .warning, subject: "live") }
      Silence()
    }
  }
}
