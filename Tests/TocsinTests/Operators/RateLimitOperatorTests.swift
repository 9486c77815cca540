import CustomDump
import Testing
import TocsinTesting

@testable import Tocsin

@Suite struct RateLimitOperatorTests {
  @Test func `rate limit drops what finds no token and counts it`() throws {
    let run = try rehearse("a b c d . . . . . e . f . |") {
      $0.rateLimit(asOne: 1, per: .seconds(3), burst: 2)
    }
    run.expect(marbles: "a b . d . . . . . e . f . |")
    expectNoDifference(try run.books(of: "rateLimit").dropped, [.rateLimited: 1])
  }

  @Test func `rate limit with a queue lets what waits through in order`() throws {
    try rehearse("a b c d . . . . . e . f . |") {
      $0.rateLimit(asOne: 1, per: .seconds(3), burst: 2, .queue(limit: 9))
    }
    .expect(marbles: "a b . c . . d . . e . . f |")
  }

  @Test func `rate limit treats every key by itself`() throws {
    try rehearse("a B A b . a B . |", of: Item.self) {
      $0.rateLimit(1, per: .seconds(5))
    }
    .expect(marbles: "a B . . . a B . |")
  }

  @Test func `at the end all that waits of every key goes on`() throws {
    let run = try rehearse("(a b A B a) . |", of: Item.self) {
      $0.rateLimit(1, per: .seconds(9), .queue(limit: 9))
    }
    run.expect(marbles: "(a b) . (A a B |)")
    expectNoDifference(try run.books(of: "rateLimit").held, 0)
  }

  @Test func `a cancelled rate limit leaves nothing behind`() throws {
    try rehearse("a a a a (a !) . |") {
      $0.rateLimit(asOne: 1, per: .seconds(3), .queue(limit: 9))
    }
    .expect(marbles: "a . . a")
  }

  @Test func `operators do what their rules do`() {
    expectTwins(input: { Int.random(in: 0..<4, using: &$0) }) { random, long, _ in
      let (rate, shortage) = (random.pick([1, 3]), random.pick([Shortage.drop, .queue(limit: 2)]))
      return (
        RateLimit<Int>(rate, per: long, burst: 2, shortage),
        { $0[0].rateLimit(asOne: rate, per: long, burst: 2, shortage) }
      )
    }
    expectTwins(input: { $0.keyedAlert() }) { random, long, _ in
      let shortage = random.pick([Shortage.drop, .queue(limit: 2)])
      return (
        RateLimitOfEpisodes<KeyedAlert>(1, per: long, burst: 2, shortage),
        { $0[0].rateLimit(asOne: 1, per: long, burst: 2, shortage) }
      )
    }
    expectTwins(input: { $0.keyedAlert() }) { random, long, _ in
      let shortage = random.pick([Shortage.drop, .queue(limit: 2)])
      return (
        ByEventKey(RateLimit<KeyedAlert>(1, per: long, burst: 2, shortage)),
        { $0[0].rateLimit(1, per: long, burst: 2, shortage) }
      )
    }
  }

  @Test func `each key gives the same as alone`() {
    for shortage in [Shortage.drop, .queue(limit: 2)] {
      expectKeysAlone(input: { $0.keyedAlert() }) {
        $0[0].rateLimit(1, per: .nanoseconds(9), shortage)
      }
      expectKeysAlone(input: { $0.numberOfKey() }) {
        $0[0].rateLimit(2, per: .nanoseconds(9), burst: 2, shortage)
      }
    }
  }

  @Test func `a key that is forgotten and comes back has no more than its bucket`() {
    let bench = Bench<Item, Item> { $0[0].rateLimit(1, per: .seconds(7200), burst: 2) }
    for second in [0, 1, 2, 3_700, 7_199, 7_200, 14_399, 14_400] {
      bench.at(second: second) { bench.feeds[0].send(Item("a")) }
    }
    let seconds = bench.probe.happened.map { $0.instant.milliseconds / 1000 }
    expectNoDifference(seconds, [0, 1, 7_200, 14_400])
  }
}
