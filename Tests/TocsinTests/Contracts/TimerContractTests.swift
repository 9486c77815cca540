import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about anchors, lateness and saturation, and no other test holds.
@Suite struct TimerContractTests {
  typealias Build = ([Tap<Feed<MarkedAlert>>]) -> Tap<Erased<String>>

  static var chains: [(name: String, letters: String, milliseconds: [Int], build: Build)] {
    [
      ("debounce", "w", [13_300], { $0[0].debounce(.seconds(3)).nameless }),
      ("hold", "w", [13_300], { $0[0].hold(for: .seconds(3)) { $0.severity > .info }.nameless }),
      ("absence", "w", [13_300], { $0[0].absence(of: .seconds(3)).nameless }),
      ("window", "w", [13_300], { $0[0].window(.seconds(3), into: 0) { _, _ in }.nameless }),
      (
        "sliding window", "w", [13_300],
        { $0[0].window(sliding: .seconds(3), every: .seconds(3)).nameless }
      ),
      ("cooldown", "wrw", [10_300, 10_300, 13_300], { $0[0].cooldown(.seconds(3)).nameless }),
      ("lasting", "w", [10_300, 13_300], { $0[0].escalate(after: .seconds(3)).nameless }),
      (
        "unacknowledged", "w", [10_300, 13_300],
        {
          $0[0].escalate(
            .unacknowledged(after: .seconds(3), attempts: 1),
            acknowledgements: Outlet<Int>("keys")
          ).nameless
        }
      ),
    ]
  }

  @Test(arguments: 0..<8) func `a timer counts from the event that armed it`(index: Int) {
    let (name, letters, milliseconds, build) = Self.chains[index]
    let bench = Bench<MarkedAlert, String>(from: .ms(150), build)
    bench.at(.ms(10_300)) { bench.feeds[0].send(contentsOf: letters.map(MarkedAlert.init)) }
    bench.at(.seconds(60))
    expectNoDifference(bench.probe.happened.map(\.instant.milliseconds), milliseconds, "\(name)")
  }

  /// The clock jumps, as it does for a thread that was not run for a while.
  private func jump(_ world: Timeline, to instant: Instant) {
    world.loops[0].setVirtualNow(instant.nanoseconds)
    world.settle()
  }

  @Test func `an operator's timer that is served late has the instant at which it was due`() {
    let bench = Bench<Int, Int> { $0[0].debounce(asOne: .seconds(3)).debounce(asOne: .seconds(2)) }
    bench.at(.ms(10)) { bench.feeds[0].send(1) }
    jump(bench.world, to: .seconds(9))
    expectNoDifference(bench.probe.happened.map(\.instant), [.ms(5_010)])
    bench.world.perform(on: bench.lane) { #expect(bench.lane.now == .seconds(9)) }
  }

  @Test func `behind an edge timers that are served late together have their own instants`() {
    let world = Timeline.virtual()
    let lane = world.lane("late")
    let (outlet, log) = (Outlet<Int>(), Log<Instant>())
    let feed = world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      let tap = Tap<Feed<Int>>(feed, feed.node, on: lane)
      let inlet = Inlet(outlet, on: lane)
      inlet.each { _ in log.add(lane.now) }
      Tap(inlet, inlet.node, on: lane).debounce(asOne: .seconds(1)).upstream
        .each { _ in log.add(lane.now) }
      for seconds in [3, 5, 5] {
        tap.debounce(asOne: .seconds(seconds)).upstream.send(to: outlet)
      }
      return feed
    }
    world.perform(on: lane) { feed.send(1) }
    jump(world, to: .seconds(9))
    expectNoDifference(log.entries, [3, 4, 5, 5, 6].map(Instant.seconds))
    world.perform(on: lane) { #expect(lane.now == .seconds(9)) }
  }

  @Test func `what is scheduled on a lane's scheduler has the instant at which it runs`() {
    let world = Timeline.virtual()
    let lane = world.lane("late")
    let log = Log<Instant>()
    world.perform(on: lane) {
      let scheduler = lane.scheduler
      scheduler.schedule(
        after: .init(.seconds(3)),
        tolerance: .seconds(0),
        options: nil
      ) { log.add(lane.now) }
    }
    jump(world, to: .seconds(9))
    expectNoDifference(log.entries, [.seconds(9)])
  }

  @Test func `instants saturate at the ends of time, and durations at 64 bits of nanoseconds`() {
    let (past, future) = (Instant.distantPast, Instant.distantFuture)
    #expect(future.advanced(by: .nanoseconds(1)) == future)
    #expect(past.advanced(by: .nanoseconds(-1)) == past)
    #expect(Instant.epoch.advanced(by: .seconds(Int64.max)) == future)
    #expect(Instant.epoch.advanced(by: .seconds(Int64.min)) == past)
    #expect(past.duration(to: future) == .nanoseconds(Int64.max))
    #expect(future.duration(to: past) == .nanoseconds(Int64.min))
    #expect(Duration.seconds(Int64.max).wholeNanoseconds == .max)
    #expect(Duration.seconds(Int64.min).wholeNanoseconds == .min)
    let step = Duration.nanoseconds(1)
    #expect((Duration.nanoseconds(Int64.max) + step).wholeNanoseconds == .max)
    #expect((Duration.nanoseconds(Int64.min) - step).wholeNanoseconds == .min)
  }

  /// An event of a recording.
  struct Recorded: KeyedEvent, Hashable, Sendable {
    var at: Instant
    var key = 0
  }

  @Test(arguments: [Duration.nanoseconds(1), .hours(1), .days(10_000)])
  func `no instant in a recording traps, whatever the operators`(duration: Duration) throws {
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("replay")
    let running = try Self.graph(duration).start(on: lane, in: world)
    let door = try running.input("in", of: Recorded.self)
    let instants: [Int64] = [.min, .min + 1, -1, 0, 0, 1, .max - 2, .max - 1, 5, .min]
    world.perform(on: lane) {
      let feed = Feed<Recorded>(on: lane, instant: \.at)
      feed.send(to: door)
      feed.send(contentsOf: instants.map { Recorded(at: Instant(nanoseconds: $0)) })
      lane.advance(to: .distantFuture)
      #expect(feed.lateCount == 2)
    }
    let picture = running.snapshot(in: world)
    #expect(picture.isBalanced)
    expectNoDifference(try picture.node("in/debounce").received, instants.count)
  }

  private static func graph(_ duration: Duration) -> MonitorGraph {
    MonitorGraph("extremes", sinks: [Outlet<Alert>("pager")]) { lane in
      let door = lane.input("in", of: Recorded.self)
      let source = Tap(door)
      source.debounce(duration, maxWait: duration).alert("settled", .error).cooldown(duration)
        .escalate(.repeats(2, within: duration)).escalate(after: duration)
        .route { Otherwise { "pager" } }
      source.hold(for: duration) { _ in true }.alert("held", .error).cooldown(duration)
        .escalate(.unacknowledged(after: duration), acknowledgements: Outlet<AlertKey>("keys"))
        .route { Otherwise { "pager" } }
      source.absence(of: duration).each { _ in }
      source.window(duration, into: 0) { count, _ in count += 1 }.each { _ in }
      source.window(sliding: duration, every: duration).each { _ in }
      source.keyed(by: \.key, to: Int.self, idle: duration) {
        $0.map(to: Int.self) { $0.key }.debounce(asOne: duration)
      }.each { _ in }
    }
  }
}

extension Tap {
  /// A chain that tells only when.
  fileprivate var nameless: Tap<Erased<String>> { map(to: String.self) { _ in "x" }.asErased }
}
