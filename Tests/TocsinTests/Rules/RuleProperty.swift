import CustomDump
import Testing

@testable import Tocsin

/// Runs a rule at both paces and checks the books, the protocol and the lines a model expects.
func expectRun<R: TimedRule>(
  of rule: R,
  _ moments: [(Int64, R.Input)],
  until end: Int64,
  gives lines: [String],
  seed: UInt64
) {
  for pace in RuleRun<R>.Pace.allCases {
    let run = RuleRun.over(rule, moments, until: end, pace: pace)
    expectNoDifference(run.breaches, [], "seed \(seed), \(pace)")
    expectNoDifference(run.lines, lines, "seed \(seed), \(pace)")
  }
}

/// Checks that a rule that is written out and read back on the way goes on as if nothing was.
func expectRestorable<R: TimedRule & Codable>(
  _ rule: R,
  _ moments: [(Int64, R.Input)],
  until end: Int64,
  seed: UInt64
) throws {
  let whole = RuleRun.over(rule, moments, until: end)
  let stops = Set(stride(from: Int(seed % 7), to: moments.count, by: 7))
  let restored = try RuleRun.restored(rule, moments, until: end, stops: stops)
  expectNoDifference(restored.lines, whole.lines, "seed \(seed)")
  expectNoDifference(restored.ledger, whole.ledger, "seed \(seed)")
}

/// A model that looks at a rule's question once in every nanosecond: first at what the clock alone
/// brings about, then at the inputs of that nanosecond in their order.
func polled<Input>(
  _ moments: [(Int64, Input)],
  until end: Int64,
  tick: (Int64) -> Void,
  input: (Int64, Input) -> Void
) {
  var rest = moments[...]
  guard let start = rest.first?.0 else { return }
  for time in start...end {
    tick(time)
    while let (at, value) = rest.first, at == time {
      input(time, value)
      rest.removeFirst()
    }
  }
}
