import CustomDump
import OpenCombine
import Testing
import TocsinTesting

@testable import Tocsin

/// Hysteresis and the rate of change as operators.
@Suite struct LevelOperatorTests {
  @Test func `hysteresis does what its rule does`() {
    for seed in 0..<250 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let wait = Int64.random(in: 0...9, using: &random)
      let moments = random.moments(30, around: [wait]) { Int.random(in: 0...9, using: &$0) }
      let number: @Sendable (Int) -> Double = { Double($0) }
      let rule = Hysteresis<Int>(.above(6, leave: 3), for: .nanoseconds(wait), number)
      let end = moments[29].0 + random.pick([0, 1, 30])
      RuleTwin(rule: rule, moments: moments, end: end, seed: seed).expectSame {
        $0[0].hysteresis(asOne: .above(6, leave: 3), for: .nanoseconds(wait), number)
      }
    }
  }

  @Test func `the rate of change does what its rule does`() {
    for seed in 0..<250 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let span: Duration? = random.pick([nil, .nanoseconds(5)])
      let moments = random.moments(30, around: [5]) { Int.random(in: 0...9, using: &$0) }
      let number: @Sendable (Int) -> Double = { Double($0) }
      let rule = RateOfChange<Int>(per: .nanoseconds(1), over: span, number)
      let end = moments[29].0 + 1
      RuleTwin(rule: Untimed(rule), moments: moments, end: end, seed: seed, keeps: false)
        .expectSame { $0[0].rateOfChange(asOnePer: .nanoseconds(1), over: span, number) }
    }
  }

  @Test func `each key alone is treated as if the others were not there`() {
    expectKeysApart { tap in
      tap.hysteresis(.above(6, leave: 3), for: .nanoseconds(4)) { $0.number }
        .map(to: KeyedText.self) {
          KeyedText($0.key, "\($0.phase) \($0.value.number) \($0.since.nanoseconds)")
        }
    }
    expectKeysApart { tap in
      tap.rateOfChange(per: .nanoseconds(1), over: .nanoseconds(7)) { $0.number }
        .map(to: KeyedText.self) { KeyedText($0.key, "\($0.rate)") }
    }
    expectKeysApart { tap in
      tap.rateOfChange { $0.number }.map(to: KeyedText.self) { KeyedText($0.key, "\($0.rate)") }
    }
  }

  @Test func `hysteresis draws its picture`() throws {
    try rehearse("1 . 5 . 4 . 3 . 5 . 6 . 2 . . . |", of: Int.self) {
      $0.hysteresis(asOne: .above(5, leave: 3)) { Double($0) }
    }
    .marks.expect(marbles: ". . F . . . . . . . . . R . . . |")
    try rehearse("1 . 5 . 4 . 3 . 5 . 6 . 2 . . . |", of: Int.self) {
      $0.hysteresis(asOne: .above(5, leave: 3), for: .seconds(3)) { Double($0) }
    }
    .marks.expect(marbles: "11s F R . . . |")
  }

  @Test func `the rate of change draws its picture`() throws {
    try rehearse("1 . 3 . 3 . . . . . 9 . |", of: Int.self) {
      $0.rateOfChange(asOnePer: .seconds(1)) { Double($0) }.map(to: Int.self) { Int($0.rate) }
    }
    .expect(marbles: ". . 1 . 0 . . . . . 1 . |")
  }
}
