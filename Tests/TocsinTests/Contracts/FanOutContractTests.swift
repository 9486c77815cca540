import CustomDump
import Logging
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about fan-out, and no other test holds.
@Suite struct FanOutContractTests {
  @Test func `a tap has a buffer and counters of its own, and a full one does not touch others`()
    throws
  {
    let levels = Outlet<Int>("levels")
    let graph = MonitorGraph("desk") { lane in
      Tap(levels, overflow: .dropOldest(2)).named("full").each { _ in }
      Tap(levels).named("whole").each { _ in }
      Tap(levels, overflow: .dropNewest(3)).named("first").each { _ in }
    }
    let world = Timeline.virtual()
    let lane = world.lane("desk")
    let running = try graph.start(on: lane, in: world)
    #expect(levels.subscriberCount == 3)
    world.perform(on: lane) { for number in 0..<10 { levels.send(number) } }
    let picture = running.snapshot(in: world)
    let nodes = try ["full", "whole", "first"].map { try picture.node($0) }
    expectNoDifference(nodes.map(\.received), [10, 10, 10])
    expectNoDifference(nodes.map(\.passed), [2, 10, 3])
    expectNoDifference(nodes.map(\.dropped), [["buffer full": 8], [:], ["buffer full": 7]])
  }

  @Test(arguments: [true, false])
  func `a consumer that takes nothing does not hold up the others`(sameLane: Bool) {
    let world = Timeline.virtual()
    let lane = world.lane("desk")
    let outlet = Outlet<Int>()
    let (slow, quick) = (Asker<Int>(.max(1)), Asker<Int>(.unlimited))
    let inlets = [Inlet(outlet, on: lane, overflow: .suspend(2)), Inlet(outlet, on: lane)]
    world.perform(on: lane) {
      inlets[0].receive(subscriber: slow)
      inlets[1].receive(subscriber: quick)
    }
    for number in 0..<100 {
      if sameLane { world.perform(on: lane) { outlet.send(number) } } else { outlet.send(number) }
    }
    world.settle()
    expectNoDifference(slow.values, [0])
    expectNoDifference(quick.values, Array(0..<100))
    expectNoDifference(inlets.map(\.node.held), [99, 0])
  }

  @Test func `one alert to several sinks is one decision, one trace, one count`() throws {
    let outlets = ["pager", "chat"].map { Outlet<Alert>($0) }
    let lines = Lines()
    let graph = MonitorGraph("desk", sinks: outlets) { lane in
      Tap(lane.input("in", of: Alert.self)).route {
        Otherwise {
          "pager"; "chat"
        }
      }
    }
    let run = try TracedRun(graph, logger: Logger(label: "test") { _ in LineHandler(lines) })
    let logs = outlets.map { listen($0, on: run.lane, in: run.world) }
    try run.send(Alert("level", .error))
    expectNoDifference(logs.map(\.entries.count), [1, 1])
    #expect(run.roots.count == 1 && lines.all.count == 1)
    let node = try run.running.snapshot(in: run.world).node("in/route")
    #expect(node.received == 1 && node.passed == 1 && node.waits?.count == 1)
  }
}
