import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct LaneSchedulerTests {
  let world = Timeline.virtual()
  let lane: Lane

  init() { lane = world.lane("test") }

  /// What a chain makes of events at the given milliseconds.
  func run<Chain: Publisher<Int, Never>>(
    _ events: [Int],
    _ build: (Feed<Int>) -> Chain
  ) -> [String] {
    let log = Log<String>()
    let feed = world.perform(on: lane) { Feed<Int>(on: lane) }
    let bag = world.perform(on: lane) {
      build(feed).sink { [lane] in log.add("\($0) at \(lane.now.milliseconds)") }
    }
    for event in events {
      world.advance(to: .ms(event))
      world.perform(on: lane) { feed.send(event) }
    }
    world.run(until: .seconds(60))
    world.perform(on: lane) { bag.cancel() }
    return log.entries
  }

  @Test func `a stock debounce runs on the lane`() {
    let log = run([0, 2_000, 4_000, 9_000]) {
      $0.debounce(for: .seconds(3), scheduler: lane.scheduler)
    }
    expectNoDifference(log, ["4000 at 7000", "9000 at 12000"])
  }

  @Test func `a stock delay keeps order and distance`() {
    let log = run([0, 1, 1, 500]) { $0.delay(for: .milliseconds(250), scheduler: lane.scheduler) }
    expectNoDifference(log, ["0 at 250", "1 at 251", "1 at 251", "500 at 750"])
  }

  @Test func `a stock throttle gives the latest once in its interval`() {
    let log = run([0, 100, 200, 1_000, 1_100]) {
      $0.throttle(for: .seconds(1), scheduler: lane.scheduler, latest: true)
    }
    expectNoDifference(log.first, "0 at 0")
    #expect(log.contains { $0.hasPrefix("1100 at ") }, "\(log)")
    #expect(log.count < 5)
  }

  @Test func `an action runs as a turn, never inside schedule`() {
    let log = Log<String>()
    world.perform(on: lane) {
      lane.scheduler.schedule { log.add("action") }
      log.add("scheduled")
    }
    world.settle()
    expectNoDifference(log.entries, ["scheduled", "action"])
  }

  @Test func `repeating actions are anchored at their first date`() {
    let log = Log<Int>()
    let beat = world.perform(on: lane) {
      lane.scheduler.schedule(
        after: .init(.ms(700)),
        interval: .milliseconds(500),
        tolerance: .seconds(0),
        options: nil
      ) { [lane] in log.add(lane.now.milliseconds) }
    }
    world.advance(to: .ms(1_000))
    world.advance(to: .ms(2_300))
    expectNoDifference(log.entries, [700, 1_200, 1_700, 2_200])
    world.perform(on: lane) { beat.cancel() }
    world.advance(by: .seconds(10))
    #expect(log.entries.count == 4)
    #expect(lane.loop.pendingTimerCount == 0)
  }

  @Test func `an action may cancel its own repetition`() {
    let log = Log<Int>()
    var beat: (any Cancellable)?
    beat = world.perform(on: lane) {
      lane.scheduler.schedule(
        after: .init(.ms(1)),
        interval: .milliseconds(1),
        tolerance: .seconds(0),
        options: nil
      ) { [lane] in
        log.add(lane.now.milliseconds)
        if log.entries.count == 3 { beat?.cancel() }
      }
    }
    world.advance(by: .seconds(1))
    expectNoDifference(log.entries, [1, 2, 3])
    #expect(lane.loop.pendingTimerCount == 0)
  }

  @Test func `cancelling a debounce in flight leaves no timer`() {
    let feed = world.perform(on: lane) { Feed<Int>(on: lane) }
    world.perform(on: lane) {
      let bag = feed.debounce(for: .seconds(3), scheduler: lane.scheduler).sink { _ in }
      feed.send(1)
      bag.cancel()
    }
    world.settle()
    #expect(lane.loop.pendingTimerCount == 0)
  }
}
