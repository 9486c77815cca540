import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about ends and re-entrancy, and no other test holds.
@Suite struct EndsContractTests {
  let world = Timeline.virtual()
  let lane: Lane

  init() { lane = world.lane("test") }

  @Test func `chains never fail`() {
    func failure<Chain: Publisher>(_ chain: Chain) -> String { "\(Chain.Failure.self)" }
    let feed = Feed<MarkedAlert>(on: lane)
    let tap = Tap<Feed<MarkedAlert>>(feed, feed.node, on: lane)
    let failures = world.perform(on: lane) {
      [
        failure(feed), failure(Inlet(Outlet<Int>(), on: lane)),
        failure(tap.filter { _ in true }.debounce(.seconds(1)).upstream),
        failure(Merge(tap, tap).cooldown(.seconds(1)).upstream),
      ]
    }
    expectNoDifference(failures, ["Never", "Never", "Never", "Never"])
  }

  @Test func `a wire that goes out of scope does not take its chain down`() {
    let log = Log<String>()
    world.perform(on: lane) {
      let (feed, outlet) = (Feed<Int>(on: lane), Outlet<Int>())
      func build() {
        let wire = feed.each { log.add("feed \($0)") }
        let other = Inlet(outlet, on: lane).each { log.add("outlet \($0)") }
        let last = feed.send(to: outlet)
        withExtendedLifetime((wire, other, last)) {}
      }
      build()
      feed.send(1)
    }
    expectNoDifference(log.entries, ["feed 1", "outlet 1"])
  }

  @Test func `who outlives the feed of a chain may still cancel it`() {
    world.perform(on: lane) {
      let asker = Asker<Int>(.unlimited)
      var feed: Feed<Int>? = Feed<Int>(on: lane)
      feed?.receive(subscriber: asker)
      feed?.send(1)
      feed = nil
      asker.cancel()
      expectNoDifference(asker.values, [1])
    }
  }

  @Test func `a cycle through a closure is not seen, and does not recurse`() throws {
    let levels = Outlet<Int>("levels")
    let log = SharedLog<Int>()
    let graph = MonitorGraph("desk") { lane in
      Tap(levels).filter { $0 < 50_000 }.each { level in
        log.add(level)
        levels.send(level + 1)
      }
    }
    #expect(throws: Never.self) { try graph.validate() }
    let running = try graph.start(on: lane, in: world)
    levels.send(0)
    world.settle()
    #expect(log.entries == Array(0..<50_000))
    running.stop(in: world)
  }
}
