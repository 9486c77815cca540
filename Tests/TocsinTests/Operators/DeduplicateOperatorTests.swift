import CustomDump
import Testing

@testable import Tocsin

@Suite struct DeduplicateOperatorTests {
  @Test func `drops duplicates and counts them`() {
    let bench = expectMarbles("a-b-a-a-a-b-a-|", as: letter, gives: "a-b---a---b-a-|") {
      $0[0].deduplicate(asOneWithin: .seconds(6))
    }
    expectNoDifference(bench.node("deduplicate")?.dropsByReason, [.duplicate: 2])
  }

  @Test func `the keyed form treats every key by itself`() {
    expectMarbles("aAbBAa--bA-|", as: Item.init, gives: "a-b-----bA-|") {
      $0[0].deduplicate(by: \.key, within: .seconds(6))
    }
    expectMarbles("aAbBAa-|", as: Item.init, gives: "aAbB---|") {
      $0[0].deduplicate(within: .seconds(6))
    }
  }

  @Test func `operators do what their rules do`() {
    expectTwins(keeps: false, input: { Int.random(in: 0..<4, using: &$0) }) { _, long, _ in
      let rule = Untimed(Deduplicate<Int, Int>(within: long, limit: 2))
      return (rule, { $0[0].deduplicate(asOneWithin: long, limit: 2) })
    }
    expectTwins(input: { $0.keyedAlert() }) { _, long, _ in
      let rule = Untimed(Deduplicate<KeyedAlert, Int>(within: long, limit: 2) { $0.key })
      return (ByEventKey(rule), { $0[0].deduplicate(by: \.key, within: long, limit: 2) })
    }
  }

  @Test func `each key gives the same as alone`() {
    expectKeysAlone(input: { $0.numberOfKey() }) {
      $0[0].deduplicate(within: .nanoseconds(9), limit: 2)
    }
  }
}
