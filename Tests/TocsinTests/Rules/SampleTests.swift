import CustomDump
import Testing

@testable import Tocsin

@Suite struct SampleTests {
  typealias Run = RuleRun<Sample<String>>
  let stream: [(Int64, String)] = [
    (0, "a"), (2, "b"), (4, "c"), (6, "d"), (8, "e"), (17, "f"),
  ]

  func sample(_ interval: Int64) -> Sample<String> { Sample(every: .nanoseconds(interval)) }

  @Test func `the latest value passes at the end of every interval`() {
    let run = Run.over(sample(4), stream, until: 23)
    expectNoDifference(
      run.lines,
      ["4 b sampled", "8 d sampled", "12 e sampled", "21 f sampled"]
    )
    expectNoDifference(
      run.reasons,
      [
        .waitingForNext, .notSampled, .waitingForNext, .notSampled, .waitingForNext,
        .waitingForNext,
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 6, given: 4, dropped: 2))
  }

  @Test func `intervals count from the first value and not from a grid`() {
    expectNoDifference(Run.over(sample(10), [(7, "a")], until: 99).lines, ["17 a sampled"])
    expectNoDifference(
      Run.over(sample(10), [(7, "a"), (18, "b"), (28, "c")], until: 99).lines,
      ["17 a sampled", "27 b sampled", "37 c sampled"]
    )
  }

  @Test func `the end of an interval is a deadline whether anything waits or not`() {
    var rule = sample(10)
    #expect(rule.nextDeadline == .distantFuture)
    _ = rule.receive("a", at: Instant(nanoseconds: 0))
    #expect(rule.expire(at: Instant(nanoseconds: 12))?.instant.nanoseconds == 10)
    #expect(rule.nextDeadline.nanoseconds == 20)
    #expect(rule.expire(at: Instant(nanoseconds: 25)) == nil)
    #expect(rule.nextDeadline == .distantFuture)
    _ = rule.receive("b", at: Instant(nanoseconds: 26))
    #expect(rule.nextDeadline.nanoseconds == 36)
  }

  @Test func `what waits goes on at the end`() {
    expectNoDifference(Run.over(sample(10), [(0, "a"), (1, "b")], until: 4).lines, ["4 b ended"])
  }

  @Test(arguments: [0, -5] as [Int64]) func `no interval lets all pass`(interval: Int64) {
    let run = Run.over(sample(interval), [(0, "a"), (0, "b")], until: 0)
    expectNoDifference(run.lines, ["0 a passed", "0 b passed"])
  }

  @Test func `stands the ends of time`() {
    for interval in [Int64.max, 1, 1_000] {
      let times: [Int64] = [.min + 9, .min + 9, .min + 10, 0, 0, .max - 1, .max, .max]
      let run = Run.over(sample(interval), times.map { ($0, "a") }, until: .max)
      expectNoDifference(run.breaches, [])
      #expect(run.ledger.held == 0)
    }
  }

  @Test func `the first interval counts from its value, also at the beginning of time`() {
    var rule = sample(1_000)
    _ = rule.receive("a", at: Instant(nanoseconds: .min + 9))
    #expect(rule.nextDeadline == Instant(nanoseconds: .min + 1_009))
  }

  @Test func `agrees with a clock that is read every nanosecond`() throws {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let interval = Int64.random(in: 1...15, using: &random)
      let moments = random.moments(50, around: [interval]) { Int.random(in: 0...99, using: &$0) }
      let end = moments[49].0 + random.pick([0, 1, interval, 40])
      let rule = Sample<Int>(every: .nanoseconds(interval))
      let lines = polledSamples(moments, interval, until: end)
      expectRun(of: rule, moments, until: end, gives: lines, seed: seed)
      try expectRestorable(rule, moments, until: end, seed: seed)
    }
  }

  /// Counts the nanoseconds of the interval that is open.
  func polledSamples(_ moments: [(Int64, Int)], _ interval: Int64, until end: Int64) -> [String] {
    var (age, latest, lines): (Int64?, Int?, [String]) = (nil, nil, [])
    polled(moments, until: end) { time in
      age = age.map { $0 + 1 }
      guard age == interval else { return }
      if let value = latest { lines.append("\(time) \(value) sampled") }
      (age, latest) = (latest == nil ? nil : 0, nil)
    } input: { _, value in
      age = age ?? 0
      latest = value
    }
    if let value = latest { lines.append("\(end) \(value) ended") }
    return lines
  }

  @Test func `of alerts each last word is the truth`() throws {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(40, around: [9]) { $0.keyedAlert() }
      let one = Sample<RuleAlert>(every: .nanoseconds(9))
      let single = moments.map { ($0.0, $0.1.alert) }
      expectLastWords(of: one, single, key: { _ in 0 }, after: 9, seed: seed)
      try expectRestorable(one, single, until: moments[39].0, seed: seed)
      let all = SampleOfEpisodes<KeyedAlert>(every: .nanoseconds(9))
      expectLastWords(of: all, moments, key: \.key, after: 60, seed: seed)
      try expectRestorable(all, moments, until: moments[39].0, seed: seed)
    }
  }
}

@Suite struct SampleByCountTests {
  @Test func `the first value passes and then every nth`() {
    let rule = Timeless(base: SampleByCount<Int>(3))
    let run = RuleRun.over(rule, (1...8).map { (0, $0) }, until: 0)
    expectNoDifference(run.lines, ["0 1 sampled", "0 4 sampled", "0 7 sampled"])
    expectNoDifference(Array(run.reasons.prefix(3)), [.sampled, .notSampled, .notSampled])
  }

  @Test(arguments: [1, 0, -1, .min]) func `one or less lets all pass`(stride: Int) {
    let rule = Timeless(base: SampleByCount<Int>(stride))
    let run = RuleRun.over(rule, [(0, 1), (0, 2)], until: 0)
    expectNoDifference(run.lines, ["0 1 passed", "0 2 passed"])
  }

  @Test func `a huge number lets the first value pass`() {
    let rule = Timeless(base: SampleByCount<Int>(.max))
    #expect(RuleRun.over(rule, (1...99).map { (0, $0) }, until: 0).lines == ["0 1 sampled"])
  }

  @Test func `of alerts only repeats are sampled`() {
    let alerts: [RuleAlert] = [
      .warning, .warning, .error, .warning, .critical, .warning, .resolved, .resolved, .info,
    ]
    let rule = Timeless(base: SampleByCount<RuleAlert>(100))
    let run = RuleRun.over(rule, alerts.map { (0, $0) }, until: 0)
    expectNoDifference(
      run.lines,
      [
        "0 warning sampled", "0 error*2 passed", "0 critical*2 passed",
        "0 info*2.resolved resolved", "0 info passed",
      ]
    )
    expectNoDifference(run.reasons[7], .neverAnnounced)
  }

  @Test func `agrees with the positions in the list`() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let stride = Int.random(in: 2...7, using: &random)
      let moments = random.moments(50, around: [5]) { Int.random(in: 0...99, using: &$0) }
      let lines = moments.indices.filter { $0.isMultiple(of: stride) }.map {
        "\(moments[$0].0) \(moments[$0].1) sampled"
      }
      let rule = Timeless(base: SampleByCount<Int>(stride))
      expectRun(of: rule, moments, until: moments[49].0, gives: lines, seed: seed)
      try expectRestorable(rule, moments, until: moments[49].0, seed: seed)
    }
  }

  @Test func `of alerts each last word is the truth`() {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(40, around: [9]) { $0.keyedAlert() }
      let one = Timeless(base: SampleByCount<RuleAlert>(4))
      let single = moments.map { ($0.0, $0.1.alert) }
      expectLastWords(of: one, single, key: { _ in 0 }, after: 0, seed: seed)
      let all = Timeless(base: SampleByCountOfEpisodes<KeyedAlert>(4))
      expectLastWords(of: all, moments, key: \.key, after: 0, seed: seed)
    }
  }
}

extension SampleRule: HoldingRule {}
