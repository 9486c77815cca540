import CustomDump
import Testing

@testable import Tocsin

@Suite struct ThrottleOperatorTests {
  @Test func `throttle lets so many through and counts the rest`() {
    let bench = expectMarbles("a-b-c-d-e----f-|", as: letter, gives: "a---c---e----f-|") {
      $0[0].throttle(asOne: 1, per: .seconds(4))
    }
    expectNoDifference(bench.node("throttle")?.dropsByReason, [.throttled: 2])
    expectMarbles("a-bc-----de|", as: letter, gives: "a---c----d-(e|)") {
      $0[0].throttle(asOne: 1, per: .seconds(4), trailing: true)
    }
  }

  @Test func `throttle treats every key by itself`() {
    expectMarbles("aBAb-aB-|", as: Item.init, gives: "aB---aB-|") {
      $0[0].throttle(per: .seconds(4))
    }
  }

  @Test func `a cancelled throttle leaves nothing behind`() {
    expectMarbles("aab---|", as: letter, cancelAfter: 2, gives: "a------") {
      $0[0].throttle(asOne: 1, per: .seconds(4), trailing: true)
    }
  }

  @Test func `alerts of all keys share a limit and lose no episode`() {
    let bench = expectMarbles("wWr--W--c-|", as: MarkedAlert.init, gives: "w-<ir>-W---c-|") {
      $0[0].throttle(asOne: 1, per: .seconds(4))
    }
    expectNoDifference(bench.node("throttle")?.made, 1)
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
