import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about sending from within a delivery, and no other test holds.
@Suite struct ReentryContractTests {
  /// How deep the calls of a closure are nested.
  private final class Depth {
    private var now = 0
    private(set) var most = 0

    func call(_ body: () -> Void) {
      now += 1
      most = max(most, now)
      body()
      now -= 1
    }
  }

  @Test func `a feed is never entered twice`() {
    let world = Timeline.virtual()
    let lane = world.lane("feed")
    let (depth, log) = (Depth(), Log<Int>())
    world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      feed.each { [unowned feed] number in
        depth.call {
          log.add(number)
          if number < 1_000 { feed.send(number + 1) }
        }
      }
      feed.send(0)
    }
    #expect(depth.most == 1 && log.entries == Array(0...1_000))
  }

  @Test func `in event time an edge is never entered twice`() {
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("edge")
    let (depth, log) = (Depth(), Log<Int>())
    world.perform(on: lane) {
      let (feed, outlet) = (Feed<Dated>(on: lane, instant: \.at), Outlet<Dated>())
      Inlet(outlet, on: lane).each { event in
        depth.call {
          log.add(event.value)
          if event.value < 1_000 { outlet.send(Dated(5, event.value + 1)) }
        }
      }
      feed.send(to: outlet)
      feed.send(Dated(5, 0))
      lane.advance(to: .ms(9))
    }
    #expect(depth.most == 1 && log.entries == Array(0...1_000))
  }

  @Test func `what stands behind several feeds is entered by each of them once at most`() {
    let world = Timeline.virtual()
    let lane = world.lane("feeds")
    let (depth, log) = (Depth(), Log<Int>())
    world.perform(on: lane) {
      let feeds = (0..<3).map { _ in Feed<Int>(on: lane) }
      Merged(feeds.map { $0.erased() }, on: lane).each { number in
        depth.call {
          log.add(number)
          if number < 1_000 { feeds[(number + 1) % 3].send(number + 1) }
        }
      }
      feeds[0].send(0)
    }
    #expect(depth.most == 3 && log.entries == Array(0...1_000))
  }

  @Test func `a timer's delivery may be entered by the feed before it, once`() {
    let world = Timeline.virtual()
    let lane = world.lane("timer")
    let (depth, log) = (Depth(), Log<Int>())
    let feed = world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      Tap<Feed<Int>>(feed, feed.node, on: lane).debounce(asOne: .seconds(1), .both).upstream
        .each { [unowned feed] number in
          depth.call {
            log.add(number)
            if number < 9 { feed.send(number + 1) }
          }
        }
      return feed
    }
    world.perform(on: lane) { feed.send(0) }
    world.advance(to: .seconds(20))
    #expect(depth.most == 2 && log.entries == Array(0...9))
  }
}
