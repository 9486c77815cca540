import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about order in event time, and no other test holds.
@Suite struct EventOrderContractTests {
  let world = Timeline.virtual()
  let lane: Lane

  init() { lane = world.eventTimeLane("events") }

  @Test func `what edges hold keeps its place while more edges are added`() {
    let log = Log<Int>()
    world.perform(on: lane) {
      let feed = Feed<Dated>(on: lane, instant: \.at)
      let outlets = (0..<10).map { _ in Outlet<Dated>() }
      for outlet in outlets { Inlet(outlet, on: lane).each { log.add($0.value) } }
      feed.each { outlets[9 - $0.value].send($0) }
      feed.send(contentsOf: (0..<10).map { Dated($0, $0) })
      for _ in 0..<60 { Inlet(Outlet<Dated>(), on: lane).each { _ in } }
      expectNoDifference(log.entries, [])
      lane.advance(to: .ms(99))
    }
    expectNoDifference(log.entries, Array(0..<10))
  }

  @Test func `of one instant what was sent first comes first, also before what is later`() {
    let log = Log<Int>()
    world.perform(on: lane) {
      let feeds = (0..<2).map { _ in Feed<Dated>(on: lane, instant: \.at) }
      let outlet = Outlet<Dated>()
      Inlet(outlet, on: lane).each { log.add($0.value) }
      for feed in feeds { feed.send(to: outlet) }
      feeds[0].send(contentsOf: [Dated(10, 1), Dated(20, 4), Dated(30, 5)])
      feeds[1].send(contentsOf: [Dated(10, 2), Dated(10, 3)])
      lane.advance(to: .ms(99))
    }
    expectNoDifference(log.entries, [1, 2, 3, 4, 5])
  }

  @Test func `a timer that an event arms comes before later events of the same edge`() {
    let log = Log<String>()
    world.perform(on: lane) {
      let (feed, outlet) = (Feed<Dated>(on: lane, instant: \.at), Outlet<Dated>())
      let inlet = Inlet(outlet, on: lane)
      let tap = Tap(inlet, inlet.node, on: lane)
      tap.absence(asOneOf: .milliseconds(3)).upstream
        .each { log.add("\($0.phase) at \(lane.now.milliseconds)") }
      Inlet(outlet, on: lane).each { log.add("\($0.value) at \(lane.now.milliseconds)") }
      feed.send(to: outlet)
      feed.send(contentsOf: [Dated(1, 1), Dated(4, 2), Dated(9, 3)])
      lane.advance(to: .ms(10))
    }
    expectNoDifference(
      log.entries,
      [
        "1 at 1", "firing at 4", "2 at 4", "resolved at 4", "firing at 7", "3 at 9",
        "resolved at 9",
      ]
    )
  }

  @Test func `what a timer sends through another edge comes before later events and timers`() {
    let log = Log<String>()
    world.perform(on: lane) {
      let (feed, outlet) = (Feed<Dated>(on: lane, instant: \.at), Outlet<Dated>())
      let found = Outlet<Int>()
      let inlet = Inlet(outlet, on: lane)
      Tap(inlet, inlet.node, on: lane)
        .filter { value in
          log.add("\(value.value) at \(lane.now.milliseconds)")
          return true
        }
        .debounce(asOne: .milliseconds(3))
        .filter { value in
          found.send(value.value)
          return true
        }
        .debounce(asOne: .milliseconds(1)).upstream
        .each { log.add("later \($0.value) at \(lane.now.milliseconds)") }
      Inlet(found, on: lane).each { log.add("found \($0) at \(lane.now.milliseconds)") }
      feed.send(to: outlet)
      feed.send(contentsOf: [Dated(1, 1), Dated(2, 2), Dated(9, 3), Dated(11, 4)])
      lane.advance(to: .ms(10))
      expectNoDifference(
        log.entries,
        ["1 at 1", "2 at 2", "found 2 at 5", "later 2 at 6", "3 at 9"]
      )
      lane.advance(to: .ms(99))
    }
    expectNoDifference(log.entries.suffix(3), ["4 at 11", "found 4 at 14", "later 4 at 15"])
  }

  @Test func `a lane moves with its watermark, and not back to one behind what a feed gave`() {
    let log = Log<Int>()
    world.perform(on: lane) {
      let (dated, plain) = (Feed<Dated>(on: lane, instant: \.at), Feed<Int>(on: lane))
      dated.each { _ in log.add(lane.now.milliseconds) }
      plain.each { _ in log.add(lane.now.milliseconds) }
      lane.advance(to: .ms(5))
      plain.send(0)
      dated.send(Dated(60, 0))
      lane.advance(to: .ms(55))
      plain.send(0)
      lane.advance(to: .ms(70))
      plain.send(0)
    }
    expectNoDifference(log.entries, [5, 60, 60, 70])
  }

  /// The instants of what a join of two feeds gives, when time is earlier at its end.
  private func instants<Output>(
    _ join: ([Erased<Dated>], Lane) -> Erased<Output>
  ) -> [Int] {
    let probe = Probe<Output>(on: lane) { "\($0)" }
    world.perform(on: lane) {
      let feeds = (0..<3).map { _ in Feed<Dated>(on: lane, instant: \.at) }
      join(feeds.prefix(2).map { $0.erased() }, lane).receive(subscriber: probe)
      feeds[2].each { _ in }
      feeds[0].send(Dated(10, 1))
      feeds[1].send(Dated(11, 2))
      feeds[2].send(Dated(3, 3))
      for feed in feeds { feed.finish() }
    }
    #expect(probe.isOver)
    return probe.happened.map(\.instant.milliseconds)
  }

  @Test func `the end of a join does not come before its values`() {
    expectNoDifference(instants { Merged($0, on: $1).erased() }, [10, 11, 11])
    expectNoDifference(instants { CombinedLatest2($0[0], $0[1], on: $1).erased() }, [11, 11])
  }

  @Test func `a source does not go back, and one that has finished does not come back`() {
    world.perform(on: lane) {
      let sources = (0..<2).map { _ in lane.addSource() }
      sources[0].reached(.ms(20))
      sources[0].reached(.ms(5))
      sources[1].reached(.ms(10))
      #expect(lane.now == .ms(10))
      sources[1].finish()
      sources[1].reached(.ms(7))
      sources[0].reached(.ms(30))
      #expect(lane.now == .ms(30))
    }
  }

  @Test func `late events stay counted when their feed has ended`() {
    world.perform(on: lane) {
      let feed = Feed<Dated>(on: lane, instant: \.at)
      feed.each { _ in }
      feed.send(contentsOf: [Dated(5, 0), Dated(3, 1), Dated(4, 2)])
      feed.finish()
      #expect(feed.lateCount == 2)
    }
  }
}
