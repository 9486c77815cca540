import CustomDump
import OpenCombine
import Testing
import TocsinTesting

@testable import Tocsin

extension MarkedAlert: Resolvable {
  mutating func resolve() { phase = .resolved }
}

/// What makes alerts less severe, or closes them, as operators.
@Suite struct EasingOperatorTests {
  func twin<R: TimedRule, Chain: FlowPublisher>(
    _ rule: (Duration) -> R,
    _ build: (Tap<Feed<RuleAlert>>, Duration) -> Tap<Chain>
  ) where R.Input == RuleAlert {
    for seed in 0..<250 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let length = Int64.random(in: 1...12, using: &random)
      let duration = Duration.nanoseconds(length)
      let moments = random.moments(30, around: [length]) { $0.alert() }
      let end = moments[29].0 + random.pick([0, 1, 30])
      RuleTwin(rule: rule(duration), moments: moments, end: end, seed: seed)
        .expectSame { build($0[0], duration) }
    }
  }

  @Test func `deescalate does what its rule does`() {
    twin({ Deescalate<RuleAlert>($0, to: .warning) }) { $0.deescalate(after: $1, to: .warning) }
  }

  @Test func `resolve does what its rule does`() {
    twin({ ResolveAfterSilence<RuleAlert>($0) }) { $0.resolve(after: $1) }
  }

  @Test func `deescalate draws its picture, each key by itself`() throws {
    try rehearse("e . e . . . . . e . r . . |", of: MarkedAlert.self) {
      $0.deescalate(after: .seconds(5), to: .warning)
    }
    .expect(marbles: "e . e . . w . . w . er . . |")
    try rehearse("e . . E . . . . . . . . |", of: MarkedAlert.self) {
      $0.deescalate(after: .seconds(5), to: .warning)
    }
    .expect(marbles: "e . . E . w . . W . . . |")
  }

  @Test func `resolve draws its picture, each key by itself`() throws {
    let run = try rehearse("w . w . w . . . . . . . . w . r . |", of: MarkedAlert.self) {
      $0.resolve(after: .seconds(4))
    }
    run.expect(marbles: "w . w . w . . . wr . . . . w . ir . |")
    expectNoDifference(try run.books(of: "resolve").made, 1)
    try rehearse("w . W w . . . . . . . . |", of: MarkedAlert.self) {
      $0.resolve(after: .seconds(4))
    }
    .expect(marbles: "w . W w . . Wr wr . . . . |")
  }

  @Test func `cancelled chains send nothing and leave no timer`() throws {
    try rehearse("e . . !", of: MarkedAlert.self) {
      $0.deescalate(after: .seconds(5), to: .warning)
    }
    .expect(marbles: "e")
    try rehearse("e . . !", of: MarkedAlert.self) {
      $0.resolve(after: .seconds(5))
    }
    .expect(marbles: "e")
  }
}
