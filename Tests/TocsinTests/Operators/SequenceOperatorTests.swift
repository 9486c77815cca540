import CustomDump
import OpenCombine
import Testing
import TocsinTesting

@testable import Tocsin

@Suite struct SequenceOperatorTests {
  static let opens: @Sendable (String) -> Bool = SequenceTests.opens
  static let follows: @Sendable (String) -> Bool = SequenceTests.follows

  @Test func `operators do what their rules do`() {
    for seed in 0..<250 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let limit = Int64.random(in: 0...9, using: &random)
      let time = Duration.nanoseconds(limit)
      let moments = random.moments(30, around: [limit]) { $0.pick(["a", "a", "b", "b", "c", "x"]) }
      let end = moments[29].0 + random.pick([0, 1, 30])
      let pairs = FollowedBy<String>(first: Self.opens, then: Self.follows, within: time)
      RuleTwin(rule: Untimed(pairs), moments: moments, end: end, seed: seed, keeps: false)
        .expectSame { $0[0].sequence(asOneFirst: Self.opens, then: Self.follows, within: time) }
      let signals = NotFollowed<String>(first: Self.opens, by: Self.follows, within: time)
      RuleTwin(rule: signals, moments: moments, end: end, seed: seed)
        .expectSame { $0[0].notFollowed(asOneFirst: Self.opens, by: Self.follows, within: time) }
    }
  }

  @Test func `each key alone is treated as if the others were not there`() {
    let opens: @Sendable (KeyedReading) -> Bool = { $0.number >= 6 }
    let follows: @Sendable (KeyedReading) -> Bool = { $0.number <= 2 }
    expectKeysApart { tap in
      tap.sequence(first: opens, then: follows, within: .nanoseconds(20))
        .map(to: KeyedText.self) { KeyedText($0.key, "\($0.took)") }
    }
    expectKeysApart { tap in
      tap.notFollowed(first: opens, by: follows, within: .nanoseconds(7))
        .map(to: KeyedText.self) {
          KeyedText($0.key, "\($0.phase) \($0.value.number) \($0.since.nanoseconds)")
        }
    }
  }

  @Test func `sequence draws its picture`() throws {
    try rehearse("a . b . . . a . . . b . b . a . a b . |") {
      $0.sequence(asOneFirst: Self.opens, then: Self.follows, within: .seconds(4))
        .map(to: String.self) { _ in "x" }
    }
    .expect(marbles: ". . x 14s x . |")
  }

  @Test func `not followed draws its picture`() throws {
    try rehearse("a . b . . . a . . . . . b . . . a . a . . . . |") {
      $0.notFollowed(asOneFirst: Self.opens, by: Self.follows, within: .seconds(4))
    }
    .marks.expect(marbles: "10s F . R . . . . . . . F . . |")
  }

  @Test func `every order is on its own`() throws {
    try rehearse("A B . a . . . . . . . b |", of: Item.self) {
      $0.notFollowed(first: { $0.isUpper }, by: { !$0.isUpper }, within: .seconds(4))
    }
    .marks.expect(marbles: ". . . . . F . . . . . R |")
  }

  @Test func `a cancelled chain sends nothing and leaves no timer`() throws {
    try rehearse("a . !") {
      $0.notFollowed(asOneFirst: Self.opens, by: Self.follows, within: .seconds(4))
    }
    .marks.expect(marbles: ".")
  }
}
