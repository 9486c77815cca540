import CustomDump
import Testing

@testable import Tocsin

@Suite struct CoalesceTests {
  typealias Run = RuleRun<Coalesce<NumberOfKey>>

  func coalesce(_ interval: Int64, expiry: Int64 = 1_000, limit: Int = 99) -> Coalesce<NumberOfKey>
  {
    Coalesce(every: .nanoseconds(interval), expiry: .nanoseconds(expiry), limit: limit)
  }

  func moments(_ list: [(Int64, Int, Int)]) -> [(Int64, NumberOfKey)] {
    list.map { ($0.0, NumberOfKey(key: $0.1, number: $0.2)) }
  }

  @Test func `gives the latest value of every key while something changes`() {
    let run = Run.over(
      coalesce(4),
      moments([(0, 1, 1), (2, 2, 1), (4, 1, 2), (15, 2, 2)]),
      until: 17
    )
    expectNoDifference(
      run.lines,
      [
        "4 [1:1, 2:1] [0, 4) n=2 windowClosed", "8 [1:2, 2:1] [4, 8) n=1 windowClosed",
        "17 [1:2, 2:2] [15, 17) n=1 ended",
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 4, made: 3, given: 3, dropped: 4))
    expectNoDifference(run.breaches, [])
  }

  @Test func `there is no set and no timer in silence`() {
    var run = Run(coalesce(4))
    run.receive(NumberOfKey(key: 1, number: 1), at: 0)
    run.advance(to: 900)
    #expect(run.lines.count == 1)
    run.advance(to: 1_000_000)
    expectNoDifference(run.lines.last, "1000 [] [1000, 1000) n=0 windowClosed")
    #expect(run.lines.count == 2 && run.rule.nextDeadline == .distantFuture)
  }

  @Test func `a key that was told and fell silent leaves, and the set says so`() {
    let run = Run.over(
      coalesce(4, expiry: 10),
      moments([(0, 1, 1), (3, 2, 1), (9, 2, 2)]),
      until: 40
    )
    expectNoDifference(
      run.lines,
      [
        "4 [1:1, 2:1] [0, 4) n=2 windowClosed", "13 [2:2] [9, 13) n=1 windowClosed",
        "19 [] [19, 19) n=0 windowClosed",
      ]
    )
  }

  @Test func `a value is told even if it expires before its set`() {
    let run = Run.over(coalesce(10, expiry: 2), moments([(0, 1, 1)]), until: 40)
    expectNoDifference(
      run.lines,
      ["10 [1:1] [0, 10) n=1 windowClosed", "20 [] [20, 20) n=0 windowClosed"]
    )
  }

  @Test func `one key too many leaves, but never unheard`() {
    let run = Run.over(
      coalesce(10, limit: 2),
      moments([(0, 1, 1), (1, 2, 1), (2, 3, 1), (3, 4, 1), (13, 4, 2)]),
      until: 23
    )
    expectNoDifference(
      run.lines,
      [
        "2 [1:1, 2:1, 3:1] [0, 2) n=3 bufferFull", "12 [4:1, 3:1] [3, 12) n=1 cut windowClosed",
        "22 [4:2, 3:1] [13, 22) n=1 windowClosed",
      ]
    )
  }

  @Test func `a set after a key had to leave says that it is not complete`() {
    let run = Run.over(
      coalesce(10, limit: 2),
      moments([(0, 1, 1), (1, 2, 1), (2, 3, 1), (5, 3, 2)]),
      until: 12
    )
    expectNoDifference(
      run.lines,
      [
        "2 [1:1, 2:1, 3:1] [0, 2) n=3 bufferFull", "12 [2:1, 3:2] [5, 12) n=1 cut windowClosed",
      ]
    )
  }

  @Test func `that a set is not complete outlives a restart`() throws {
    let list = moments([(0, 1, 1), (1, 2, 1), (2, 3, 1), (5, 3, 2)])
    let run = try Run.restored(coalesce(10, limit: 2), list, until: 12, stops: [3])
    expectNoDifference(run.lines.last, "12 [2:1, 3:2] [5, 12) n=1 cut windowClosed")
  }

  @Test func `a set has its own instant, also when the rule is asked later`() {
    let list = moments([(0, 1, 1), (1, 2, 1), (9, 2, 2), (60, 1, 2)])
    for expiry in [10, 30] as [Int64] {
      let runs = Run.Pace.allCases.map {
        Run.over(coalesce(4, expiry: expiry), list, until: 99, pace: $0).lines
      }
      expectNoDifference(runs[1], runs[0])
    }
  }

  @Test func `of keys that were told the one not heard of for longest leaves at once`() {
    let run = Run.over(
      coalesce(10, limit: 2),
      moments([(0, 1, 1), (1, 2, 1), (11, 1, 2), (12, 3, 1), (13, 3, 2), (21, 3, 3)]),
      until: 31
    )
    expectNoDifference(
      run.lines,
      [
        "10 [1:1, 2:1] [0, 10) n=2 windowClosed", "20 [1:2, 3:2] [11, 20) n=3 cut windowClosed",
        "30 [1:2, 3:3] [21, 30) n=1 windowClosed",
      ]
    )
  }

  @Test func `a critical alert never waits`() {
    let rule = Coalesce<KeyedAlert>(every: .nanoseconds(10), expiry: .seconds(1))
    let run = RuleRun.over(
      rule,
      [(0, KeyedAlert(1, .warning)), (3, KeyedAlert(2, .critical)), (5, KeyedAlert(2, .resolved))],
      until: 20
    )
    expectNoDifference(
      run.lines,
      [
        "3 [1:warning, 2:critical] [0, 3) n=2 moreSevere",
        "13 [1:warning, 2:info.resolved] [5, 13) n=1 windowClosed",
      ]
    )
    let first = RuleRun.over(rule, [(0, KeyedAlert(1, .critical))], until: 20)
    expectNoDifference(first.lines, ["0 [1:critical] [0, 0) n=1 moreSevere"])
  }

  @Test(arguments: [0, -5] as [Int64]) func `no interval gives a set with every value`(
    interval: Int64
  ) {
    let run = Run.over(coalesce(interval), moments([(0, 1, 1), (0, 2, 1)]), until: 0)
    expectNoDifference(
      run.lines,
      ["0 [1:1] [0, 0) n=1 windowClosed", "0 [1:1, 2:1] [0, 0) n=1 windowClosed"]
    )
  }

  @Test func `stands the ends of time`() {
    for (interval, expiry) in [(Int64.max, Int64.max), (1, .max), (.max, 1), (1, 1), (5, 0)] {
      for limit in [0, 1, .max] {
        let times: [Int64] = [.min + 9, .min + 9, .min + 10, 0, 0, .max - 1, .max, .max]
        let run = Run.over(
          coalesce(interval, expiry: expiry, limit: limit),
          times.enumerated().map { ($0.element, NumberOfKey(key: $0.offset % 3, number: 1)) },
          until: .max
        )
        expectNoDifference(run.breaches, [])
      }
    }
  }

  @Test func `agrees with a clock that is read every nanosecond`() throws {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let interval = Int64.random(in: 1...15, using: &random)
      let expiry = Int64.random(in: 1...40, using: &random)
      let moments = random.moments(40, around: [interval, expiry]) { $0.numberOfKey() }
      let end = moments[39].0 + random.pick([0, 1, interval, 60])
      let rule = coalesce(interval, expiry: expiry)
      let run = RuleRun.over(rule, moments, until: end)
      expectNoDifference(run.breaches, [], "seed \(seed)")
      let model = polledSets(moments, interval, expiry, until: end)
      expectNoDifference(run.lines.map(sorted), model, "seed \(seed)")
      try expectRestorableSets(rule, moments, until: end, seed: seed)
    }
  }

  /// A line as the model writes it: the instant and the values in the order of their keys.
  func sorted(_ line: String) -> String {
    let parts = line.split(separator: " ", maxSplits: 1)
    let values = parts[1].dropFirst().prefix { $0 != "]" }
    return "\(parts[0]) \(values.split(separator: ", ").sorted().joined(separator: " "))"
  }

  /// All that ever came, looked through in every nanosecond.
  func polledSets(
    _ moments: [(Int64, NumberOfKey)],
    _ interval: Int64,
    _ expiry: Int64,
    until end: Int64
  ) -> [String] {
    var (latest, told, lines): ([Int: (Int64, Int)], Set<Int>, [String]) = ([:], [], [])
    var (lastSet, firstNews): (Int64?, Int64?) = (nil, nil)
    func give(_ time: Int64) {
      let values = latest.map { "\($0.key):\($0.value.1)" }.sorted()
      lines.append("\(time) \(values.joined(separator: " "))")
      (lastSet, firstNews, told) = (time, nil, Set(latest.keys))
    }
    polled(moments, until: end) { time in
      let isApart = lastSet.map { time - $0 >= interval } ?? true
      let old = latest.filter { told.contains($0.key) && time - $0.value.0 >= expiry }.map(\.key)
      let isNews = firstNews.map { first in
        lastSet.map { first - $0 < interval } == true ? isApart : time - first >= interval
      }
      guard isNews ?? (isApart && !old.isEmpty) else { return }
      for key in old { latest[key] = nil }
      give(time)
    } input: { time, value in
      latest[value.key] = (time, value.number)
      told.remove(value.key)
      firstNews = firstNews ?? time
    }
    if firstNews != nil { give(end) }
    return lines
  }

  /// Slots may differ after a rule was read back, so the order of new keys in a set may too.
  func expectRestorableSets(
    _ rule: Coalesce<NumberOfKey>,
    _ moments: [(Int64, NumberOfKey)],
    until end: Int64,
    seed: UInt64
  ) throws {
    let whole = RuleRun.over(rule, moments, until: end).lines.map(sorted)
    let restored = try RuleRun.restored(rule, moments, until: end, stops: [5, 11, 23, 24])
    expectNoDifference(restored.lines.map(sorted), whole, "seed \(seed)")
  }

  @Test func `the same events give the same order`() {
    for seed in 0..<50 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(40, around: [5]) { $0.numberOfKey() }
      let runs = (0..<2).map { _ in
        RuleRun.over(coalesce(5, expiry: 9), moments, until: moments[39].0).lines
      }
      expectNoDifference(runs[0], runs[1])
    }
  }
}
