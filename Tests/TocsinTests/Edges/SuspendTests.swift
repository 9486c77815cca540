import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// A producer on a lane.
private actor Producer: LaneActor {
  nonisolated let lane: Lane
  init(on lane: Lane) { self.lane = lane }

  func send(_ numbers: Range<Int>, to outlet: Outlet<Int>, _ sent: SharedLog<Int>) async {
    for number in numbers {
      await outlet.deliver(number)
      sent.add(number)
    }
  }
}

@Suite struct SuspendTests {
  enum Place: CaseIterable, Sendable { case pool, otherLane, sameLane }

  let world = Timeline.virtual()
  let lane: Lane
  let outlet = Outlet<Int>()
  let asker = Asker<Int>()

  init() { lane = world.lane("consumer") }

  @Test(arguments: Place.allCases)
  func `a producer that can wait does so while there is no room, and nothing is lost`(
    place: Place
  ) {
    let (outlet, sent) = (outlet, SharedLog<Int>())
    world.perform(on: lane) {
      Inlet(outlet, on: lane, overflow: .suspend(10)).receive(subscriber: asker)
    }
    let producer = Producer(on: place == .sameLane ? lane : world.lane("producer"))
    world.spawn("producer") {
      if place == .pool {
        for number in 0..<1_000 {
          await outlet.deliver(number)
          sent.add(number)
        }
      } else {
        await producer.send(0..<1_000, to: outlet, sent)
      }
    }
    world.settle()
    #expect(sent.entries.count == 9, "the tenth waits")
    world.perform(on: lane) { asker.ask(.max(3)) }
    world.settle()
    expectNoDifference(asker.values, [0, 1, 2])
    #expect(sent.entries.count == 12)
    world.perform(on: lane) { asker.ask(.unlimited) }
    world.settle()
    expectNoDifference(asker.values, Array(0..<1_000))
    expectNoDifference(world.liveTasks, [])
  }

  @Test func `a producer waits for each consumer that has no room`() {
    let (outlet, sent, quick) = (outlet, SharedLog<Int>(), Asker<Int>(.unlimited))
    world.perform(on: lane) {
      for asker in [quick, asker] {
        Inlet(outlet, on: lane, overflow: .suspend(2)).receive(subscriber: asker)
      }
    }
    world.spawn("producer") {
      for number in 0..<5 {
        await outlet.deliver(number)
        sent.add(number)
      }
    }
    world.settle()
    expectNoDifference(sent.entries, [0])
    world.perform(on: lane) { asker.ask(.unlimited) }
    world.settle()
    expectNoDifference(sent.entries, Array(0..<5))
    expectNoDifference([quick.values, asker.values], [Array(0..<5), Array(0..<5)])
  }

  @Test func `cancelling a waiting task ends its wait, and its value is not lost`() {
    let (outlet, sent) = (outlet, SharedLog<Int>())
    world.perform(on: lane) {
      Inlet(outlet, on: lane, overflow: .suspend(2)).receive(subscriber: asker)
    }
    let task = world.spawn("producer") {
      for number in 0..<3 where !Task.isCancelled {
        await outlet.deliver(number)
        sent.add(number)
      }
    }
    world.settle()
    expectNoDifference(sent.entries, [0])
    task.cancel()
    world.settle()
    expectNoDifference(sent.entries, [0, 1])
    expectNoDifference(world.liveTasks, [])
    world.perform(on: lane) { asker.ask(.unlimited) }
    world.settle()
    expectNoDifference(asker.values, [0, 1])
  }

  @Test(arguments: [true, false])
  func `a consumer that goes while producers wait lets them go on`(finishes: Bool) {
    let outlet = outlet
    world.perform(on: lane) {
      Inlet(outlet, on: lane, overflow: .suspend(1)).receive(subscriber: asker)
    }
    for number in 0..<3 { world.spawn("\(number)") { await outlet.deliver(number) } }
    world.settle()
    expectNoDifference(world.liveTasks, ["0", "1", "2"])
    if finishes {
      outlet.finish()
      world.perform(on: lane) { asker.ask(.unlimited) }
    } else {
      world.perform(on: lane) { asker.cancel() }
    }
    world.settle()
    expectNoDifference(world.liveTasks, [])
    #expect(asker.completions == (finishes ? 1 : 0))
    #expect(asker.values == (finishes ? [0, 1, 2] : []))
  }

  @Test func `an async sequence passes in and out of virtual time without loss`() throws {
    let (outlet, lane) = (outlet, lane)
    let given = try world.simulate { world in
      let values = outlet.values(on: lane, overflow: .suspend(16))
      world.spawn("source") {
        await outlet.send(
          contentsOf: AsyncStream { continuation in
            for number in 0..<20_000 { continuation.yield(number) }
            continuation.finish()
          }
        )
        outlet.finish()
      }
      var given: [Int] = []
      for await value in values { given.append(value) }
      return given
    }
    #expect(given == Array(0..<20_000))
    world.settle()
    #expect(outlet.subscriberCount == 0)
  }

  @Test func `what a sequence throws is passed on after what came before it`() throws {
    struct Failed: Error {}
    let (outlet, lane, log) = (outlet, lane, SharedLog<Int>())
    world.perform(on: lane) { _ = Inlet(outlet, on: lane).each { log.add($0) } }
    #expect(throws: Failed.self) {
      try world.simulate { _ in
        try await outlet.send(
          contentsOf: AsyncThrowingStream { continuation in
            continuation.yield(1)
            continuation.yield(2)
            continuation.finish(throwing: Failed())
          }
        )
      }
    }
    world.settle()
    expectNoDifference(log.entries, [1, 2])
  }

  @Test func `a consumer that stops reading a stream unsubscribes`() throws {
    let (outlet, lane) = (outlet, lane)
    try world.simulate { world in
      let reader = world.spawn("reader") { for await _ in outlet.values(on: lane) {} }
      await world.pass(.zero)
      #expect(outlet.subscriberCount == 1)
      reader.cancel()
      await reader.value
      await world.pass(.zero)
      #expect(outlet.subscriberCount == 0)
    }
  }
}
