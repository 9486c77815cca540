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

  @Test(arguments: [1, 2, 3, 9, 99])
  func `a message stays as it was given`(sample: Int) {
    for seed in 0..<100 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(50, around: [9]) { $0.alert() }
      let window = Duration.nanoseconds(random.pick([9, 90]))
      expectLasting(Rollup(1, per: window, sample: sample), moments, &random, seed: seed)
      let texts = moments.map { ($0.0, $0.1.description) }
      expectLasting(Rollup(1, per: window, sample: sample), texts, &random, seed: seed)
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

  /// What a window of many values is told as, and whether it is so when the rule was saved in between.
  func expectSample<Value: Codable & Equatable>(
    _ values: [Value],
    of limit: Int,
    seed: UInt64
  ) throws {
    let rule = Rollup<Value>(1, per: .seconds(1), sample: limit)
    let moments = values.enumerated().map { (Int64($0.offset), $0.element) }
    var all: [RolledUp<Value>] = []
    drive(rule, moments) { all.append($0) }
    expectNoDifference(all.first?.sample, [values[0]], "seed \(seed)")
    expectNoDifference(all.last?.sample, Array(values.dropFirst().prefix(limit)), "seed \(seed)")
    expectNoDifference(all.last?.last, values.last, "seed \(seed)")
    try expectRestorable(rule, moments, until: Int64(values.count), seed: seed)
  }

  @Test func `the sample is what a list of all would keep`() throws {
    for seed in 0..<60 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let count = Int.random(in: 2...90, using: &random)
      let limit = random.pick([1, 2, 3, 4, 5, 10, 70, 99])
      try expectSample(Array(0..<count), of: limit, seed: seed)
      try expectSample((0..<count).map { "\($0)" }, of: limit, seed: seed)
      try expectSample((0..<count).map { UInt8($0) }, of: limit, seed: seed)
    }
  }

  @Test func `the memory of a long list is not kept`() {
    var rule = Rollup<KeyedAlert>(1, per: .seconds(1), sample: 3)
    for number in 0..<90 {
      _ = rule.receive(KeyedAlert(number, .resolved), at: Instant(nanoseconds: Int64(number)))
    }
    #expect(rule.list.count > 80)
    #expect(rule.finish(at: .epoch)?.output.sample.count == 89)
    #expect(rule.list.capacity == 0)
    #expect((rule.plan.spare?.between.capacity ?? 0) > 80, "until the next summary")
    for number in 90...92 {
      _ = rule.receive(KeyedAlert(number, .warning), at: Instant(nanoseconds: Int64(number)))
    }
    #expect(rule.finish(at: .epoch)?.output.sample.count == 3)
    #expect((rule.plan.spare?.between.capacity ?? 99) < 20)
  }

  @Test func `copies of a rule on many threads do not mix their messages`() async {
    let rule = Rollup<Int>(1, per: .nanoseconds(10), sample: 20)
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<8 {
        let moments = (0..<4000).map { (Int64($0), number * 10_000 + $0) }
        group.addTask {
          var (isRight, next) = (true, number * 10_000)
          ReusedMemoryTests().drive(rule, moments) { message in
            let values = Array(next..<next + message.count)
            isRight = isRight && message.sample == values
            next += message.count
          }
          return isRight && next == number * 10_000 + 4000
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
