import CustomDump
import InMemoryTracing
import Testing
import Tracing

@testable import Tocsin

@Suite struct TraceTests {
  static let pager = Outlet<Alert>("pager")
  static let desk = MonitorGraph("desk") { lane in
    Tap(lane.input("in", of: Reading.self)).filter { $0.level > 0 }.debounce(.seconds(3))
      .alert("level", .error).cooldown(.minutes(1))
      .escalate(.repeats(2, within: .hours(1))).route { Otherwise { Self.pager } }
  }

  @Test func `the trace of an alert has no dark time, to the nanosecond`() throws {
    let run = try TracedRun(Self.desk)
    run.world.advance(by: .nanoseconds(7))
    try run.send(Reading("A", 1))
    run.world.advance(by: .seconds(5))
    expectNoDifference(
      run.steps(),
      [
        "in 7-7 queued", "in/filter 7-7 passed", "in/filter/debounce 7-3000000007 waits: quiet",
        "level 3000000007-3000000007 passed", "level/cooldown 3000000007-3000000007 first",
        "level/cooldown/escalate 3000000007-3000000007 passed",
        "level/cooldown/escalate/route 3000000007-3000000007 passed",
      ]
    )
    let root = try #require(run.roots.first)
    #expect(root.start == 7 && root.end == 3_000_000_007 && root.kind == .consumer)
    expectNoDifference(
      ["graph", "alert.key", "alert.severity", "route.sinks", "outcome"].map {
        root.text("tocsin.\($0)")
      },
      ["desk", "level(A)", "error", "pager", "routed to pager"]
    )
    #expect(run.hasNoDarkTime && run.tracer.activeSpans.isEmpty)
  }

  @Test func `keys and alerts do not mix, and each has its own trace`() throws {
    let run = try TracedRun(Self.desk)
    for second in 0..<10 {
      try run.send(Reading(second.isMultiple(of: 2) ? "A" : "B", 1))
      run.world.advance(by: .seconds(second < 8 ? 1 : 70))
    }
    #expect(run.roots.count == 3 && Set(run.roots.map(\.traceID)).count == 3)
    #expect(run.hasNoDarkTime)
    let absorbed = run.spans.filter { $0.operationName == "in/filter/debounce" }
    expectNoDifference(absorbed.map { $0.text("tocsin.links.count") }, ["3", "4", nil])
  }

  @Test(arguments: [1, 2, 128, 129, 130, 300])
  func `what a debounce absorbed is linked, the newest 128 of it, and counted exactly`(
    count: Int
  ) throws {
    let run = try TracedRun(Self.desk)
    for number in 0..<count {
      try run.send(Reading("A", number + 1))
      run.world.advance(by: .nanoseconds(1))
    }
    run.world.advance(by: .seconds(3))
    let wait = try #require(run.spans.first { $0.operationName == "in/filter/debounce" })
    #expect(wait.links.count == min(count - 1, 128))
    #expect(wait.text("tocsin.links.count") == (count == 1 ? nil : "\(count - 1)"))
    let linked = Set(wait.links.map { $0.context.inMemorySpanContext?.spanID ?? "" })
    let contributors = run.spans.filter { linked.contains($0.spanID) }
    expectNoDifference(
      contributors.map(\.start),
      Array((0..<(count - 1)).suffix(128)),
      "oldest first, never itself"
    )
    #expect(contributors.allSatisfy { $0.text("tocsin.outcome") == "part of in/filter/debounce" })
  }

  @Test func `a sampled share of what leads to nothing is traced, with its outcome`() throws {
    let run = try TracedRun(Self.desk, sampleEvery: 3)
    for _ in 0..<9 { try run.send(Reading("A", 0)) }
    expectNoDifference(
      run.spans.filter { $0.operationName == "tocsin.event" }.map {
        "\($0.text("tocsin.sequence") ?? "") \($0.text("tocsin.outcome") ?? "")"
      },
      [0, 3, 6].map { "\($0) dropped: filtered" }
    )
  }

  @Test func `an untraced graph records nothing, also when the process has a tracer later`() throws
  {
    let world = Timeline.virtual()
    let lane = world.lane("desk")
    let running = try Self.desk.start(on: lane, in: world, RunOptions(tracer: NoOpTracer()))
    try running.input("in", of: Reading.self).send(Reading("A", 1))
    world.advance(by: .seconds(5))
    #expect(lane.local.recorder == nil)
    #expect(running.snapshot(in: world).isBalanced)
  }

  @Test func `a trail that was overwritten says so, and the gap is a span`() throws {
    let run = try TracedRun(Self.desk, trailBits: 2)
    try run.send(Reading("A", 1))
    run.world.advance(by: .seconds(5))
    let root = try #require(run.roots.first)
    #expect(root.text("tocsin.trail.cut") == "true" && run.hasNoDarkTime)
    expectNoDifference(run.steps().first, "(overwritten) 0-3000000000 ?")
  }

  @Test func `each chain behind a fan-out makes a trace of its own from the same event`() throws {
    let graph = MonitorGraph("fan") { lane in
      let samples = lane.input("in", of: Reading.self)
      Tap(samples).alert("now", .info).route { Otherwise { Self.pager } }
      Tap(samples).debounce(.seconds(1)).alert("later", .info).route { Otherwise { Self.pager } }
    }
    let run = try TracedRun(graph)
    try run.send(Reading("A", 1), Reading("B", 2))
    run.world.advance(by: .seconds(2))
    expectNoDifference(
      run.roots.map { "\($0.operationName) \($0.start)-\($0.end)" },
      [
        "alert now(A) 0-0", "alert now(B) 0-0", "alert later(A) 0-1000000000",
        "alert later(B) 0-1000000000",
      ]
    )
    #expect(run.hasNoDarkTime && Set(run.roots.map(\.traceID)).count == 4)
  }

  @Test func `the same run gives the same spans, with the same ids`() throws {
    func spans() throws -> [String] {
      let run = try TracedRun(Self.desk, sampleEvery: 2)
      var random = EngineRandom(seed: 7)
      for _ in 0..<500 {
        try run.send(Reading(["A", "B", "C"][random.below(3)], random.below(3)))
        run.world.advance(by: .milliseconds(random.below(2_000)))
      }
      #expect(run.hasNoDarkTime && run.roots.count > 5)
      return run.spans.map(\.everything)
    }
    let first = try spans()
    try expectNoDifference(first, spans())
    #expect(first.count > 100)
  }

  @Test func `two graphs of one lane are traced by their own tracers, and stop by themselves`()
    throws
  {
    let run = try TracedRun(Self.desk)
    let other = InMemoryTracer()
    let second = try Self.desk.start(on: run.lane, in: run.world, RunOptions(tracer: other))
    try second.input("in", of: Reading.self).send(Reading("B", 1))
    run.world.advance(by: .seconds(4))
    #expect(run.spans.isEmpty)
    #expect(other.finishedSpans.contains { $0.operationName == "in/filter/debounce" })
    second.stop(in: run.world)
    try run.send(Reading("A", 1))
    run.world.advance(by: .seconds(4))
    #expect(run.roots.count == 1 && run.hasNoDarkTime)
    run.running.stop(in: run.world)
    #expect(run.lane.local.recorder == nil)
  }
}
