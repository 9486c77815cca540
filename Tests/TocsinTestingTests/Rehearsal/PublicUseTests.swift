import Testing
import Tocsin
import TocsinTesting

// As a user's test target sees the kit: without @testable.

private let levels = MonitorGraph("levels", sinks: [Outlet<Alert>("log")]) { lane in
  Tap(lane.input("levels", of: Int.self)).filter { $0 > 10 }.debounce(asOne: .seconds(3))
    .alert("level.high", .error)
    .route { Otherwise { "log" } }
}

@Suite struct PublicUseTests {
  @Test func `a rule in lines`() throws {
    let run = try rehearse(Hold<Int>(for: .seconds(3)) { $0 > 10 }) {
      At(.seconds(1)) { 20 }
      At(.seconds(6)) { 5 }
    }
    run.expect {
      At(.seconds(4)) { Signal(20, .firing, since: .epoch.advanced(by: .seconds(1))) }
      At(.seconds(6)) { Signal(5, .resolved, since: .epoch.advanced(by: .seconds(6))) }
    }
  }

  @Test func `a rule in marbles`() throws {
    let run = try rehearse(Debounce<String>(.seconds(3)), .marbles("a . b . . . |"))
    run.expect(marbles: ". . . . . b |")
  }

  @Test func `a chain in marbles`() throws {
    let run = try rehearse("a . b . . . |") { $0.debounce(asOne: .seconds(3)) }
    run.expect(marbles: ". . . . . b |")
    #expect(try run.books(of: "debounce").dropped == [.superseded: 1])
  }

  @Test func `a chain in lines`() throws {
    let input = EventTimeline<Int> {
      Every(.seconds(1), until: .seconds(3)) { $0 }
      End(at: .minutes(1))
    }
    let run = try rehearse(input, lane: .eventTime) { $0.filter { $0.isMultiple(of: 2) } }
    run.expect {
      At(.zero) { 0 }
      At(.seconds(2)) { 2 }
      Silence(until: .minutes(1))
      End(at: .minutes(1))
    }
  }

  @Test func `a graph`() throws {
    let run = try rehearse(levels) { On("levels") { At(.seconds(1)) { 20 } } }
    run.expect("log") { At(.seconds(4)) { Fired("level.high", .error) } }
    #expect(run.books.allSatisfy { $0.isConserved })
  }
}
