import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct FeedTests {
  let world = Timeline.virtual()
  let lane: Lane

  init() { lane = world.lane("test") }

  @Test func `a stock chain receives what a feed sends, until it is cancelled`() {
    world.perform(on: lane) {
      let log = Log<Int>()
      let feed = Feed<Int>(on: lane)
      let bag = feed.map { $0 * 2 }.filter { $0 > 2 }.sink { log.add($0) }
      feed.send(1)
      feed.send(contentsOf: [2, 3])
      bag.cancel()
      feed.send(4)
      expectNoDifference(log.entries, [4, 6])
      expectNoDifference(feed.node.dropsByReason, [.noSubscriber: 1])
    }
  }

  @Test
  func `a demand of 5, then 3, then everything is given exactly, the rest dropped and counted`() {
    world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      let asker = Asker<Int>(.max(5))
      feed.receive(subscriber: asker)
      feed.send(contentsOf: Array(0..<8))
      expectNoDifference(asker.values, [0, 1, 2, 3, 4])
      asker.ask(.max(3))
      for number in 8..<13 { feed.send(number) }
      expectNoDifference(asker.values, [0, 1, 2, 3, 4, 8, 9, 10])
      asker.ask(.unlimited)
      feed.send(contentsOf: Array(13..<300))
      expectNoDifference(asker.values, [0, 1, 2, 3, 4, 8, 9, 10] + Array(13..<300))
      expectNoDifference(feed.node.dropsByReason, [.noDemand: 5])
      #expect(feed.node.received == 300 && feed.node.passed == 295)
      #expect(feed.node.isBalanced && feed.node.held == 0)
    }
  }

  @Test func `demand that a subscriber gives back while it receives counts in the same span`() {
    world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      let asker = Asker<Int>(.max(1))
      asker.onValue = { $0 < 3 ? .max(1) : .none }
      feed.receive(subscriber: asker)
      feed.send(contentsOf: Array(0..<10))
      expectNoDifference(asker.values, [0, 1, 2, 3])
    }
  }

  @Test(arguments: [1, 2, 3]) func `a cancel inside a span of 256 stops at once`(subscribers: Int) {
    world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      let askers = (0..<subscribers).map { _ in Asker<Int>(.unlimited) }
      for asker in askers { feed.receive(subscriber: asker) }
      askers[0].onValue = { [unowned asker = askers[0]] in
        if $0 == 3 { asker.cancel() }
        return .none
      }
      feed.send(contentsOf: Array(0..<256))
      expectNoDifference(askers[0].values, [0, 1, 2, 3])
      for other in askers.dropFirst() { expectNoDifference(other.values, Array(0..<256)) }
      feed.send(256)
      #expect(askers[0].values.count == 4)
    }
  }

  @Test func `a subscriber that another one cancels in flight gets nothing more`() {
    world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      let first = Asker<Int>(.unlimited)
      let second = Asker<Int>(.unlimited)
      first.onValue = { _ in
        second.cancel()
        return .none
      }
      feed.receive(subscriber: first)
      feed.receive(subscriber: second)
      feed.send(contentsOf: [1, 2])
      expectNoDifference(first.values, [1, 2])
      expectNoDifference(second.values, [])
    }
  }

  @Test func `what is sent from within a delivery is queued behind the span`() {
    world.perform(on: lane) {
      let log = Log<Int>()
      let feed = Feed<Int>(on: lane)
      feed.each { [unowned feed] in
        log.add($0)
        if $0 < 10 { feed.send($0 * 10) }
      }
      feed.send(contentsOf: [1, 2, 3])
      expectNoDifference(log.entries, [1, 2, 3, 10, 20, 30])
      #expect(feed.node.received == 6 && feed.node.passed == 6)
    }
  }

  @Test func `a hundred thousand re-entrant sends neither recurse nor lose anything`() {
    world.perform(on: lane) {
      let log = Log<Int>()
      let feed = Feed<Int>(on: lane)
      feed.each { [unowned feed] in
        log.add($0)
        if $0 < 100_000 { feed.send($0 + 1) }
      }
      feed.send(0)
      #expect(log.entries == Array(0...100_000))
    }
  }

  @Test func `subscribers receive in the order in which they subscribed`() {
    world.perform(on: lane) {
      let log = Log<String>()
      let feed = Feed<Int>(on: lane)
      for name in ["a", "b", "c"] { feed.each { log.add("\(name)\($0)") } }
      feed.send(1)
      feed.send(contentsOf: [2, 3])
      expectNoDifference(log.entries, ["a1", "b1", "c1", "a2", "a3", "b2", "b3", "c2", "c3"])
    }
  }

  @Test func `finish completes once, and later events are dropped and counted`() {
    world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      let asker = Asker<Int>(.unlimited)
      feed.receive(subscriber: asker)
      feed.send(1)
      feed.finish()
      feed.finish()
      feed.send(contentsOf: [2, 3])
      expectNoDifference(asker.values, [1])
      #expect(asker.completions == 1)
      expectNoDifference(feed.node.dropsByReason, [.noSubscriber: 2])
      let late = Asker<Int>(.unlimited)
      feed.receive(subscriber: late)
      #expect(late.completions == 1)
    }
  }

  @Test func `a finish from within a delivery completes behind the span and what was queued`() {
    world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      let asker = Asker<Int>(.unlimited)
      let log = Log<Int>()
      feed.receive(subscriber: asker)
      asker.onValue = { [unowned feed, unowned asker] in
        log.add(asker.completions)
        if $0 == 1 {
          feed.send(100)
          feed.finish()
          feed.send(101)
        }
        return .none
      }
      feed.send(contentsOf: [0, 1, 2, 3])
      expectNoDifference(asker.values, [0, 1, 2, 3, 100])
      expectNoDifference(log.entries, [0, 0, 0, 0, 0])
      #expect(asker.completions == 1)
      expectNoDifference(feed.node.dropsByReason, [.noSubscriber: 1])
      #expect(feed.node.isBalanced && feed.node.held == 0)
    }
  }

  @Test func `cancelling after the feed has finished or gone is safe`() {
    world.perform(on: lane) {
      let asker = Asker<Int>(.unlimited)
      let other = Asker<Int>(.unlimited)
      do {
        let feed = Feed<Int>(on: lane)
        feed.receive(subscriber: asker)
        feed.finish()
        let gone = Feed<Int>(on: lane)
        gone.receive(subscriber: other)
      }
      asker.cancel()
      other.cancel()
      #expect(asker.completions == 1 && other.completions == 0)
    }
  }

  @Test(arguments: [1, 7, 256]) func `objects in spans are released when all is delivered`(
    size: Int
  ) {
    let census = Payload.Census()
    world.perform(on: lane) {
      let feed = Feed<Payload>(on: lane)
      let log = Log<Int>()
      feed.each { [unowned feed] in
        log.add($0.number)
        if $0.number % 100 == 0 && $0.number > 0 { feed.send(Payload(-1, in: census)) }
      }
      for start in stride(from: 0, to: 1_024, by: size) {
        feed.send(contentsOf: (start..<min(1_024, start + size)).map { Payload($0, in: census) })
      }
      #expect(log.entries.filter { $0 >= 0 } == Array(0..<1_024))
      #expect(log.entries.count == 1_034)
    }
    #expect(census.alive == 0)
  }

  @Test func `a chain goes with its feed`() {
    let census = Payload.Census()
    world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      let payload = Payload(1, in: census)
      let wire = feed.each { _ in _ = payload.number }
      feed.send(1)
      #expect(census.alive == 1)
      _ = wire
    }
    #expect(census.alive == 0)
  }
}
