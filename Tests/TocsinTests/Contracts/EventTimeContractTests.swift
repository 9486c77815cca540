import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about event time, and no other test holds.
@Suite struct EventTimeContractTests {
  /// A lane in event time with an outlet that a dated feed and others send into.
  struct Border {
    let world = Timeline.virtual(startingAt: .seconds(1))
    let lane: Lane
    let outlet = Outlet<Dated>()
    let keys = Outlet<Int>()
    let log = Log<String>()
    let feed: Feed<Dated>

    init() {
      let lane = world.eventTimeLane("events")
      let (outlet, keys, log) = (outlet, keys, log)
      self.lane = lane
      feed = world.perform(on: lane) {
        Inlet(outlet, on: lane).each { log.add("\($0.value) at \(lane.now.milliseconds)") }
        Inlet(keys, on: lane).each { log.add("key \($0) at \(lane.now.milliseconds)") }
        let feed = Feed<Dated>(on: lane, instant: \.at)
        feed.send(to: outlet)
        return feed
      }
    }

    func send(_ events: Dated..., upTo watermark: Instant) {
      world.perform(on: lane) {
        feed.send(contentsOf: events)
        lane.advance(to: watermark)
      }
    }
  }

  @Test(arguments: [true, false])
  func `what comes from outside does not turn event time back`(isFromLane: Bool) {
    let border = Border()
    border.send(Dated(10_000, 7), upTo: .seconds(10))
    if isFromLane {
      border.world.perform(on: border.world.lane("other")) { border.keys.send(1) }
    } else {
      border.keys.send(1)
    }
    border.world.settle()
    expectNoDifference(border.log.entries, ["7 at 10000", "key 1 at 10000"])
  }

  @Test func `what comes from outside reaches a graph in event time at once`() async {
    let live = Timeline.live()
    let lane = live.eventTimeLane("events")
    let (keys, log) = (Outlet<Int>(), SharedLog<Int>())
    Inlet(keys, on: lane).each { log.add($0) }
    lane.execute { lane.advance(to: .seconds(10)) }
    keys.send(1)
    await lane.drained()
    expectNoDifference(log.entries, [1])
    await live.shutdown()
  }

  @Test func `what comes from outside is taken at the watermark, not behind what waits`() {
    let border = Border()
    border.send(Dated(20, 1), upTo: .ms(5))
    border.outlet.send(Dated(99, 2))
    border.world.settle()
    expectNoDifference(border.log.entries, ["2 at 5"])
    border.send(Dated(15, 3), upTo: .ms(30))
    expectNoDifference(border.log.entries, ["2 at 5", "1 at 20", "3 at 20"])
  }

  @Test func `what the lane sends behind others keeps its instant`() {
    let border = Border()
    border.send(upTo: .ms(5))
    border.outlet.send(Dated(99, 2))
    border.world.perform(on: border.lane) {
      border.feed.send(contentsOf: [Dated(20, 1), Dated(25, 3)])
    }
    border.world.perform(on: border.world.lane("other")) { border.outlet.send(Dated(0, 4)) }
    border.world.settle()
    expectNoDifference(border.log.entries, ["2 at 5", "4 at 5"])
    border.send(Dated(25, 5), upTo: .ms(30))
    let rest = Array(border.log.entries.dropFirst(2))
    expectNoDifference(rest, ["1 at 20", "3 at 25", "5 at 25"])
  }

  @Test func `what comes from outside after the end is taken at the last instant`() {
    let border = Border()
    border.send(Dated(20, 1), upTo: .distantFuture)
    border.keys.send(1)
    border.world.settle()
    expectNoDifference(border.log.entries, ["1 at 20", "key 1 at 20"])
  }

  @Test func `the waits of what came from outside begin when it is taken over`() {
    let border = Border()
    border.send(upTo: .ms(5))
    var stamps: [Stamp] = []
    border.world.perform(on: border.lane) {
      Inlet(border.keys, on: border.lane).each { _ in stamps.append(border.lane.local.stamp) }
    }
    border.keys.send(1)
    border.world.settle()
    expectNoDifference(stamps.map(\.ingested), [.ms(5)])
    expectNoDifference(stamps.map(\.sent), [.ms(5)])
  }

  @Test func `an event at the end of time does not stop the edges of its lane`() {
    let border = Border()
    var last = Dated(0, 1)
    last.at = .distantFuture
    border.send(Dated(0, 0), last, Dated(5, 2), upTo: .distantFuture)
    expectNoDifference(border.log.entries.map { $0.prefix(1) }, ["0", "1", "2"])
    #expect(border.feed.lateCount == 1)
  }

  typealias Behind = ([Erased<Dated>], Lane, Node, Log<Int>) -> Void

  static var joins: [(name: String, seen: [Int], build: Behind)] {
    [
      (
        "merge", [10, 10, 11, 12],
        { inputs, lane, node, log in
          Merged(inputs, on: lane, node: node).each { _ in log.add(lane.now.milliseconds) }
        }
      ),
      (
        "combineLatest", [10, 11, 12],
        { inputs, lane, node, log in
          CombinedLatest2(inputs[0], inputs[1], on: lane, node: node)
            .each { _ in log.add(lane.now.milliseconds) }
        }
      ),
      (
        "zip", [10, 12],
        { inputs, lane, node, log in
          Zipped(inputs[0], inputs[1], on: lane, node: node)
            .each { _ in log.add(lane.now.milliseconds) }
        }
      ),
    ]
  }

  @Test(arguments: 0..<3) func `behind a join of two feeds no time goes back`(index: Int) {
    let (name, seen, build) = Self.joins[index]
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("events")
    let (log, node) = (Log<Int>(), Node("join"))
    world.perform(on: lane) {
      let feeds = (0..<2).map { _ in Feed<Dated>(on: lane, instant: \.at) }
      build(feeds.map { $0.erased() }, lane, node, log)
      feeds[0].send(Dated(10, 0))
      feeds[1].send(contentsOf: [Dated(3, 1), Dated(11, 1)])
      feeds[0].send(Dated(12, 0))
    }
    expectNoDifference(log.entries, seen, "\(name)")
    #expect(node.lateCount == 1)
  }
}
