import CustomDump
import Testing

@testable import Tocsin

/// What happens between a send and the end of its turn.
@Suite struct EdgeTurnTests {
  let world = Timeline.virtual()
  let lane: Lane

  init() { lane = world.lane("test") }

  @Test func `however many edges wait in a turn, they deliver in the order they were filled`() {
    let log = Log<Int>()
    let outlets = (0..<200).map { Outlet<Int>("outlet \($0)") }
    world.perform(on: lane) {
      for outlet in outlets { Inlet(outlet, on: lane).each { log.add($0) } }
    }
    for turn in 0..<3 {
      world.perform(on: lane) {
        for (index, outlet) in outlets.enumerated() { outlet.send(turn * 200 + index) }
      }
    }
    expectNoDifference(log.entries, Array(0..<600))
  }

  @Test func `an edge cancelled in the turn that filled it gives nothing, and the others do`() {
    for cancelled in 0..<3 {
      let log = Log<Int>()
      let outlets = (0..<3).map { Outlet<Int>("outlet \($0)") }
      world.perform(on: lane) {
        let wires = outlets.indices.map { index in
          Inlet(outlets[index], on: lane).each { log.add(index * 10 + $0) }
        }
        for outlet in outlets { outlet.send(1) }
        wires[cancelled].cancel()
        outlets[cancelled].send(2)
      }
      #expect(outlets[cancelled].subscriberCount == 0)
      expectNoDifference(log.entries, [0, 1, 2].filter { $0 != cancelled }.map { $0 * 10 + 1 })
    }
  }

  @Test func `a turn within the turn delivers, also what it has just cancelled around`() {
    let log = Log<String>()
    let (first, second) = (Outlet<Int>("first"), Outlet<Int>("second"))
    world.perform(on: lane) {
      let wire = Inlet(first, on: lane).each { log.add("first \($0)") }
      Inlet(second, on: lane).each { log.add("second \($0)") }
      first.send(1)
      second.send(1)
      world.perform(on: lane) { wire.cancel() }
      log.add("inner turn over")
      second.send(2)
    }
    expectNoDifference(log.entries, ["second 1", "inner turn over", "second 2"])
  }

  @Test func `a deadline's handler may take itself and others away while it runs`() {
    let log = Log<String>()
    let local = lane.local
    var ids: [Int] = []
    world.perform(on: lane) {
      ids.append(
        local.addDeadlines { instant in
          log.add("first at \(instant)")
          for id in ids { local.removeDeadlines(id) }
          ids = [
            local.addDeadlines {
              log.add("third at \($0)"); return .max
            }
          ]
          local.arm(ids[0], at: 30)
          return 20
        }
      )
      ids.append(
        local.addDeadlines {
          log.add("second at \($0)"); return .max
        }
      )
      local.arm(ids[0], at: 10)
      local.arm(ids[1], at: 15)
    }
    world.run(until: Instant(nanoseconds: 100))
    expectNoDifference(log.entries, ["first at 10", "third at 30"])
  }

  @Test func `a node has no waits before the first, and negative ones count`() {
    let node = Node("step")
    #expect(node.waits == nil)
    node.waited(-1)
    #expect(node.waits?.negativeCount == 1 && node.waits?.count == 0)
    node.waited(5)
    #expect(node.waits?.count == 1 && node.waits?.max == .nanoseconds(5))
  }
}
