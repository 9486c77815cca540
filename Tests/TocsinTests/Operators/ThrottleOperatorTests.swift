import CustomDump
import Testing
import TocsinTesting

@testable import Tocsin

@Suite struct ThrottleOperatorTests {
  @Test func `throttle lets so many through and counts the rest`() throws {
    let run = try rehearse("a . b . c . d . e . . . . f . |") {
      $0.throttle(asOne: 1, per: .seconds(4))
    }
    run.expect(marbles: "a . . . c . . . e . . . . f . |")
    expectNoDifference(try run.books(of: "throttle").dropped, [.throttled: 2])
    try rehearse("a . b c . . . . . d e |") {
      $0.throttle(asOne: 1, per: .seconds(4), trailing: true)
    }
    .expect(marbles: "a . . . c . . . . d . (e |)")
  }

  @Test func `throttle treats every key by itself`() throws {
    try rehearse("a B A b . a B . |", of: Item.self) {
      $0.throttle(per: .seconds(4))
    }
    .expect(marbles: "a B . . . a B . |")
  }

  @Test func `a cancelled throttle leaves nothing behind`() throws {
    try rehearse("a a (b !) . . . |") {
      $0.throttle(asOne: 1, per: .seconds(4), trailing: true)
    }
    .expect(marbles: "a")
  }

  @Test func `alerts of all keys share a limit and lose no episode`() throws {
    let run = try rehearse("w W r . . W . . c . |", of: MarkedAlert.self) {
      $0.throttle(asOne: 1, per: .seconds(4))
    }
    run.expect(marbles: "w . ir . W . . . c . |")
    expectNoDifference(try run.books(of: "throttle").made, 1)
  }

  @Test func `operators do what their rules do`() {
    expectTwins(input: { Int.random(in: 0..<4, using: &$0) }) { random, long, _ in
      let (count, trailing) = (random.pick([1, 2]), random.pick([true, false]))
      return (
        Throttle<Int>(count, per: long, trailing: trailing),
        { $0[0].throttle(asOne: count, per: long, trailing: trailing) }
      )
    }
    expectTwins(input: { $0.keyedAlert() }) { random, long, _ in
      let (count, trailing) = (random.pick([1, 2]), random.pick([true, false]))
      return (
        ThrottleOfEpisodes<KeyedAlert>(count, per: long, trailing: trailing),
        { $0[0].throttle(asOne: count, per: long, trailing: trailing) }
      )
    }
    expectTwins(input: { $0.keyedAlert() }) { random, long, _ in
      let (count, trailing) = (random.pick([1, 2]), random.pick([true, false]))
      return (
        ByEventKey(Throttle<KeyedAlert>(count, per: long, trailing: trailing)),
        { $0[0].throttle(count, per: long, trailing: trailing) }
      )
    }
  }

  @Test func `each key gives the same as alone`() {
    for trailing in [true, false] {
      expectKeysAlone(input: { $0.keyedAlert() }) {
        $0[0].throttle(per: .nanoseconds(9), trailing: trailing)
      }
      expectKeysAlone(input: { $0.numberOfKey() }) {
        $0[0].throttle(2, per: .nanoseconds(9), trailing: trailing)
      }
    }
  }
}
