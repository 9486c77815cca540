import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct EdgeTests {
  let world = Timeline.virtual()
  let lane: Lane
  let outlet = Outlet<Int>("numbers")

  init() { lane = world.lane("test") }

  @Test func `delivery comes at the end of the turn, in order, never inside send`() {
    let log = Log<String>()
    world.perform(on: lane) {
      Inlet(outlet, on: lane).each { log.add("got \($0)") }
      outlet.send(1)
      outlet.send(contentsOf: [2, 3])
      log.add("sent")
    }
    expectNoDifference(log.entries, ["sent", "got 1", "got 2", "got 3"])
  }

  @Test
  func `what is sent while nobody subscribes is gone, and an inlet is named after its outlet`() {
    let log = Log<Int>()
    world.perform(on: lane) {
      outlet.send(1)
      let inlet = Inlet(outlet, on: lane)
      #expect(inlet.node.id == "numbers" && outlet.subscriberCount == 0)
      inlet.each { log.add($0) }
      #expect(outlet.subscriberCount == 1)
      outlet.send(2)
    }
    expectNoDifference(log.entries, [2])
  }

  @Test(arguments: [true, false])
  func `a demand of 5, then 3, then everything loses nothing over an edge`(sameLane: Bool) {
    let asker = Asker<Int>(.max(5))
    let inlet = Inlet(outlet, on: lane)
    world.perform(on: lane) { inlet.receive(subscriber: asker) }
    let send = { outlet.send(contentsOf: Array(0..<600)) }
    if sameLane { world.perform(on: lane, send) } else { send() }
    world.settle()
    expectNoDifference(asker.values, Array(0..<5))
    #expect(inlet.node.held == 595)
    world.perform(on: lane) { asker.ask(.max(3)) }
    world.settle()
    expectNoDifference(asker.values, Array(0..<8))
    world.perform(on: lane) { asker.ask(.unlimited) }
    world.settle()
    expectNoDifference(asker.values, Array(0..<600))
    #expect(inlet.node.isBalanced && inlet.node.held == 0 && inlet.node.dropped == 0)
  }

  @Test func `a cancel inside a span stops at once, and what waits is counted`() {
    let asker = Asker<Int>(.unlimited)
    let inlet = Inlet(outlet, on: lane)
    asker.onValue = { [unowned asker] in
      if $0 == 3 { asker.cancel() }
      return .none
    }
    world.perform(on: lane) {
      inlet.receive(subscriber: asker)
      outlet.send(contentsOf: Array(0..<256))
    }
    expectNoDifference(asker.values, [0, 1, 2, 3])
    expectNoDifference(inlet.node.dropsByReason, [.cancelled: 252])
    #expect(inlet.node.isBalanced && inlet.node.held == 0 && outlet.subscriberCount == 0)
    world.perform(on: lane) { outlet.send(9) }
    #expect(asker.values.count == 4)
  }

  @Test func `a cancel before delivery drops and counts what waits on either side of the border`() {
    let log = Log<Int>()
    let inlet = Inlet(outlet, on: lane)
    let wire = world.perform(on: lane) { inlet.each { log.add($0) } }
    outlet.send(contentsOf: [1, 2, 3])
    world.perform(on: lane) { wire.cancel() }
    world.settle()
    expectNoDifference(log.entries, [])
    expectNoDifference(inlet.node.dropsByReason, [.cancelled: 3])
    let other = world.perform(on: lane) { inlet.each { log.add($0) } }
    world.perform(on: lane) {
      outlet.send(4)
      other.cancel()
    }
    expectNoDifference(log.entries, [])
    #expect(inlet.node.dropsByReason == [.cancelled: 4] && inlet.node.isBalanced)
  }

  @Test func `what overflowed before a cancel is counted as that, and what waited as cancelled`() {
    let inlet = Inlet(outlet, on: lane, overflow: .dropOldest(2))
    let wire = world.perform(on: lane) { inlet.each { _ in } }
    outlet.send(contentsOf: [1, 2, 3, 4, 5])
    world.perform(on: lane) { wire.cancel() }
    world.settle()
    expectNoDifference(inlet.node.dropsByReason, [.bufferFull: 3, .cancelled: 2])
    #expect(inlet.node.isBalanced && inlet.node.held == 0)
  }

  @Test func `what a thread sends just behind a cancel is counted as cancelled`() {
    let (node, asker) = (Node("edge"), Asker<Int>(.unlimited))
    let edge = Edge<Int>(on: lane, .dropOldest(9), node, Link())
    world.perform(on: lane) { #expect(edge.serve(asker, detach: {})) }
    withUnsafePointer(to: 1) { edge.offer($0, 1) }
    world.perform(on: lane) { asker.cancel() }
    withUnsafePointer(to: 2) { edge.offer($0, 1) }
    world.settle()
    expectNoDifference(asker.values, [])
    expectNoDifference(node.dropsByReason, [.cancelled: 2])
    #expect(node.received == 2 && node.isBalanced)
  }

  @Test func `an outlet that goes in the turn of a cancel is safe`() {
    world.perform(on: lane) {
      var outlet: Outlet<Int>? = Outlet<Int>()
      let wire = outlet.map { Inlet($0, on: lane).each { _ in } }
      outlet?.send(1)
      wire?.cancel()
      outlet = nil
    }
    world.settle()
  }

  @Test func `feedback over an edge never re-enters`() {
    let log = Log<Int>()
    world.perform(on: lane) {
      var depth = 0
      Inlet(outlet, on: lane).each {
        depth += 1
        #expect(depth == 1)
        log.add($0)
        if $0 < 100_000 { outlet.send($0 + 1) }
        depth -= 1
      }
      outlet.send(0)
    }
    world.settle()  // So long a turn is cut.
    #expect(log.entries.count == 100_001)
    #expect(log.entries.enumerated().allSatisfy { $0 == $1 })
  }

  @Test func `several consumers receive in the order in which they subscribed`() {
    let log = Log<String>()
    world.perform(on: lane) {
      for name in ["a", "b", "c"] { Inlet(outlet, on: lane).each { log.add("\(name)\($0)") } }
      outlet.send(1)
    }
    expectNoDifference(log.entries, ["a1", "b1", "c1"])
  }

  @Test func `unsubscribing and subscribing during delivery is safe, and takes effect at once`() {
    let log = Log<String>()
    world.perform(on: lane) {
      let second = Asker<Int>(.unlimited)
      second.onValue = {
        log.add("second \($0)")
        return .none
      }
      Inlet(outlet, on: lane).each {
        log.add("first \($0)")
        guard $0 == 1 else { return }
        second.cancel()
        Inlet(outlet, on: lane).each { log.add("third \($0)") }
      }
      Inlet(outlet, on: lane).receive(subscriber: second)
      outlet.send(contentsOf: [1, 2])
    }
    world.perform(on: lane) { outlet.send(3) }
    expectNoDifference(log.entries, ["first 1", "first 2", "first 3", "third 3"])
  }

  @Test(arguments: [true, false])
  func `finish completes once, after everything, and later values are gone`(sameLane: Bool) {
    let asker = Asker<Int>(.max(2))
    let inlet = Inlet(outlet, on: lane)
    world.perform(on: lane) { inlet.receive(subscriber: asker) }
    let send = {
      outlet.send(contentsOf: [1, 2, 3])
      outlet.finish()
      outlet.finish()
      outlet.send(4)
    }
    if sameLane { world.perform(on: lane, send) } else { send() }
    world.settle()
    expectNoDifference(asker.values, [1, 2])
    #expect(asker.completions == 0)
    world.perform(on: lane) { asker.ask(.unlimited) }
    world.settle()
    expectNoDifference(asker.values, [1, 2, 3])
    #expect(asker.completions == 1)
    world.perform(on: lane) { outlet.send(5) }
    world.settle()
    #expect(asker.values.count == 3 && outlet.subscriberCount == 0)
    let late = Asker<Int>(.unlimited)
    world.perform(on: lane) { Inlet(outlet, on: lane).receive(subscriber: late) }
    world.settle()
    #expect(late.completions == 1 && late.values.isEmpty)
  }

  @Test func `a producer that uses both doors is heard in the order it sent`() {
    let log = Log<Int>()
    let other = world.lane("other")
    world.perform(on: lane) { Inlet(outlet, on: lane).each { log.add($0) } }
    // The first goes through the mailbox; the rest, on the consumer's lane, must queue behind it.
    world.perform(on: other) { outlet.send(1) }
    world.perform(on: lane) {
      outlet.send(2)
      outlet.send(3)
    }
    world.perform(on: other) { outlet.send(4) }
    world.settle()
    world.perform(on: lane) { outlet.send(5) }
    expectNoDifference(log.entries, [1, 2, 3, 4, 5])
  }

  @Test func `stock operators work on an inlet`() {
    let log = Log<Int>()
    let bag = world.perform(on: lane) {
      Inlet(outlet, on: lane).map { $0 + 1 }.filter { $0 % 2 == 0 }.prefix(3).sink { log.add($0) }
    }
    world.perform(on: lane) { outlet.send(contentsOf: Array(0..<100)) }
    expectNoDifference(log.entries, [2, 4, 6])
    world.perform(on: lane) { bag.cancel() }
  }

  @Test(arguments: [true, false]) func `objects are released, delivered or not`(sameLane: Bool) {
    let census = Payload.Census()
    for overflow in [.unbounded, .dropOldest(10), .dropNewest(10), .suspend(10)] as [Overflow] {
      let outlet = Outlet<Payload>()
      let asker = Asker<Payload>(.max(7))
      world.perform(on: lane) {
        Inlet(outlet, on: lane, overflow: overflow).receive(subscriber: asker)
      }
      for start in 0..<40 {
        let span = (0..<5).map { Payload(start * 5 + $0, in: census) }
        if sameLane {
          world.perform(on: lane) { outlet.send(contentsOf: span) }
        } else {
          outlet.send(contentsOf: span)
          if start % 3 == 0 { world.settle() }
        }
      }
      world.settle()
      #expect(asker.values.count == 7)
      world.perform(on: lane) { asker.cancel() }
    }
    world.settle()
    #expect(census.alive == 0)
  }

  @Test func `a cancelled chain is released while its outlet lives on`() {
    let census = Payload.Census()
    var payload: Payload? = Payload(1, in: census)
    world.perform(on: lane) {
      let wire = Inlet(outlet, on: lane).each { [payload] _ in _ = payload?.number }
      outlet.send(1)
      wire.cancel()
    }
    payload = nil
    world.settle()
    #expect(census.alive == 0 && outlet.subscriberCount == 0)
  }

  @Test(arguments: [true, false]) func `an outlet goes when nobody holds it`(finishes: Bool) {
    weak var gone: Outlet<Int>?
    world.perform(on: lane) {
      let outlet = Outlet<Int>()
      gone = outlet
      let wire = Inlet(outlet, on: lane).each { _ in }
      outlet.send(1)
      if finishes { outlet.finish() } else { wire.cancel() }
    }
    world.settle()
    #expect(gone == nil)
  }
}
