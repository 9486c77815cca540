import CustomDump
import Testing
import Tocsin

extension RuleAlert: Resolvable {
  mutating func resolve() { phase = .resolved }
}

@Suite struct ResolveAfterSilenceTests {
  typealias Run = RuleRun<ResolveAfterSilence<RuleAlert>>

  func rule(_ silence: Int64 = 4) -> ResolveAfterSilence<RuleAlert> {
    ResolveAfterSilence(.nanoseconds(silence))
  }

  @Test func `closes an alert that is not repeated`() {
    let run = Run.over(
      rule(),
      [(0, .error), (2, .warning), (4, .warning), (13, .info), (15, .resolved)],
      until: 30
    )
    expectNoDifference(
      run.lines,
      [
        "0 error passed", "2 warning passed", "4 warning passed", "8 error.resolved resolved",
        "13 info passed", "15 info.resolved resolved",
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 5, made: 1, given: 6))
  }

  @Test func `a repeat at the very end of the silence begins a new episode`() {
    let run = Run.over(rule(), [(0, .info), (4, .info)], until: 5)
    expectNoDifference(
      run.lines,
      ["0 info passed", "4 info.resolved resolved", "4 info passed"]
    )
  }

  @Test func `an episode is closed once`() {
    let moments: [(Int64, RuleAlert)] = [
      (0, .info), (5, .resolved), (6, .resolved), (7, .info), (8, .resolved), (9, .resolved),
    ]
    let run = Run.over(rule(), moments, until: 30)
    expectNoDifference(
      run.reasons,
      [.passed, .duplicate, .duplicate, .passed, .resolved, .resolved]
    )
    expectNoDifference(run.lines.filter { $0.hasPrefix("4 ") }, ["4 info.resolved resolved"])
  }

  @Test func `what is made stands for one occurrence`() {
    let run = Run.over(rule(), [(0, RuleAlert(.error, .firing, 9))], until: 9)
    expectNoDifference(run.lines, ["0 error*9 passed", "4 error.resolved resolved"])
  }

  @Test(arguments: [Int64(0), -1]) func `a silence of zero or less closes nothing`(time: Int64) {
    let run = Run.over(rule(time), [(0, .info), (0, .info), (9, .resolved)], until: 30)
    expectNoDifference(run.lines, ["0 info passed", "0 info passed", "9 info.resolved resolved"])
  }

  @Test func `silence at the end proves nothing`() {
    expectNoDifference(Run.over(rule(), [(0, .info)], until: 3).lines, ["0 info passed"])
  }

  @Test func `is not forgotten while an episode is open`() {
    var run = Run(rule())
    #expect(run.rule.canBeForgotten)
    run.receive(.error, at: 0)
    #expect(!run.rule.canBeForgotten)
    run.advance(to: 4)
    #expect(run.rule.canBeForgotten)
  }

  @Test func `stands the ends of time`() {
    let times: [Int64] = [.min + 9, .min + 10, -1, 0, 0, 1, .max - 9, .max - 1, .max]
    for silence in [1, 1_000, Int64.max] {
      let alerts = [RuleAlert.error, RuleAlert(.info, .firing, .max), .resolved]
      let moments = times.enumerated().map { ($0.element, alerts[$0.offset % 3]) }
      expectNoDifference(Run.over(rule(silence), moments, until: .max).breaches, [])
    }
  }

  @Test func `an alert closes itself`() {
    var alert = Alert("feed.stale", .error, subject: "AAPL")
    alert.resolve()
    expectNoDifference(alert, Alert("feed.stale", .error, subject: "AAPL", phase: .resolved))
  }

  @Test func `agrees with a clock that is read every nanosecond`() throws {
    for seed in 0..<500 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let silence = Int64.random(in: 1...15, using: &random)
      let moments = random.moments(40, around: [silence]) { $0.alert() }
      let end = moments[39].0 + random.pick([0, 20])
      let lines = poll(moments, silence, end)
      expectRun(of: rule(silence), moments, until: end, gives: lines, seed: seed)
      try expectRestorable(rule(silence), moments, until: end, seed: seed)
    }
  }

  func poll(_ all: [(Int64, RuleAlert)], _ silence: Int64, _ end: Int64) -> [String] {
    var lines: [String] = []
    var episode: [(Int64, RuleAlert)] = []
    var isSelfClosed = false
    polled(all, until: end) { time in
      guard let last = episode.last, time - last.0 == silence else { return }
      let worst = episode.map(\.1.severity).max() ?? .info
      lines.append("\(time) \(worst).resolved resolved")
      (episode, isSelfClosed) = ([], true)
    } input: { time, alert in
      if alert.phase == .firing {
        episode.append((time, alert))
        isSelfClosed = false
        lines.append("\(time) \(alert) passed")
      } else if !isSelfClosed {
        episode = []
        lines.append("\(time) \(alert) resolved")
      }
    }
    return lines
  }
}
