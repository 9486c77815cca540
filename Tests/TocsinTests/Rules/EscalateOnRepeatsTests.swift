import CustomDump
import Testing
import Tocsin

@Suite struct EscalateOnRepeatsTests {
  typealias Run = RuleRun<Timeless<EscalateOnRepeats<RuleAlert>>>

  func run(
    _ count: Int,
    within: Int64,
    to target: Severity = .critical,
    _ moments: [(Int64, RuleAlert)]
  ) -> Run {
    let rule = EscalateOnRepeats<RuleAlert>(count, within: .nanoseconds(within), to: target)
    return Run.over(Timeless(base: rule), moments, until: 1_000)
  }

  @Test func `raises the alert with which there are enough`() {
    let run = run(3, within: 6, [(0, .warning), (3, .warning), (5, .warning), (12, .warning)])
    expectNoDifference(
      run.lines,
      ["0 warning passed", "3 warning passed", "5 critical escalated", "12 warning passed"]
    )
  }

  @Test(arguments: [(9, Reason.escalated), (10, .passed), (11, .passed)])
  func `an alert one window ago no longer counts`(second: Int, reason: Reason) {
    let run = run(2, within: 10, [(0, .warning), (Int64(second), .warning)])
    #expect(run.reasons.last == reason)
  }

  @Test func `a held batch counts as that many when it arrives`() {
    let run = run(4, within: 10, [(0, RuleAlert(.info, .firing, 3)), (9, .info), (10, .info)])
    expectNoDifference(
      run.lines,
      ["0 info*3 passed", "9 critical escalated", "10 info passed"]
    )
  }

  @Test func `an alert that is severe enough stays as it is`() {
    let run = run(1, within: 10, to: .error, [(0, .critical), (1, .error), (2, .info)])
    expectNoDifference(
      run.lines,
      ["0 critical passed", "1 error passed", "2 error escalated"]
    )
  }

  @Test func `a resolved alert clears the count and closes what was raised`() {
    let run = run(
      2,
      within: 10,
      [(0, .info), (1, .info), (2, .resolved), (3, .info), (4, .resolved)]
    )
    expectNoDifference(
      run.lines,
      [
        "0 info passed", "1 critical escalated", "2 critical.resolved resolved", "3 info passed",
        "4 info.resolved resolved",
      ]
    )
  }

  @Test func `a window of zero counts only the alert itself`() {
    let batch = RuleAlert(.info, .firing, 2)
    let run = run(2, within: 0, [(0, .info), (0, .info), (0, batch)])
    expectNoDifference(run.reasons, [.passed, .passed, .escalated])
  }

  @Test func `occurrences that no count can hold do no harm`() {
    let run = run(.max, within: 10, (0..<9).map { ($0, RuleAlert(.info, .firing, .max)) })
    #expect(run.reasons.allSatisfy { $0 == .escalated })
  }

  @Test func `agrees with a count over the whole history`() throws {
    for seed in 0..<800 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let (window, count) = (
        Int64.random(in: 1...12, using: &random), random.pick([1, 2, 3, 4, 9])
      )
      let target = random.pick(Severity.allCases)
      let moments = random.moments(60, around: [window]) { $0.alert() }
      let rule = Timeless(
        base: EscalateOnRepeats<RuleAlert>(count, within: .nanoseconds(window), to: target)
      )
      let lines = recount(moments, count, window, target)
      expectRun(of: rule, moments, until: moments[59].0, gives: lines, seed: seed)
      try expectRestorable(rule, moments, until: moments[59].0, seed: seed)
    }
  }

  /// Counts anew for every alert over everything since the last closing one.
  func recount(
    _ all: [(Int64, RuleAlert)],
    _ count: Int,
    _ window: Int64,
    _ target: Severity
  ) -> [String] {
    func isEnough(_ index: Int) -> Bool {
      let start = (all[..<index].lastIndex { $0.1.phase == .resolved } ?? -1) + 1
      let near = all[start...index].filter { $0.0 > all[index].0 - window }
      return near.map(\.1.occurrences).reduce(0, +) >= count
    }
    return all.indices.map { index in
      var (time, alert) = all[index]
      let isClosing = alert.phase == .resolved
      let start = (all[..<index].lastIndex { $0.1.phase == .resolved } ?? -1) + 1
      let raises = isClosing ? (start..<index).contains(where: isEnough) : isEnough(index)
      let isRaised = raises && alert.severity < target
      if isRaised { alert.severity = target }
      let reason: Reason = isClosing ? .resolved : isRaised ? .escalated : .passed
      time = all[index].0
      return "\(time) \(alert) \(reason.rawValue)"
    }
  }
}
