import CustomDump
import Testing
import Tocsin

@Suite struct DeescalateTests {
  typealias Run = RuleRun<Deescalate<RuleAlert>>
  static let critical = RuleAlert.critical

  func rule(_ duration: Int64 = 5, to target: Severity = .warning) -> Deescalate<RuleAlert> {
    Deescalate(.nanoseconds(duration), to: target)
  }

  @Test func `sends the alert again, lowered, when it has not become worse`() {
    let run = Run.over(
      rule(),
      [(0, .error), (2, .error), (8, .error), (10, .critical), (12, .critical), (18, .resolved)],
      until: 20
    )
    expectNoDifference(
      run.lines,
      [
        "0 error passed", "2 error passed", "5 warning deescalated", "8 warning deescalated",
        "10 critical passed", "12 critical passed", "15 warning deescalated",
        "18 critical.resolved resolved",
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 6, made: 2, given: 8))
  }

  @Test func `an alert that is worse at the deadline comes after it`() {
    let run = Run.over(rule(), [(0, .error), (5, .critical)], until: 9)
    expectNoDifference(
      run.lines,
      ["0 error passed", "5 warning deescalated", "5 critical passed"]
    )
  }

  @Test func `what improves and gets worse again is worse`() {
    let run = Run.over(
      rule(),
      [(0, .critical), (3, .info), (4, .critical), (8, .critical)],
      until: 9
    )
    expectNoDifference(run.lines.last, "9 warning deescalated")
  }

  @Test func `what is no more severe than the target is left as it is`() {
    let run = Run.over(rule(), [(0, .warning), (7, .info), (8, .resolved)], until: 9)
    expectNoDifference(
      run.lines,
      ["0 warning passed", "7 info passed", "8 info.resolved resolved"]
    )
  }

  @Test func `what is sent again stands for one occurrence`() {
    let run = Run.over(rule(), [(0, RuleAlert(.error, .firing, 9))], until: 5)
    expectNoDifference(run.lines, ["0 error*9 passed", "5 warning deescalated"])
  }

  @Test func `a new episode begins at its own severity`() {
    let run = Run.over(
      rule(),
      [(0, .error), (6, .resolved), (7, .error), (8, .resolved)],
      until: 20
    )
    expectNoDifference(
      run.lines[2...],
      ["6 error.resolved resolved", "7 error passed", "8 info.resolved resolved"]
    )
  }

  @Test(arguments: [Int64(0), -1]) func `a duration of zero lowers at once`(duration: Int64) {
    let run = Run.over(rule(duration), [(0, .critical), (0, .resolved)], until: 9)
    expectNoDifference(
      run.lines,
      ["0 warning deescalated", "0 warning.resolved resolved"]
    )
    let open = Run.over(rule(duration), [(0, .critical)], until: nil)
    expectNoDifference(open.rule.nextDeadline, .distantFuture, "there is nothing to wait for")
  }

  @Test func `nothing is pending at the end`() {
    expectNoDifference(Run.over(rule(), [(0, .error)], until: 4).lines, ["0 error passed"])
  }

  @Test func `is not forgotten while an episode is open`() {
    var run = Run(rule())
    #expect(run.rule.canBeForgotten)
    run.receive(.error, at: 0)
    run.advance(to: 99)
    #expect(!run.rule.canBeForgotten)
    run.receive(.resolved, at: 100)
    #expect(run.rule.canBeForgotten)
  }

  @Test func `stands the ends of time`() {
    let times: [Int64] = [.min + 9, .min + 10, -1, 0, 0, 1, .max - 9, .max - 1, .max]
    for duration in [1, 1_000, Int64.max] {
      let alerts = [RuleAlert.error, .critical, RuleAlert(.info, .firing, .max), .resolved]
      let moments = times.enumerated().map { ($0.element, alerts[$0.offset % 4]) }
      expectNoDifference(Run.over(rule(duration), moments, until: .max).breaches, [])
    }
  }

  @Test func `agrees with a clock that is read every nanosecond`() throws {
    for seed in 0..<600 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let duration = Int64.random(in: 1...15, using: &random)
      let target = random.pick(Severity.allCases)
      let moments = random.moments(40, around: [duration]) { $0.alert() }
      let end = moments[39].0 + random.pick([0, 20])
      let lines = poll(moments, duration, target, end)
      let rule = rule(duration, to: target)
      expectRun(of: rule, moments, until: end, gives: lines, seed: seed)
      try expectRestorable(rule, moments, until: end, seed: seed)
    }
  }

  func poll(
    _ all: [(Int64, RuleAlert)],
    _ duration: Int64,
    _ target: Severity,
    _ end: Int64
  ) -> [String] {
    var lines: [String] = []
    var episode: [(Int64, RuleAlert)] = []
    var told: [(severity: Severity, isLowered: Bool)] = []
    /// The newest alert that was worse than the one before it.
    func anchor() -> Int64 {
      let worse = episode.indices.last {
        $0 == 0 || episode[$0].1.severity > episode[$0 - 1].1.severity
      }
      return worse.map { episode[$0].0 } ?? 0
    }
    polled(all, until: end) { time in
      guard let last = episode.last?.1, time - anchor() == duration else { return }
      guard last.severity > target else { return }
      told.append((target, true))
      lines.append("\(time) \(target) deescalated")
    } input: { time, alert in
      var output = alert
      if alert.phase == .resolved {
        let worst = told.map(\.severity).max() ?? .info
        if told.contains(where: \.isLowered) { output.severity = max(worst, alert.severity) }
        (told, episode) = ([], [])
        lines.append("\(time) \(output) resolved")
        return
      }
      episode.append((time, alert))
      let isLowered = time - anchor() >= duration && alert.severity > target
      if isLowered { output.severity = target }
      told.append((output.severity, isLowered))
      lines.append("\(time) \(output) \(isLowered ? "deescalated" : "passed")")
    }
    return lines
  }
}
