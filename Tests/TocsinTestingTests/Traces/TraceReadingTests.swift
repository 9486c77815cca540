import CustomDump
import InMemoryTracing
import Testing
import Tocsin
import TocsinTesting

/// What a test can say about the way of an event, to the nanosecond.
@Suite struct TraceReadingTests {
  static let pager = Outlet<Alert>("pager")
  static let desk = MonitorGraph("desk") { lane in
    Tap(lane.input("quotes", of: Quote.self)).filter { $0.age > 0 }
      .debounce(.seconds(3), maxWait: .seconds(30))
      .alert("quote.stale", .warning).cooldown(.minutes(1)).route { Otherwise { Self.pager } }
  }

  struct Quote: KeyedEvent, Sendable {
    var key: String
    var age = 1
  }

  /// What the graph has told its tracer after quotes at these offsets, and a minute more.
  func read(_ quotes: [(Duration, Quote)]) throws -> TraceReading {
    let world = Timeline.virtual(startingAt: .epoch.advanced(by: .hours(5)))
    let (start, tracer) = (world.now, InMemoryTracer())
    let options = RunOptions(tracer: tracer)
    let running = try Self.desk.start(on: world.lane("desk"), in: world, options)
    let input = try running.input("quotes", of: Quote.self)
    for (offset, quote) in quotes {
      world.advance(to: start.advanced(by: offset))
      input.send(quote)
    }
    world.advance(by: .minutes(1))
    running.stop(in: world)
    return TraceReading(tracer.finishedSpans, start: start)
  }

  /// Two quotes of one symbol and, later, one of another.
  func usual() throws -> TraceReading {
    try read([
      (.seconds(1), Quote(key: "ESZ6")), (.milliseconds(2_500), Quote(key: "ESZ6")),
      (.seconds(20), Quote(key: "NQZ6")),
    ])
  }

  @Test func `the steps of a decision are held to the nanosecond`() throws {
    let trace = try usual().trace(of: "quote.stale(ESZ6)")
    trace.expect {
      Step("quotes", took: .zero)
      Step("filter", took: .zero, reason: .passed)
      Step("debounce", took: .seconds(3), reason: .quiet, links: 1)
      Step("quote.stale")
      Step("cooldown", reason: .first)
      Step("route")
    }
    #expect(trace.took == .seconds(3) && trace.decided == .milliseconds(5_500))
    #expect(trace.severity == "warning" && trace.sinks == ["pager"] && !trace.isCut)
  }

  @Test func `steps without time may be left out`() throws {
    try usual().trace(of: "quote.stale").expect {
      Step("quotes/filter/debounce", took: .seconds(3))
    }
  }

  @Test func `a wait that nobody expects is a difference`() throws {
    let difference = try usual().trace(of: "quote.stale", 1).difference(from: [Step("quotes")])
    expectNoDifference(
      difference,
      """
      The trace of quote.stale(ESZ6), decided at 5.5s, is not as expected:
          quotes  0s  (queued)
          quotes/filter  0s  (passed)
        + quotes/filter/debounce  3s  (quiet)  with 1 link
          quote.stale  0s  (passed)
          quote.stale/cooldown  0s  (first)
          quote.stale/cooldown/route  0s  (passed)
      """
    )
  }

  @Test func `a wrong duration and a missing step are shown line by line`() throws {
    let steps = [
      Step("debounce", took: .seconds(3) + .nanoseconds(1), reason: .quiet), Step("escalate"),
    ]
    let difference = try usual().trace(of: "quote.stale", 1).difference(from: steps)
    expectNoDifference(
      difference,
      """
      The trace of quote.stale(ESZ6), decided at 5.5s, is not as expected:
          quotes  0s  (queued)
          quotes/filter  0s  (passed)
        - debounce  3.000000001s  (quiet)
        + quotes/filter/debounce  3s  (quiet)  with 1 link
        - escalate
          quote.stale  0s  (passed)
          quote.stale/cooldown  0s  (first)
          quote.stale/cooldown/route  0s  (passed)
      """
    )
  }

  @Test func `steps out of order, wrong reasons and wrong links are differences`() throws {
    let trace = try usual().trace(of: "quote.stale", 1)
    #expect(trace.difference(from: [Step("route"), Step("debounce")]) != nil)
    #expect(trace.difference(from: [Step("debounce", reason: .maximumWait)]) != nil)
    #expect(trace.difference(from: [Step("debounce", links: 2)]) != nil)
    #expect(trace.difference(from: [Step("debounce", links: 1)]) == nil)
  }

  @Test func `a failed expectation is one issue at the caller's line`() throws {
    let trace = try usual().trace(of: "quote.stale")
    let line = #line + 2
    withKnownIssue {
      trace.expect { Step("nowhere") }
    } matching: { issue in
      issue.sourceLocation?.line == line
        && issue.comments.first?.rawValue.contains("- nowhere") == true
    }
  }

  @Test func `links say which other events led to a decision`() throws {
    let traces = try usual()
    let trace = try traces.trace(of: "quote.stale", 1)
    expectNoDifference(trace.links, [LinkedEvent(sequence: 0, ingested: .seconds(1))])
    #expect(trace.sequence == 1 && trace.ingested == .milliseconds(2_500))
    #expect(trace.step("debounce")?.linkCount == 1)
    #expect(try traces.trace(of: "quote.stale").links == [])
  }

  @Test func `the newest decision is taken, or the one of a number`() throws {
    let traces = try usual()
    #expect(try traces.trace(of: "quote.stale").alert == "quote.stale(NQZ6)")
    #expect(try traces.trace(of: "quote.stale", 1).alert == "quote.stale(ESZ6)")
    #expect(try traces.traces(of: "quote.stale").count == 2)
    #expect(traces.decisions.count == 2)
  }

  @Test func `latency is exact, over all decisions or those of an alert`() throws {
    let chatter = (0..<40).map { (Duration.seconds($0), Quote(key: "CLF7")) }
    let traces = try read(chatter + [(.seconds(50), Quote(key: "ESZ6"))])
    expectNoDifference(
      "\(try traces.latency())",
      "2 decisions: min 1s, p50 1s, p99 3s, max 3s"
    )
    #expect(try traces.latency(of: "quote.stale(ESZ6)").max == .seconds(3))
    #expect(try traces.latency(from: "debounce", to: "debounce").max == .seconds(3))
    #expect(try traces.latency(from: "debounce", to: "filter").min == .zero)
    #expect(try traces.latency(from: "quote.stale").max == .zero)
  }

  @Test func `percentiles are of the nearest rank`() throws {
    let ages = (1...4).map { second in (Duration.seconds(second * 100), Quote(key: "\(second)")) }
    let latency = try read(ages).latency()
    #expect(latency.count == 4)
    #expect(latency.percentile(0) == latency.min && latency.percentile(200) == latency.max)
    #expect(latency.percentile(50) == .seconds(3))
  }

  @Test func `questions without an answer name what is there`() throws {
    let traces = try usual()
    func words(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return ""
    }
    expectNoDifference(
      words { _ = try traces.trace(of: "quote.stail") },
      "No decision was made about quote.stail. Decisions were made about: quote.stale(ESZ6), "
        + "quote.stale(NQZ6). Did you mean quote.stale?"
    )
    expectNoDifference(
      words { _ = try traces.trace(of: "quote.stale", 3) },
      "There is no decision number 3 about quote.stale: there are 2, counted from 1."
    )
    expectNoDifference(
      words { _ = try traces.latency(from: "debonce") },
      "No decision went through debonce. Steps on the way: quotes, quotes/filter, "
        + "quotes/filter/debounce, quote.stale, quote.stale/cooldown, quote.stale/cooldown/route. "
        + "Did you mean debounce?"
    )
    expectNoDifference(
      words { _ = try TraceReading([]).traces() },
      "No decision was traced. Did an alert reach a route, and does the graph run with this tracer?"
    )
  }
}
