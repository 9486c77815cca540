import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about full buffers and threads, and no other test holds.
@Suite struct OverflowContractTests {
  let world = Timeline.virtual()
  let lane: Lane
  let outlet = Outlet<Int>()

  init() { lane = world.lane("test") }

  private func send(_ numbers: Range<Int>, sameLane: Bool) {
    let send = { outlet.send(contentsOf: Array(numbers)) }
    if sameLane { world.perform(on: lane, send) } else { send() }
  }

  @Test(arguments: [true, false]) func `an unbounded buffer grows as far as it must`(
    sameLane: Bool
  ) {
    let (inlet, asker) = (Inlet(outlet, on: lane), Asker<Int>())
    world.perform(on: lane) { inlet.receive(subscriber: asker) }
    for start in stride(from: 0, to: 100_000, by: 10_000) {
      send(start..<start + 10_000, sameLane: sameLane)
      if start == 50_000 { world.settle() }
    }
    world.settle()
    #expect(inlet.node.held == 100_000)
    world.perform(on: lane) { asker.ask(.unlimited) }
    world.settle()
    #expect(asker.values == Array(0..<100_000) && inlet.node.dropped == 0)
  }

  @Test(arguments: [true, false], [Overflow.dropNewest(100), .dropOldest(100)])
  func `a buffer that has been emptied takes in as many again`(
    sameLane: Bool,
    overflow: Overflow
  ) {
    let (inlet, asker) = (Inlet(outlet, on: lane, overflow: overflow), Asker<Int>())
    world.perform(on: lane) { inlet.receive(subscriber: asker) }
    for round in 0..<3 {
      send(round * 100..<(round + 1) * 100, sameLane: sameLane)
      world.settle()
      world.perform(on: lane) { asker.ask(.max(100)) }
      world.settle()
    }
    #expect(asker.values == Array(0..<300) && inlet.node.dropped == 0)
  }

  @Test func `what threads send arrives by itself, each time`() {
    let (inlet, log) = (Inlet(outlet, on: lane), Log<Int>())
    world.perform(on: lane) { inlet.each { log.add($0) } }
    for number in 0..<5 {
      send(number..<number + 1, sameLane: false)
      world.settle()
      expectNoDifference(log.entries, Array(0...number))
    }
    send(5..<6, sameLane: true)
    expectNoDifference(log.entries, Array(0...5), "in the same turn, without a settle")
  }
}
