import CustomDump
import Testing

@testable import Tocsin

@Suite struct SimulateTests {
  let world = Timeline.virtual(startingAt: .seconds(1_000))

  @Test func `a simulation gives its body's result or error`() throws {
    let given = try world.simulate { world in
      await world.pass(.seconds(1))
      return world.now
    }
    #expect(given == .seconds(1_001))
    struct Failed: Error {}
    #expect(throws: Failed.self) { try world.simulate { _ in throw Failed() } }
  }

  @Test func `time passes for several tasks at once, each to its own instant`() throws {
    let log = SharedLog<String>()
    try world.simulate { world in
      world.spawn("other") {
        await world.pass(.seconds(2))
        log.add("other \(world.now.milliseconds)")
      }
      await world.pass(.seconds(3))
      log.add("body \(world.now.milliseconds)")
      await world.pass(until: .seconds(1))
      log.add("body \(world.now.milliseconds)")
    }
    expectNoDifference(log.entries, ["other 1002000", "body 1003000", "body 1003000"])
  }

  @Test func `what passing time brings about has run when it returns`() throws {
    let log = SharedLog<String>()
    let lane = world.lane("a")
    try world.simulate { world in
      _ = lane.loop.schedule(at: world.now.advanced(by: .seconds(1)), on: lane) {
        lane.execute { log.add("second step") }
      }
      await world.pass(.seconds(1))
      log.add("body")
    }
    expectNoDifference(log.entries, ["second step", "body"])
  }

  @Test func `a body that sleeps while nobody moves time is stuck at once, and told so`() {
    let error = #expect(throws: StuckError.self) {
      try world.simulate { world in
        await world.pass(.milliseconds(250))
        try await world.clock.sleep(for: .seconds(10))
      }
    }
    expectNoDifference(
      error?.description,
      """
      The simulation stands still at t+0.25s, and its body still waits. Tasks that have not ended: \
      body. Next timer at t+10.25s: nobody advances time. Call `pass(_:)`.
      """
    )
    expectNoDifference(world.liveTasks, [])
    #expect(world.loops[0].pendingTimerCount == 0)
  }

  @Test func `a body that waits for what never comes is stuck at once, and told for whom`() {
    let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
    let error = #expect(throws: StuckError.self) {
      try world.simulate { world in
        let reader = world.spawn("never-finishing") { for await _ in stream {} }
        await reader.value
      }
    }
    expectNoDifference(error?.waiting, ["body", "never-finishing"])
    expectNoDifference(
      error?.description,
      """
      The simulation stands still at t+0s, and its body still waits. Tasks that have not ended: \
      body, never-finishing. No timer is pending: they wait for something that nobody on this time \
      line does.
      """
    )
    continuation.finish()
    world.settle()
    expectNoDifference(world.liveTasks, [])
  }

  @Test func `the same simulation gives the same log a hundred times`() throws {
    func run() throws -> [String] {
      let log = SharedLog<String>()
      let world = Timeline.virtual()
      let lanes = [world.lane("a"), world.lane("b")]
      let counters = lanes.map { Counter(on: $0) }
      try world.simulate { world in
        for number in 0..<20 {
          world.spawn("\(number)") {
            for step in 0..<5 {
              try? await world.clock.sleep(for: .milliseconds((number * 31 + step * 17) % 40))
              await counters[number % 2].hit()
              log.add("\(number).\(step) at \(world.now.milliseconds)")
            }
          }
        }
        await world.pass(.seconds(1))
      }
      return log.entries
    }
    let first = try run()
    #expect(first.count == 100)
    for _ in 0..<100 { #expect(try run() == first) }
  }
}
