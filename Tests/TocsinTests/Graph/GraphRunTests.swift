import CustomDump
import Testing

@testable import Tocsin

@Suite struct GraphRunTests {
  static let pager = Outlet<Alert>("pager")
  static let desk = desk(quiet: .seconds(3))

  static func desk(quiet: Duration) -> MonitorGraph {
    MonitorGraph("desk", sinks: [pager]) { lane in
      let counter = lane.adopt(Counter(on: lane))
      let levels = lane.input("levels", of: Int.self)
      Tap(levels).each { _ in counter.assumeIsolated { $0.hit() } }
      Tap(levels).filter { $0 > 10 }.debounce(asOne: quiet).alert("level.high", .error)
        .route { Otherwise { "pager" } }
    }
  }

  @Test func `a graph runs twice at once, and the runs share nothing`() throws {
    let world = Timeline.virtual()
    let first = try Self.desk.start(on: world.lane("first"), in: world)
    let second = try Self.desk.start(on: world.lane("second"), in: world)
    try first.input("levels", of: Int.self).send(contentsOf: [1, 20, 30])
    try second.input("levels", of: Int.self).send(5)
    world.advance(by: .seconds(4))
    let pictures = [first.snapshot(in: world), second.snapshot(in: world)]
    expectNoDifference(
      try pictures.map { try $0.node("level.high").received },
      [1, 0]
    )
    expectNoDifference(
      try pictures.map { try $0.node("levels").received },
      [3, 1]
    )
    let counters = (try first.first(Counter.self), try second.first(Counter.self))
    #expect(counters.0 !== counters.1)
    expectNoDifference(pictures.map(\.isBalanced), [true, true])
  }

  @Test func `stop delivers nothing more, counts what waited, and leaves no timer`() throws {
    let world = Timeline.virtual()
    let lane = world.lane("desk")
    let running = try Self.desk.start(on: lane, in: world)
    let door = try running.input("levels", of: Int.self)
    door.send(20)
    world.settle()
    #expect(lane.local.deadlines.pendingCount == 1)
    running.stop(in: world)
    #expect(lane.local.deadlines.pendingCount == 0 && world.loops[0].nextDeadline == .distantFuture)
    #expect(door.subscriberCount == 0)
    door.send(30)
    world.advance(by: .minutes(1))
    let picture = running.snapshot(in: world)
    expectNoDifference(try picture.node("levels~2/filter/debounce").dropped, ["cancelled": 1])
    #expect(try picture.node("level.high").received == 0)
    #expect(picture.isBalanced)
  }

  @Test func `a graph runs in real time, and its inputs are open to any thread`() async throws {
    let world = Timeline.live()
    // An hour, so that a busy machine does not reach the deadline in the middle of the test.
    let running = try await Self.desk(quiet: .hours(1)).run(on: world.lane("desk"))
    try running.input("levels", of: Int.self).send(contentsOf: [1, 2, 20])
    let picture = await running.snapshot()
    #expect(try picture.node("levels/each").received == 3)
    let counter = try running.first(Counter.self)
    #expect(await counter.count == 3)
    await running.stop()
    let last = await running.snapshot()
    #expect(try last.node("levels~2/filter/debounce").dropped == ["cancelled": 1])
    await world.shutdown()
  }

  @Test func `a graph that is wrong does not run, and leaves nothing`() {
    let world = Timeline.virtual()
    let lane = world.lane("desk")
    let levels = Outlet<Int>("levels")
    let graph = MonitorGraph("wrong") { lane in
      let _ = Tap(levels).debounce(asOne: .seconds(1))
      Tap(levels).debounce(asOne: .seconds(1)).each { _ in }
    }
    #expect(throws: GraphError.self) { try graph.start(on: lane, in: world) }
    #expect(levels.subscriberCount == 0 && lane.local.recorder == nil)
    #expect(lane.local.blueprint == nil)
  }

  @Test func `a name that is not in the graph is answered with the one that may be meant`() throws {
    let world = Timeline.virtual()
    let running = try Self.desk.start(on: world.lane("desk"), in: world)
    expectNoDifference(
      words { _ = try running.input("level", of: Int.self) },
      "Graph \"desk\": An input of Int named \"level\" is not in the graph. "
        + "Did you mean \"levels\"? Known: levels."
    )
    expectNoDifference(
      words { _ = try running.input("levels", of: Double.self) },
      "Graph \"desk\": The input \"levels\" is an Outlet<Int>, not an Outlet<Double>."
    )
    expectNoDifference(
      words { _ = try running.first(Stranger.self) },
      "Graph \"desk\": An actor of type \"Stranger\" is not in the graph. Known: Counter."
    )
    expectNoDifference(
      words { _ = try Self.desk.plan().node("level.hihg") },
      "Graph \"desk\": A node with the id \"level.hihg\" is not in the graph. "
        + "Did you mean \"level.high\"? Known: level.high, level.high/route, levels, "
        + "levels/each, levels~2, levels~2/filter, levels~2/filter/debounce, → pager."
    )
  }

  private func words(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing is wrong"
    } catch {
      return "\(error)"
    }
  }

  private actor Stranger {}
}
