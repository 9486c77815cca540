import Testing
import Tocsin
import TocsinTesting

/// Traces and latency of a rehearsed graph.
@Suite struct GraphRehearsalTraceTests {
  static let desk = MonitorGraph("desk", sinks: [Outlet<Alert>("pager")]) { lane in
    Tap(lane.input("levels", of: Int.self)).filter { $0 > 10 }.debounce(asOne: .seconds(3))
      .alert("level.high", .error)
      .route { Otherwise { "pager" } }
  }

  @Test func `a rehearsal knows the way and the latency of its decisions`() throws {
    let run = try rehearse(Self.desk) {
      On("levels") {
        At(.seconds(1)) { 20 }
        At(.seconds(3)) { 30 }
        At(.minutes(1)) { 40 }
      }
    }
    try run.trace(of: "level.high", 1).expect {
      Step("levels")
      Step("debounce", took: .seconds(3), reason: .quiet, links: 1)
      Step("route")
    }
    #expect(try run.trace(of: "level.high").decided == .seconds(63))
    #expect(try run.latency(from: .ingest, to: .decided).max == .seconds(3))
    #expect(run.traces.decisions.count == 2)
  }
}
