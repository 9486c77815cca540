import CustomDump
import Testing
import Tocsin

@Suite struct EscalateUnlessAcknowledgedTests {
  typealias Rule = EscalateUnlessAcknowledged<RuleAlert>
  typealias Input = AcknowledgeableInput<RuleAlert>
  typealias Run = RuleRun<Rule>

  func run(_ moments: [(Int64, Input)], until end: Int64) -> Run {
    Run.over(Rule(patience: .nanoseconds(3), attempts: 3), moments, until: end)
  }

  @Test func `repeats an alert one step more severe each time`() {
    let run = run([(0, .alert(.warning)), (12, .alert(.resolved))], until: 99)
    expectNoDifference(
      run.lines,
      [
        "0 warning passed", "3 error notAcknowledged", "6 critical notAcknowledged",
        "9 critical notAcknowledged", "12 critical.resolved resolved",
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 2, made: 3, given: 5))
  }

  @Test func `an acknowledgement stops it until something worse comes`() {
    let run = run(
      [(0, .alert(.warning)), (5, .acknowledged), (10, .alert(.warning)), (14, .alert(.critical))],
      until: 17
    )
    expectNoDifference(
      run.lines,
      [
        "0 warning passed", "3 error notAcknowledged", "10 error escalated", "14 critical passed",
        "17 critical notAcknowledged",
      ]
    )
    expectNoDifference(run.reasons, [.passed, .acknowledged, .escalated, .passed])
  }

  @Test(arguments: [(2, 1), (3, 2)])
  func `an acknowledgement at the deadline comes after it`(at: Int, count: Int) {
    let run = run([(0, .alert(.warning)), (Int64(at), .acknowledged)], until: 99)
    #expect(run.lines.count == count)
  }

  @Test func `a real worsening is not hidden by a severity that only waiting raised`() {
    let run = run(
      [(0, .alert(.warning)), (4, .acknowledged), (5, .alert(.error))],
      until: 8
    )
    expectNoDifference(
      run.lines,
      [
        "0 warning passed", "3 error notAcknowledged", "5 error passed",
        "8 critical notAcknowledged",
      ]
    )
  }

  @Test func `with nothing to stop an acknowledgement is unmatched`() {
    let run = run(
      [
        (0, .acknowledged), (1, .alert(.info)), (2, .acknowledged), (3, .acknowledged),
        (4, .alert(.resolved)), (5, .acknowledged),
      ],
      until: 99
    )
    expectNoDifference(
      run.reasons,
      [.unmatched, .passed, .acknowledged, .unmatched, .resolved, .unmatched]
    )
  }

  @Test func `a resolved alert stops it and the next episode starts afresh`() {
    let run = run(
      [(0, .alert(.warning)), (4, .alert(.resolved)), (20, .alert(.info))],
      until: 23
    )
    expectNoDifference(
      run.lines,
      [
        "0 warning passed", "3 error notAcknowledged", "4 error.resolved resolved",
        "20 info passed", "23 warning notAcknowledged",
      ]
    )
  }

  @Test func `a patience of zero is used up at once`() {
    let rule = Rule(patience: .zero, attempts: 2)
    let run = Run.over(rule, [(5, .alert(.info))], until: 5)
    expectNoDifference(
      run.lines,
      ["5 info passed", "5 warning notAcknowledged", "5 error notAcknowledged"]
    )
  }

  @Test func `no attempts mean no repeats`() {
    let run = Run.over(Rule(patience: .zero, attempts: 0), [(5, .alert(.info))], until: 99)
    expectNoDifference(run.lines, ["5 info passed"])
  }

  @Test func `is not forgotten while an episode is open, acknowledged or not`() {
    var run = Run(Rule(patience: .nanoseconds(3), attempts: 1))
    #expect(run.rule.canBeForgotten)
    for (time, input) in [(0, .alert(.info)), (1, .acknowledged), (9, .alert(.info))]
      as [(Int64, Input)]
    {
      run.receive(input, at: time)
      #expect(!run.rule.canBeForgotten, "at \(time)")
    }
    run.receive(.alert(.resolved), at: 10)
    #expect(run.rule.canBeForgotten)
  }

  @Test(arguments: ["latest", "left"])
  func `a state without an alert to send again stops its timer`(missing: String) throws {
    var run = Run(Rule(patience: .nanoseconds(3), attempts: 3))
    run.receive(.alert(.warning), at: 0)
    var damaged = try run.rule.writtenWithout(missing, insert: ["left": 0])
    #expect(damaged.nextDeadline.nanoseconds == 3)
    #expect(damaged.expire(at: Instant(nanoseconds: 3)) == nil)
    #expect(damaged.nextDeadline == .distantFuture)
  }

  @Test func `agrees with a clock that is read every nanosecond`() throws {
    for seed in 0..<500 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let patience = Int64.random(in: 1...12, using: &random)
      let attempts = Int.random(in: 0...4, using: &random)
      let moments = random.moments(40, around: [patience]) { random -> Input in
        Int.random(in: 0..<6, using: &random) == 0 ? .acknowledged : .alert(random.alert())
      }
      let rule = Rule(patience: .nanoseconds(patience), attempts: attempts)
      let end = moments[39].0 + random.pick([0, 20])
      let lines = poll(moments, patience, attempts, end)
      expectRun(of: rule, moments, until: end, gives: lines, seed: seed)
      try expectRestorable(rule, moments, until: end, seed: seed)
    }
  }

  func poll(
    _ all: [(Int64, Input)],
    _ patience: Int64,
    _ attempts: Int,
    _ end: Int64
  ) -> [String] {
    var lines: [String] = []
    var episode: [Severity] = []
    var (reached, started, isAcknowledged) = (Severity.info, Int64.min / 2, true)
    polled(all, until: end) { time in
      let waited = time - started
      guard !isAcknowledged, waited > 0, waited.isMultiple(of: patience) else { return }
      guard waited / patience <= attempts else { return }
      reached = reached.raised
      lines.append("\(time) \(reached) notAcknowledged")
    } input: { time, input in
      guard case .alert(var alert) = input else { return isAcknowledged = true }
      let own = alert.severity
      if alert.phase == .firing {
        if episode.allSatisfy({ $0 < own }) { (started, isAcknowledged) = (time, false) }
        episode.append(own)
        reached = max(reached, own)
      }
      alert.severity = max(own, reached)
      let reason = alert.severity > own ? "escalated" : "passed"
      lines.append("\(time) \(alert) \(alert.phase == .resolved ? "resolved" : reason)")
      if alert.phase == .resolved { (episode, reached, isAcknowledged) = ([], .info, true) }
    }
    return lines
  }
}
