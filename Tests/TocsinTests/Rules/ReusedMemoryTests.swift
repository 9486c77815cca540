import CustomDump
import Testing

@testable import Tocsin

/// Some rules use the memory of a list again that they gave away. Nobody who still has it may notice.
@Suite struct ReusedMemoryTests {
  /// Gives all that a rule lets go of to `take`.
  func drive<R: TimedRule>(_ rule: R, _ moments: [(Int64, R.Input)], _ take: (R.Output) -> Void) {
    var rule = rule
    var end = Instant.epoch
    for (time, value) in moments {
      end = Instant(nanoseconds: time)
      while let due = rule.expire(at: end) { take(due.output) }
      if let output = rule.receive(value, at: end).output { take(output) }
    }
    while let due = rule.finish(at: end) { take(due.output) }
  }

  /// What was given stays as it was when it was given, whether it is kept always, never or sometimes.
  func expectLasting<R: TimedRule>(
    _ rule: R,
    _ moments: [(Int64, R.Input)],
    _ random: inout RuleRandom,
    seed: UInt64
  ) where R.Output: Equatable & RuleText {
    var (lines, kept): ([String], [(String, R.Output)]) = ([], [])
    drive(rule, moments) { output in
      lines.append(output.text)
      if random.pick([true, false]) { kept.append((output.text, output)) }
      if random.pick([true, false, false]) { kept = [] }
      for (line, output) in kept { expectNoDifference(output.text, line, "seed \(seed)") }
    }
    var all: [R.Output] = []
    drive(rule, moments) { all.append($0) }
    expectNoDifference(all.map(\.text), lines, "seed \(seed)")
  }

  @Test func `a set stays as it was given`() {
    for seed in 0..<200 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(50, around: [4, 9]) { $0.numberOfKey() }
      let rule = Coalesce<NumberOfKey>(
        every: .nanoseconds(4),
        expiry: .nanoseconds(9),
        limit: random.pick([1, 2, 99])
      )
      expectLasting(rule, moments, &random, seed: seed)
    }
  }

  @Test func `a message stays as it was given`() {
    for seed in 0..<200 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(50, around: [9]) { $0.alert() }
      let rule = Rollup<RuleAlert>(1, per: .nanoseconds(9), sample: random.pick([1, 2, 3, 9]))
      expectLasting(rule, moments, &random, seed: seed)
    }
  }

  @Test func `a copy of a rule goes its own way`() {
    var rule = Coalesce<NumberOfKey>(every: .zero, expiry: .seconds(1))
    _ = rule.receive(NumberOfKey(key: 1, number: 1), at: .epoch)
    var other = rule
    let set = other.receive(NumberOfKey(key: 1, number: 2), at: .epoch).output
    let twin = rule.receive(NumberOfKey(key: 1, number: 3), at: .epoch).output
    expectNoDifference(set?.content.map(\.number), [2])
    expectNoDifference(twin?.content.map(\.number), [3])
  }

  @Test func `the sample is what a list of all would keep`() {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let values = (0..<Int.random(in: 1...9, using: &random)).map { $0 }
      var summary = GrowingSummary(values[0], nil, at: .epoch)
      var (model, list) = ([values[0]], random.pick([[], [7, 7]]))
      for value in values.dropFirst() {
        let limit = random.pick([1, 2, 4, 4, .max])
        if model.count < limit { model.append(value) }
        summary.add(value, nil, atMost: limit, &list)
        let sample = summary.message(until: .epoch, list).sample
        expectNoDifference(sample, model, "seed \(seed)")
      }
      let message = summary.message(until: .epoch, list)
      expectNoDifference(message.last, values.last)
      expectNoDifference(message.count, values.count)
    }
  }
}
