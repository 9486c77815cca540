import CustomDump
import Testing
import Tocsin

@Suite struct EscalateOnDurationTests {
  typealias Run = RuleRun<EscalateOnDuration<RuleAlert>>

  func run(_ duration: Int64, _ moments: [(Int64, RuleAlert)], until end: Int64) -> Run {
    Run.over(
      EscalateOnDuration(.nanoseconds(duration), to: .critical),
      moments,
      until: end
    )
  }

  @Test func `sends the alert again, raised, when it has fired long enough`() {
    let run = run(
      5,
      [(0, .info), (2, .warning), (8, .warning), (10, .resolved), (14, .info)],
      until: 16
    )
    expectNoDifference(
      run.lines,
      [
        "0 info passed", "2 warning passed", "5 critical escalated", "8 critical escalated",
        "10 critical.resolved resolved", "14 info passed",
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 5, made: 1, given: 6))
  }

  @Test(arguments: [(4, false), (5, true)])
  func `a resolved alert at the deadline comes after it`(resolved: Int, isRaised: Bool) {
    let run = run(5, [(0, .info), (Int64(resolved), .resolved)], until: 99)
    #expect(run.lines.contains("5 critical escalated") == isRaised)
  }

  @Test func `repeats do not put it off`() {
    let run = run(5, (0..<6).map { ($0, .info) }, until: 6)
    #expect(run.lines.filter { $0 == "5 critical escalated" }.count == 2)
  }

  @Test func `is left out when the newest alert is already as severe`() {
    let run = run(5, [(0, .info), (1, .critical)], until: 99)
    expectNoDifference(run.lines, ["0 info passed", "1 critical passed"])
  }

  @Test func `what is sent again stands for one occurrence`() {
    let run = run(5, [(0, RuleAlert(.info, .firing, 9))], until: 5)
    expectNoDifference(run.lines, ["0 info*9 passed", "5 critical escalated"])
  }

  @Test func `a duration of zero raises at once`() {
    let run = run(0, [(0, .info), (0, .resolved)], until: 9)
    expectNoDifference(run.lines, ["0 critical escalated", "0 critical.resolved resolved"])
  }

  @Test func `nothing is pending at the end`() {
    expectNoDifference(run(5, [(0, .info)], until: 4).lines, ["0 info passed"])
  }

  @Test func `is not forgotten while an episode is open`() {
    var run = Run(EscalateOnDuration(.nanoseconds(5), to: .critical))
    #expect(run.rule.canBeForgotten)
    run.receive(.info, at: 0)
    #expect(!run.rule.canBeForgotten)
    run.advance(to: 99)
    #expect(!run.rule.canBeForgotten)
    run.receive(.resolved, at: 100)
    #expect(run.rule.canBeForgotten)
  }

  @Test func `a state without an alert to send again stops its timer`() throws {
    var run = Run(EscalateOnDuration(.nanoseconds(5), to: .critical))
    run.receive(.info, at: 0)
    var damaged = try run.rule.writtenWithout("latest")
    #expect(damaged.expire(at: Instant(nanoseconds: 5)) == nil)
    #expect(damaged.nextDeadline == .distantFuture)
    let next = damaged.receive(.info, at: Instant(nanoseconds: 6))
    #expect(next == .pass(.critical, .escalated))
  }

  @Test func `agrees with a clock that is read every nanosecond`() throws {
    for seed in 0..<500 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let duration = Int64.random(in: 1...15, using: &random)
      let target = random.pick(Severity.allCases)
      let moments = random.moments(40, around: [duration]) { $0.alert() }
      let rule = EscalateOnDuration<RuleAlert>(.nanoseconds(duration), to: target)
      let end = moments[39].0 + random.pick([0, 20])
      let lines = poll(moments, duration, target, end)
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
    polled(all, until: end) { time in
      guard let first = episode.first, let last = episode.last else { return }
      guard time - first.0 == duration, last.1.severity < target else { return }
      lines.append("\(time) \(target) escalated")
    } input: { time, alert in
      if alert.phase == .firing { episode.append((time, alert)) }
      let isOver = episode.first.map { time - $0.0 >= duration } ?? false
      var output = alert
      if isOver { output.severity = max(target, alert.severity) }
      let reason = output.severity > alert.severity ? "escalated" : "passed"
      lines.append("\(time) \(output) \(alert.phase == .resolved ? "resolved" : reason)")
      if alert.phase == .resolved { episode = [] }
    }
    return lines
  }
}
