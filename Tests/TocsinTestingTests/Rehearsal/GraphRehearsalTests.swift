import CustomDump
import InMemoryTracing
import Testing
import Tocsin

@testable import TocsinTesting

private let desk = MonitorGraph(
  "desk",
  sinks: [Outlet<Alert>("log"), Outlet<Alert>("pager")]
) { lane in
  Tap(lane.input("levels", of: Int.self))
    .hold(asOneFor: .seconds(3)) { $0 > 10 }
    .alert("level.high", .error, message: { "\($0.value)" })
    .route {
      On(.critical...) { "pager" }
      Otherwise { "log" }
    }
  Tap(lane.input("stops", of: String.self))
    .alert("desk.stopped", .critical, subject: { $0 })
    .route {
      On(.critical...) { "pager" }
      Otherwise { "log" }
    }
}

@Suite struct GraphRehearsalTests {
  @Test(arguments: RehearsalLane.allCases)
  func `a graph gives alerts at its sinks`(_ lane: RehearsalLane) throws {
    let run = try rehearse(desk, lane: lane) {
      On("levels") {
        At(.seconds(1)) { 20 }
        At(.seconds(6)) { 5 }
      }
      On("stops", marbles: ". . . . . AAPL")
    }
    run.expect {
      On("log") {
        At(.seconds(4)) { Fired("level.high", .error) }
        At(.seconds(6)) { Resolved("level.high") }
      }
      On("pager") { At(.seconds(5)) { Fired("desk.stopped", .critical, subject: "AAPL") } }
    }
    run.expect(
      "log",
      marbles: ". . . . F . R",
      ["F": Fired("level.high"), "R": Resolved("level.high")]
    )
    #expect(try run.books(of: "level.high").passed == 2)
    #expect(run.tracer.finishedSpans.contains { $0.operationName.hasPrefix("alert ") })
    #expect(run.timeline.now == Instant.epoch.advanced(by: .seconds(6)))
  }

  @Test func `an exact alert may be expected too`() throws {
    let run = try rehearse(desk) { On("stops") { At(.zero) { "IBM" } } }
    run.expect("pager") {
      At(.zero) { Alert("desk.stopped", .critical, subject: "IBM", message: "IBM") }
    }
  }

  @Test func `a failure names the sink and shows every input`() throws {
    let run = try rehearse(desk) {
      On("levels") { At(.seconds(1)) { 20 } }
      On("stops") { At(.seconds(2)) { "AAPL" } }
    }
    let expected = EventTimeline<AlertMatcher> {
      At(.seconds(3)) { Fired("level.high", .error) }
    }
    expectNoDifference(
      run.failure(at: "log", expecting: expected),
      """
      Sink "log" is not as expected (- expected, + came):

        - 3s  error level.high firing
        + 4s  error level.high firing "20"

      Input "levels":
          1s  20
      Input "stops":
          2s  "AAPL"
      """
    )
    #expect(
      run.failure(at: "lgo", expecting: expected)
        == "A sink named \"lgo\" is not in this rehearsal. Did you mean \"log\"? Known: log, pager."
    )
  }

  @Test func `sinks that are not mentioned are silent`() throws {
    let run = try rehearse(desk) { On("stops") { At(.seconds(2)) { "AAPL" } } }
    withKnownIssue {
      run.expect { On("log") { Silence() } }
    } matching: {
      $0.description.contains("Sink \"pager\" is not as expected")
    }
  }

  @Test func `an end closes an input and a cancel stops the run`() throws {
    let run = try rehearse(desk) {
      On("levels") {
        At(.seconds(1)) { 20 }
        Cancel(at: .seconds(3))
      }
      On("stops") {
        At(.seconds(1)) { "a" }
        End(at: .seconds(2))
      }
    }
    run.expect { On("pager") { At(.seconds(1)) { Fired("desk.stopped", subject: "a") } } }
    #expect(run.script.end == .seconds(3))
  }

  @Test func `other sinks are listened to where they are given`() throws {
    let own = Outlet<Alert>("own")
    let graph = MonitorGraph("own") { lane in
      Tap(lane.input("in", of: Int.self)).alert("any", .info).send(to: own)
    }
    let run = try rehearse(graph, sinks: [own]) { On("in") { At(.seconds(1)) { 1 } } }
    run.expect("own") { At(.seconds(1)) { Fired("any", .info, message: "1") } }
    #expect(own.subscriberCount == 0)
  }

  @Test func `an input that is not there is named`() {
    let error = #expect(throws: RehearsalError.self) {
      try rehearse(desk) { On("level") { At(.zero) { 1 } } }
    }
    #expect(error?.description.contains("Did you mean \"levels\"?") == true)
    let type = #expect(throws: RehearsalError.self) {
      try rehearse(desk) { On("levels") { At(.zero) { "a" } } }
    }
    #expect(type?.description.contains("is an Outlet<Int>, not an Outlet<String>") == true)
    let failing = #expect(throws: RehearsalError.self) {
      try rehearse(desk) { On("levels", EventTimeline<Int>.marbles("1 #")) }
    }
    expectNoDifference(
      failing?.description,
      """
      The input "levels" has "failure: #" at 1s. An input of a graph has values, an end, and a \
      cancel that stops the run.
      """
    )
  }

  @Test func `a graph that is not valid says why`() {
    let graph = MonitorGraph("bad") { lane in
      Tap(lane.input("in", of: Int.self)).alert("any", .info).route { On(.error...) { "nobody" } }
    }
    let error = #expect(throws: RehearsalError.self) { try rehearse(graph) {} }
    guard case .graph = error else {
      Issue.record("\(error.map { "\($0)" } ?? "nothing") was thrown")
      return
    }
  }

  @Test func `rehearsals of one graph at once do not hear each other`() async throws {
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 1...8 {
        group.addTask {
          try rehearse(desk) {
            On("stops") { Every(.seconds(1), until: .seconds(number)) { "s\($0)" } }
          }
          .sinks["pager"]?.moments.count ?? 0
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts.sorted() == Array(1...8))
  }
}
