import CustomDump
import Testing
import TocsinTesting

@testable import Tocsin

@Suite struct DeduplicateOperatorTests {
  @Test func `drops duplicates and counts them`() throws {
    let run = try rehearse("a . b . a . a . a . b . a . |") {
      $0.deduplicate(asOneWithin: .seconds(6))
    }
    run.expect(marbles: "a . b . . . a . . . b . a . |")
    expectNoDifference(try run.books(of: "deduplicate").dropped, [.duplicate: 2])
  }

  @Test func `the keyed form treats every key by itself`() throws {
    try rehearse("a A b B A a . . b A . |", of: Item.self) {
      $0.deduplicate(by: \.key, within: .seconds(6))
    }
    .expect(marbles: "a . b . . . . . b A . |")
    try rehearse("a A b B A a . |", of: Item.self) {
      $0.deduplicate(within: .seconds(6))
    }
    .expect(marbles: "a A b B . . . |")
  }

  @Test func `operators do what their rules do`() {
    expectTwins(keeps: false, input: { Int.random(in: 0..<4, using: &$0) }) { _, long, _ in
      let rule = Untimed(Deduplicate<Int, Int>(within: long, limit: 2))
      return (rule, { $0[0].deduplicate(asOneWithin: long, limit: 2) })
    }
    expectTwins(input: { $0.keyedAlert() }) { _, long, _ in
      let rule = Untimed(Deduplicate<KeyedAlert, Severity>(within: long, limit: 2) { $0.severity })
      return (ByEventKey(rule), { $0[0].deduplicate(by: \.severity, within: long, limit: 2) })
    }
  }

  @Test func `each key gives the same as alone`() {
    expectKeysAlone(input: { $0.numberOfKey() }) {
      $0[0].deduplicate(within: .nanoseconds(9), limit: 2)
    }
  }
}
