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

  private static func sleep(on clock: TimelineClock) async -> String {
    do {
      try await clock.sleep(for: .hours(1))
      return "slept"
    } catch {
      return "\(error)"
    }
  }
}
