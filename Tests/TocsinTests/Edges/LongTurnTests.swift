import CustomDump
import OpenCombine
import Synchronization
import Testing

@testable import Tocsin

/// Two outlets on one lane that wake each other.
private func pingPong(on lane: Lane, while goesOn: @escaping @Sendable () -> Bool) -> Outlet<Int> {
  let (ping, pong) = (Outlet<Int>("ping"), Outlet<Int>("pong"))
  Inlet(ping, on: lane).each { if goesOn() { pong.send($0 + 1) } }
  Inlet(pong, on: lane).each { if goesOn() { ping.send($0 + 1) } }
  return ping
}

@Suite struct LongTurnTests {
  @Test func `steps that wake each other for ever starve nobody`() async {
    let world = Timeline.live()
    let (busy, idle) = (world.lane("busy"), world.lane("idle"))
    let isStopped = Atomic(false)
    await withCheckedContinuation { continuation in
      busy.execute {
        pingPong(on: busy) { !isStopped.load(ordering: .relaxed) }.send(0)
        idle.execute {
          isStopped.store(true, ordering: .relaxed)
          continuation.resume()
        }
      }
    }
    await world.shutdown()
  }

  @Test func `a long turn is cut, and what is left follows in order`() {
    let world = Timeline.virtual()
    let lane = world.lane("a")
    let seen = SharedLog<Int>()
    let count = 3 * LaneLocal.longestTurn + 1
    world.perform(on: lane) {
      let ping = pingPong(on: lane) { seen.entries.count < count }
      Inlet(ping, on: lane).each { seen.add($0) }
      ping.send(0)
    }
    world.settle()
    expectNoDifference(seen.entries, Array(stride(from: 0, to: count * 2, by: 2)))
  }

  @Test func `a turn is cut after 4,096 deliveries, and goes on behind what is ready`() {
    let world = Timeline.virtual()
    let (busy, idle) = (world.lane("busy"), world.lane("idle"))
    let (outlet, seen, before) = (Outlet<Int>(), SharedLog<Int>(), SharedLog<Int>())
    world.perform(on: busy) {
      Inlet(outlet, on: busy).each {
        seen.add($0)
        if $0 < 5_000 { outlet.send($0 + 1) }
      }
      outlet.send(1)
      idle.execute { before.add(seen.entries.count) }
    }
    expectNoDifference(seen.entries.count, 4_096)
    world.settle()
    expectNoDifference(before.entries, [4_096])
    expectNoDifference(seen.entries, Array(1...5_000))
  }

  @Test func `an edge that is cancelled in a cut turn is kept until nothing names it`() {
    let world = Timeline.virtual()
    let lane = world.lane("a")
    let seen = SharedLog<Int>()
    var wires: [AnyCancellable] = []
    world.perform(on: lane) {
      let outlets = (0..<(LaneLocal.longestTurn + 100)).map { Outlet<Int>("\($0)") }
      wires = outlets.map { outlet in Inlet(outlet, on: lane).sink { seen.add($0) } }
      for (number, outlet) in outlets.enumerated() { outlet.send(number) }
      for wire in wires.suffix(50) { wire.cancel() }
    }
    world.settle()
    expectNoDifference(seen.entries, Array(0..<(LaneLocal.longestTurn + 50)))
    wires.removeAll()
  }
}
