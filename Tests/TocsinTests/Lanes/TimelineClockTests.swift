import CustomDump
import Testing

@testable import Tocsin

@Suite struct TimelineClockTests {
  let world = Timeline.virtual()

  @Test func `sleepers wake in virtual time, equal deadlines in the order they were set`() throws {
    let log = SharedLog<String>()
    try world.simulate { world in
      for (name, seconds) in [("a", 5), ("b", 2), ("c", 5), ("d", 2)] {
        world.spawn(name) {
          try? await world.clock.sleep(for: .seconds(seconds))
          log.add("\(name)\(world.now.milliseconds)")
        }
      }
      await world.pass(.seconds(4))
      log.add("half")
      await world.pass(.seconds(4))
    }
    expectNoDifference(log.entries, ["b2000", "d2000", "half", "a5000", "c5000"])
    expectNoDifference(world.liveTasks, [])
  }

  @Test func `a cancelled sleep throws at once and leaves no timer`() throws {
    let log = SharedLog<String>()
    try world.simulate { world in
      let sleeping = world.spawn("sleeper") {
        do { try await world.clock.sleep(for: .seconds(100)) } catch {
          log.add("\(error is CancellationError) at \(world.now.milliseconds)")
        }
      }
      await world.pass(.seconds(1))
      #expect(world.loops[0].pendingTimerCount == 1)
      sleeping.cancel()
      await sleeping.value
      #expect(world.loops[0].pendingTimerCount == 0)
    }
    expectNoDifference(log.entries, ["true at 1000"])
  }

  @Test func `a task that is cancelled already does not sleep`() throws {
    let log = SharedLog<String>()
    try world.simulate { world in
      let sleeping = world.spawn("sleeper") {
        withUnsafeCurrentTask { $0?.cancel() }
        do { try await world.clock.sleep(for: .seconds(100)) } catch {
          log.add("\(error is CancellationError) at \(world.now.milliseconds)")
        }
      }
      await sleeping.value
      #expect(world.loops[0].pendingTimerCount == 0)
    }
    expectNoDifference(log.entries, ["true at 0"])
  }

  @Test func `a sleep until the past or the present wakes without time moving`() throws {
    try world.simulate { world in
      await world.pass(.seconds(5))
      try await world.clock.sleep(until: .seconds(1))
      try await world.clock.sleep(until: .seconds(5))
      #expect(world.now == .seconds(5))
    }
  }

  @Test func `a million timers wait and fire in order`() {
    let lane = world.lane("a")
    let loop = lane.loop
    var random = EngineRandom(seed: 1)
    let last = SharedLastSeen()
    for _ in 0..<1_000_000 {
      _ = loop.schedule(at: .ms(random.below(3_600_000)), on: lane) { last.see(lane.now) }
    }
    #expect(loop.pendingTimerCount == 1_000_000)
    world.advance(by: .seconds(3_600))
    #expect(last.count == 1_000_000 && !last.wentBack)
    #expect(loop.pendingTimerCount == 0)
  }

  @Test func `ten thousand tasks sleep and wake`() throws {
    let log = SharedLog<Int>()
    try world.simulate { world in
      for number in 0..<10_000 {
        world.spawn("\(number)") {
          try? await world.clock.sleep(for: .milliseconds((number * 7_919) % 10_007))
          log.add(world.now.milliseconds)
        }
      }
      await world.pass(.seconds(11))
    }
    #expect(log.entries.count == 10_000 && log.entries == log.entries.sorted())
  }
}
