import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about the work of a lane, and no other test holds.
@Suite struct LaneContractTests {
  /// Visits a room in the isolation of its lane.
  private actor Visitor: LaneActor {
    nonisolated let lane: Lane
    private let room: Room

    init(_ room: Room, on lane: Lane) { (self.room, self.lane) = (room, lane) }

    func visit() { room.visit() }
    func listen(to outlet: Outlet<Int>) {
      inlet(outlet).each { [room, lane] _ in
        #expect(Lane.current === lane)
        room.visit(5_000)
      }
    }
  }

  @Test func `closures, actors and edges of one lane never run beside each other`() async {
    let live = Timeline.live(threads: 3)
    let lanes = (0..<3).map { live.lane("lane \($0)") }
    let rooms = lanes.map { _ in Room() }
    let visitors = zip(rooms, lanes).map { Visitor($0, on: $1) }
    let outlets = lanes.map { _ in Outlet<Int>() }
    for (visitor, outlet) in zip(visitors, outlets) { await visitor.listen(to: outlet) }
    await withTaskGroup { group in
      for _ in 0..<4 {
        group.addTask {
          for number in 0..<200 {
            for place in 0..<3 {
              lanes[place].execute { rooms[place].visit() }
              outlets[place].send(number)
              await visitors[place].visit()
            }
          }
        }
      }
    }
    await live.shutdown()
    expectNoDifference(rooms.map(\.visits), [2_400, 2_400, 2_400])
    expectNoDifference(rooms.map(\.most), [1, 1, 1])
  }

  @Test func `what a lane is given within a turn runs behind that turn`() {
    let world = Timeline.virtual()
    let lane = world.lane("lane")
    let log = SharedLog<String>()
    lane.execute {
      log.add("begins")
      lane.execute { log.add("next") }
      lane.execute { log.add("last") }
      log.add("ends")
    }
    world.settle()
    expectNoDifference(log.entries, ["begins", "ends", "next", "last"])
  }

  @Test func `what is due on a lane runs behind what the lane was given before`() {
    let world = Timeline.virtual()
    let lane = world.lane("lane")
    let log = SharedLog<String>()
    for name in ["first due", "second due"] {
      _ = lane.loop.schedule(at: .seconds(1), on: lane) { log.add(name) }
    }
    lane.execute { log.add("given") }
    world.loops[0].setVirtualNow(Instant.seconds(1).nanoseconds)
    #expect(world.loops[0].fireDue(upTo: world.loops[0].now))
    world.settle()
    expectNoDifference(log.entries, ["given", "first due", "second due"])
  }

  /// Takes what has waited shortest.
  private final class Impatient: WorkChooser {
    func choose(from eligible: EligibleWork) -> Int { eligible.count - 1 }
  }

  @Test func `whoever chooses what runs next, each lane keeps its order`() {
    let world = Timeline.virtual()
    let lanes = [world.lane("a"), world.lane("b")]
    let log = SharedLog<String>()
    world.setChooser(Impatient())
    for number in 0..<4 {
      for lane in lanes { lane.execute { log.add("\(lane.name)\(number)") } }
    }
    world.settle()
    for lane in lanes {
      expectNoDifference(
        log.entries.filter { $0.hasPrefix(lane.name) },
        (0..<4).map { "\(lane.name)\($0)" }
      )
    }
    #expect(log.entries.first == "b0")
  }

  @Test func `who lets time pass to one instant goes on in the order in which they began to`()
    throws
  {
    for _ in 0..<20 {
      let world = Timeline.virtual()
      let log = SharedLog<Int>()
      try world.simulate { world in
        for number in 0..<6 {
          world.spawn("\(number)") {
            await world.pass(.seconds(1))
            log.add(number)
          }
        }
        await world.pass(.seconds(2))
      }
      expectNoDifference(log.entries, Array(0..<6))
    }
  }
}
