import CustomDump
import Testing
import Tocsin

@Suite struct CooldownReopeningTests {
  typealias Run = RuleRun<Cooldown<RuleAlert>>
  let rule = Cooldown<RuleAlert>(.nanoseconds(7))

  func run(_ moments: [(Int64, RuleAlert)], until end: Int64 = 1_000) -> Run {
    Run.over(rule, moments, until: end)
  }

  @Test func `an episode that opens again inside the cooldown is announced when it is over`() {
    let run = run([(0, .warning), (2, .resolved), (4, .warning), (20, .resolved)])
    expectNoDifference(
      run.lines,
      [
        "0 warning first", "2 info.resolved resolved", "7 warning cooldownOver",
        "20 info.resolved resolved",
      ]
    )
    expectNoDifference(run.reasons, [.first, .resolved, .inCooldown, .resolved])
    #expect(run.ledger == RuleLedger(taken: 4, made: 1, given: 4, dropped: 1))
  }

  @Test(arguments: [(6, false), (7, true), (8, true)])
  func `it is announced unless it was resolved before`(resolved: Int, isAnnounced: Bool) {
    let run = run([(0, .warning), (2, .resolved), (4, .warning), (Int64(resolved), .resolved)])
    let pair = ["7 warning cooldownOver", "\(resolved) info.resolved resolved"]
    expectNoDifference(Array(run.lines.dropFirst(2)), isAnnounced ? pair : [])
    #expect(run.reasons.last == (isAnnounced ? .resolved : .neverAnnounced))
  }

  @Test func `its newest alert stands for all that were held back`() {
    let run = run([
      (0, .warning), (1, .warning), (2, .resolved), (3, .warning), (4, .resolved), (5, .warning),
      (6, RuleAlert(.info, .firing, 3)),
    ])
    expectNoDifference(
      run.lines,
      ["0 warning first", "2 info*2.resolved resolved", "7 info*5 cooldownOver"]
    )
  }

  @Test func `announcing it starts the cooldown anew`() {
    let run = run([
      (0, .warning), (2, .resolved), (4, .warning), (13, .warning), (14, .warning), (15, .resolved),
    ])
    expectNoDifference(
      run.lines,
      [
        "0 warning first", "2 info.resolved resolved", "7 warning cooldownOver",
        "14 warning*2 cooldownOver", "15 info.resolved resolved",
      ]
    )
  }

  @Test func `a more severe one breaks through at once and is not announced again`() {
    let run = run([(0, .warning), (2, .resolved), (4, .error), (6, .warning)])
    expectNoDifference(
      run.lines,
      ["0 warning first", "2 info.resolved resolved", "4 error moreSevere"]
    )
    let worse = self.run([(0, .warning), (2, .resolved), (4, .warning), (5, .error)])
    expectNoDifference(
      worse.lines,
      ["0 warning first", "2 info.resolved resolved", "5 error*2 moreSevere"]
    )
  }

  @Test func `repeats of an announced episode are never sent by timer`() {
    let run = run([(0, .warning), (1, .warning), (6, .warning)])
    expectNoDifference(run.lines, ["0 warning first"])
    #expect(run.rule.nextDeadline == .distantFuture)
  }

  @Test func `the end announces what is open`() {
    let moments: [(Int64, RuleAlert)] = [(0, .warning), (2, .resolved), (4, .warning)]
    let open = run(moments, until: 5)
    expectNoDifference(open.lines.last, "5 warning ended")
    let closed = run(moments + [(5, .resolved)], until: 6)
    expectNoDifference(closed.lines.last, "2 info.resolved resolved")
  }

  @Test func `a cooldown without end announces it at the end`() {
    let endless = Cooldown<RuleAlert>(.seconds(Int64.max))
    var run = Run(endless)
    for (time, alert) in [(0, .warning), (2, .resolved), (4, .warning)] as [(Int64, RuleAlert)] {
      run.receive(alert, at: time)
    }
    #expect(run.rule.nextDeadline == .distantFuture && !run.rule.canBeForgotten)
    run.finish(at: .max)
    expectNoDifference(run.lines.last, "\(Int64.max) warning ended")
  }

  @Test func `says what it waits for and what it owes`() {
    var run = Run(rule)
    let steps: [(Int64, RuleAlert, deadline: Int64, canBeForgotten: Bool)] = [
      (0, .warning, .max, false), (2, .resolved, .max, true), (4, .warning, 7, false),
      (5, .resolved, .max, true), (6, .warning, 7, false), (7, .warning, .max, false),
      (8, .resolved, .max, true),
    ]
    for (time, alert, deadline, canBeForgotten) in steps {
      run.receive(alert, at: time)
      #expect(run.rule.nextDeadline.nanoseconds == deadline, "at \(time)")
      #expect(run.rule.canBeForgotten == canBeForgotten, "at \(time)")
    }
  }

  @Test func `a waiting copy goes its own way`() {
    var run = Run(rule)
    for (time, alert) in [(0, .warning), (2, .resolved), (4, .warning)] as [(Int64, RuleAlert)] {
      run.receive(alert, at: time)
    }
    var copy = run
    copy.receive(.info, at: 5)
    copy.receive(.resolved, at: 6)
    run.finish(at: 9)
    copy.finish(at: 9)
    expectNoDifference(run.lines.last, "7 warning cooldownOver")
    expectNoDifference(copy.lines.last, "2 info.resolved resolved")
  }
}
