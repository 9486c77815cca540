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
}
