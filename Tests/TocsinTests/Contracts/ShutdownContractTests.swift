import CustomDump
import Testing

@testable import Tocsin

/// What docs/contracts.md says about shutdown, and no other test holds.
@Suite(.serialized) struct ShutdownContractTests {
  @Test(.timeLimit(.minutes(1)))
  func `on a virtual time line shutdown waits only for the tasks that react`() async {
    let world = Timeline.virtual()
    let log = SharedLog<String>()
    let stuck = SharedLog<UnsafeContinuation<Void, Never>>()
    world.spawn("reacts") {
      do { try await world.clock.sleep(for: .hours(1)) } catch { log.add("cancelled") }
      await Task.yield()
      log.add("ended")
    }
    world.spawn("ignores") { await withUnsafeContinuation { stuck.add($0) } }
    world.settle()
    await world.shutdown()
    expectNoDifference(log.entries, ["cancelled", "ended"])
    expectNoDifference(world.liveTasks, ["ignores"])
    for continuation in stuck.entries { continuation.resume() }
  }

  @Test func `after shutdown nothing runs on a virtual time line either`() async {
    let world = Timeline.virtual()
    let lane = world.lane("a")
    let log = SharedLog<String>()
    let feed = world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      Tap<Feed<Int>>(feed, feed.node, on: lane).debounce(asOne: .seconds(3)).upstream
        .each { _ in log.add("operator") }
      feed.send(1)
      return feed
    }
    _ = lane.loop.schedule(at: .seconds(1), on: lane) { log.add("closure") }
    await world.shutdown()
    lane.execute { log.add("work") }
    _ = lane.loop.schedule(at: .seconds(2), on: lane) { log.add("later closure") }
    world.advance(by: .seconds(10))
    expectNoDifference(log.entries, [])
    expectNoDifference(world.now, .seconds(10))
    withExtendedLifetime(feed) {}
  }

  @Test func `what is due at a shutdown of a virtual time line still runs`() async {
    let world = Timeline.virtual(startingAt: .seconds(7))
    let lane = world.lane("a")
    let log = SharedLog<String>()
    for (name, instant) in [("due", 7), ("later", 8)] {
      _ = lane.loop.schedule(at: .seconds(instant), on: lane) { log.add(name) }
    }
    await world.shutdown()
    expectNoDifference(log.entries, ["due"])
  }

  @Test func `shutdown waits for the threads, also for what runs on them just now`() async {
    let live = Timeline.live()
    let lane = live.lane("busy")
    let log = SharedLog<String>()
    lane.execute {
      log.add("begun")
      wait(milliseconds: 50)
      log.add("done")
    }
    while log.entries.isEmpty { await Task.yield() }
    await live.shutdown()
    expectNoDifference(log.entries, ["begun", "done"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a task of somebody else that sleeps on the clock wakes with an error`() async {
    let live = Timeline.live()
    async let outcome = Self.sleep(on: live.clock)
    while live.loops[0].pendingTimerCount == 0 { await Task.yield() }
    await live.shutdown()
    #expect(await outcome == "CancellationError()")
  }

  @Test(.timeLimit(.minutes(1)), arguments: [true, false])
  func `who sleeps on the clock only after a shutdown wakes with an error, too`(
    isLive: Bool
  ) async {
    let world = isLive ? Timeline.live() : Timeline.virtual()
    await world.shutdown()
    #expect(await Self.sleep(on: world.clock) == "CancellationError()")
  }

  private static func sleep(on clock: TimelineClock) async -> String {
    do {
      try await clock.sleep(for: .hours(1))
      return "slept"
    } catch {
      return "\(error)"
    }
  }
}
