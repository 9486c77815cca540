import CustomDump
import Testing

@testable import Tocsin

@Suite struct DeduplicateTests {
  typealias Plain = Timeless<Deduplicate<String, String>>
  typealias Alerts = Timeless<Deduplicate<RuleAlert, Int>>

  func plain(_ window: Int64, limit: Int = 9) -> Plain {
    Timeless(base: Deduplicate(within: .nanoseconds(window), limit: limit))
  }

  func alerts(_ window: Int64) -> Alerts {
    Timeless(base: Deduplicate(within: .nanoseconds(window)) { $0.key })
  }

  @Test func `drops what was seen inside the window`() {
    let moments: [(Int64, String)] = [
      (0, "a"), (2, "b"), (4, "a"), (6, "a"), (8, "a"), (9, "b"), (12, "a"),
    ]
    let run = RuleRun.over(plain(6), moments, until: 12)
    expectNoDifference(
      run.lines,
      ["0 a first", "2 b first", "6 a first", "9 b first", "12 a first"]
    )
    expectNoDifference(
      run.reasons,
      [.first, .first, .duplicate, .first, .duplicate, .first, .first]
    )
  }

  @Test(arguments: [(9, 1), (10, 2), (11, 2)])
  func `a value at exactly the end of the window passes`(second: Int64, passed: Int) {
    let run = RuleRun.over(plain(10), [(0, "a"), (second, "a")], until: 20)
    #expect(run.lines.count == passed)
  }

  @Test func `duplicates do not prolong the window`() {
    let moments = (0...20).map { (Int64($0), "a") }
    let run = RuleRun.over(plain(10), moments, until: 20)
    expectNoDifference(run.lines, ["0 a first", "10 a first", "20 a first"])
  }

  @Test func `one identity too many forgets the oldest and counts it`() {
    let moments: [(Int64, String)] = [
      (0, "a"), (1, "b"), (2, "c"), (3, "b"), (4, "c"), (5, "a"), (6, "c"), (7, "b"),
    ]
    let run = RuleRun.over(plain(99, limit: 2), moments, until: 7)
    expectNoDifference(
      run.lines,
      ["0 a first", "1 b first", "2 c first", "5 a first", "7 b first"]
    )
    #expect(run.rule.base.state.evictedCount == 3 && run.rule.base.state.count == 2)
  }

  @Test(arguments: [Duration.zero, .seconds(-1)])
  func `without a window everything passes and nothing is kept`(window: Duration) {
    var rule = Deduplicate<Int, Int>(within: window)
    let reasons = (0..<3).map { _ in rule.receive(1, at: .epoch).reason }
    expectNoDifference(reasons, [.passed, .passed, .passed])
    #expect(rule.state.count == 0)
  }

  @Test(arguments: [0, -1, .min, 1])
  func `a limit of less than one counts as one`(limit: Int) {
    let moments: [(Int64, String)] = [(0, "a"), (0, "a"), (0, "b"), (0, "a")]
    let run = RuleRun.over(plain(10, limit: limit), moments, until: 0)
    expectNoDifference(run.reasons, [.first, .duplicate, .first, .first])
  }

  @Test func `stands the ends of time`() {
    for window in [1, Int64.max] {
      let moments: [(Int64, String)] = [
        (.min + 9, "a"), (.min + 9, "a"), (.max - 1, "a"), (.max, "a"),
      ]
      let run = RuleRun.over(plain(window), moments, until: .max)
      expectNoDifference(run.breaches, [])
      #expect(run.reasons[1] == .duplicate && run.reasons[2] == .first)
    }
  }

  @Test func `a closing alert is no duplicate of the one that opened`() {
    let moments: [(Int64, RuleAlert)] = [
      (0, .warning), (1, .warning), (2, .resolved), (3, .resolved), (4, .info), (5, .error),
      (6, .warning), (7, .resolved),
    ]
    let run = RuleRun.over(alerts(100), moments, until: 9)
    expectNoDifference(
      run.reasons,
      [.first, .duplicate, .resolved, .duplicate, .changed, .moreSevere, .duplicate, .resolved]
    )
  }

  @Test func `a signal that ends is no duplicate of the one that began`() {
    var rule = Deduplicate<Signal<Int>, Int>(within: .seconds(9)) { $0.value }
    let phases: [Phase] = [.firing, .firing, .resolved, .resolved, .firing]
    let reasons = phases.map {
      rule.receive(Signal(1, $0, since: .epoch), at: .epoch).reason
    }
    expectNoDifference(reasons, [.first, .duplicate, .resolved, .duplicate, .changed])
  }

  /// The model looks at the whole list of what passed, from the newest back.
  @Test func `agrees with a list of all that passed`() {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let window = Int64.random(in: 1...30, using: &random)
      let moments = random.moments(60, around: [window]) { Int.random(in: 0...3, using: &$0) }
      var passed: [(Int64, Int)] = []
      for (time, value) in moments
      where !passed.contains(where: { $0.1 == value && time - $0.0 < window }) {
        passed.append((time, value))
      }
      let rule = Timeless(base: Deduplicate<Int, Int>(within: .nanoseconds(window)))
      let lines = passed.map { "\($0.0) \($0.1) first" }
      expectRun(of: rule, moments, until: moments[59].0, gives: lines, seed: seed)
    }
  }

  @Test func `a bounded memory agrees with a list of that length`() {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let (window, limit) = (
        Int64.random(in: 5...90, using: &random), Int.random(in: 1...4, using: &random)
      )
      let moments = random.moments(60, around: [window]) { Int.random(in: 0...6, using: &$0) }
      var (kept, lines): ([(Int64, Int)], [String]) = ([], [])
      for (time, value) in moments {
        kept.removeAll { time - $0.0 >= window }
        if kept.contains(where: { $0.1 == value }) { continue }
        if kept.count == limit { kept.removeFirst() }
        kept.append((time, value))
        lines.append("\(time) \(value) first")
      }
      let base = Deduplicate<Int, Int>(within: .nanoseconds(window), limit: limit)
      expectRun(of: Timeless(base: base), moments, until: moments[59].0, gives: lines, seed: seed)
    }
  }

  /// The model knows of each identity the last alert that passed, in the order in which they did.
  @Test func `alerts of many identities agree with a list of their last ones`() throws {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let (window, limit) = (Int64.random(in: 5...90, using: &random), random.pick([1, 2, 9]))
      let moments = random.moments(60, around: [window]) { $0.keyedAlert() }
      let base = Deduplicate<KeyedAlert, Int>(within: .nanoseconds(window), limit: limit, by: \.key)
      var run = RuleRun(Timeless(base: base))
      var (kept, lines, evicted): ([(Int64, KeyedAlert)], [String], Int) = ([], [], 0)
      for (index, (time, alert)) in moments.enumerated() {
        if (index + Int(seed)).isMultiple(of: 5) {
          run.rule.base.state = try run.rule.base.state.writtenAndRead()
        }
        run.receive(alert, at: time)
        kept.removeAll { time - $0.0 >= window }
        let last = kept.first { $0.1.key == alert.key }?.1
        guard let reason = reasonToPass(alert, after: last) else { continue }
        kept.removeAll { $0.1.key == alert.key }
        if kept.count == limit {
          kept.removeFirst()
          evicted += 1
        }
        kept.append((time, alert))
        lines.append("\(time) \(alert) \(reason)")
      }
      expectNoDifference(run.lines, lines, "seed \(seed)")
      expectNoDifference(run.rule.base.state.evictedCount, evicted, "seed \(seed)")
    }
  }

  func reasonToPass(_ alert: KeyedAlert, after last: KeyedAlert?) -> String? {
    guard let last else { return "first" }
    switch (last.phase, alert.phase) {
    case (.resolved, .resolved): return nil
    case (.firing, .resolved): return "resolved"
    case (.resolved, .firing): return "changed"
    case (.firing, .firing): return alert.severity > last.severity ? "moreSevere" : nil
    }
  }

  @Test func `the last word of every identity is the truth`() {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(40, around: [9]) { $0.alert() }
      let run = RuleRun.over(alerts(9), moments, until: moments[39].0)
      #expect(run.lines.last?.contains("resolved ") == (moments[39].1.phase == .resolved))
      expectNoDifference(run.breaches, [])
    }
  }

  @Test func `a state that is written out and read back goes on as if nothing was`() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(50, around: [12]) { Int.random(in: 0...5, using: &$0) }
      var whole = Deduplicate<Int, Int>(within: .nanoseconds(12), limit: 3)
      var restored = whole
      for (time, value) in moments {
        let now = Instant(nanoseconds: time)
        restored.state = try restored.state.writtenAndRead()
        let verdicts = (whole.receive(value, at: now), restored.receive(value, at: now))
        #expect(verdicts.0 == verdicts.1, "seed \(seed)")
      }
      #expect(whole.state.evictedCount == restored.state.evictedCount)
    }
  }
}
