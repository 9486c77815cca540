import CustomDump
import InMemoryTracing
import Logging
import Testing
import Tracing

@testable import Tocsin

@Suite struct DecisionTests {
  static let pager = Outlet<Alert>("pager")
  static let all = MonitorGraph("desk") { lane in
    Tap(lane.input("in", of: Alert.self)).route { Otherwise { Self.pager } }
  }

  @Test func `a decision is a log line with the ids of its trace, at the level of its severity`()
    throws
  {
    let lines = Lines()
    let logger = Logger(label: "test") { _ in LineHandler(lines) }
    let run = try TracedRun(Self.all, logger: logger)
    for severity in Severity.allCases { try run.send(Alert("level", severity, subject: "A")) }
    let expected = zip(Severity.allCases, run.roots).map { severity, root in
      "\(severity): alert level(A) alert=level(A) in-memory-span-id=\(root.spanID) "
        + "in-memory-trace-id=\(root.traceID) occurrences=1 phase=firing severity=\(severity) "
        + "sinks=pager"
    }
    #expect(expected.count == 4)
    expectNoDifference(lines.all, expected)
  }

  @Test func `an untraced graph logs without ids`() throws {
    let (world, lines) = (Timeline.virtual(), Lines())
    let logger = Logger(label: "test") { _ in LineHandler(lines) }
    let options = RunOptions(tracer: NoOpTracer(), logger: logger)
    let running = try Self.all.start(on: world.lane("desk"), in: world, options)
    try running.input("in", of: Alert.self).send(Alert("level", .critical))
    world.settle()
    expectNoDifference(
      lines.all,
      ["critical: alert level alert=level occurrences=1 phase=firing severity=critical sinks=pager"]
    )
  }

  @Test(arguments: [true, false])
  func `a route counts the exact time from ingest, and a debounce its own wait`(isTraced: Bool)
    throws
  {
    let world = Timeline.virtual()
    let tracer: any Tracer = isTraced ? InMemoryTracer() : NoOpTracer()
    let running = try TraceTests.desk.start(
      on: world.lane("desk"),
      in: world,
      RunOptions(tracer: tracer)
    )
    let door = try running.input("in", of: Reading.self)
    for symbol in ["A", "B", "C"] {
      door.send(Reading(symbol, 1))
      world.advance(by: .seconds(1))
    }
    world.advance(by: .seconds(5))
    let picture = running.snapshot(in: world)
    for id in ["in/filter/debounce", "level/cooldown/escalate/route"] {
      let waits = try #require(try picture.node(id).waits)
      #expect(waits.count == 3 && waits.min == .seconds(3) && waits.max == .seconds(3))
      #expect(waits.negativeCount == 0)
    }
  }

  @Test func `an event that comes with a context is part of the trace that it came with`() throws {
    let graph = MonitorGraph("desk") { lane in
      let receiver = lane.adopt(Receiver(on: lane))
      Tap(receiver.samples).debounce(.seconds(1)).alert("level", .error)
        .route { Otherwise { Self.pager } }
    }
    let run = try TracedRun(graph)
    let receiver = try run.running.first(Receiver.self)
    let request = run.tracer.startSpan("request", context: .topLevel, ofKind: .server)
    run.world.perform(on: run.lane) {
      receiver.assumeIsolated { receiver in
        receiver.take(Reading("A", 1), in: request.context)
        receiver.take(Reading("B", 1), in: .topLevel)
      }
    }
    run.world.advance(by: .seconds(2))
    #expect(run.roots.count == 2 && run.hasNoDarkTime)
    expectNoDifference(run.roots.map(\.parentSpanID), [request.spanID, nil])
    expectNoDifference(run.roots.first?.traceID, request.traceID)
    expectNoDifference(
      run.roots.first.map { run.children(of: $0).map(\.words) },
      [
        "messages 0-0 arrived", "samples 0-0 queued",
        "samples/debounce 0-1000000000 waits: quiet", "level 1000000000-1000000000 passed",
        "level/route 1000000000-1000000000 passed",
      ]
    )
  }

  @Test func `an event with a context is a plain event for a graph that is not traced`() throws {
    let world = Timeline.virtual()
    let lane = world.lane("desk")
    let receiver = world.perform(on: lane) { Receiver(on: lane) }
    let log = SharedLog<Int>()
    world.perform(on: lane) {
      Inlet(receiver.samples, on: lane).each { log.add($0.level) }
      receiver.assumeIsolated { $0.take(Reading("A", 7), in: .topLevel) }
    }
    expectNoDifference(log.entries, [7])
  }
}
