import CustomDump
import Testing
import Tocsin

@Suite struct CooldownTests {
  typealias Run = RuleRun<Cooldown<RuleAlert>>

  func run(_ rule: Cooldown<RuleAlert>, _ moments: [(Int64, RuleAlert)]) -> Run {
    Run.over(rule, moments, until: 1_000)
  }

  @Test func `holds repeats until the cooldown is over and hands on how many`() {
    let run = run(
      Cooldown(.nanoseconds(4)),
      [(0, .warning), (2, .warning), (4, .warning), (6, .critical), (8, .warning), (12, .warning)]
    )
    expectNoDifference(
      run.lines,
      [
        "0 warning first", "4 warning*2 cooldownOver", "6 critical moreSevere",
        "12 warning*2 cooldownOver",
      ]
    )
    expectNoDifference(
      run.reasons,
      [.first, .inCooldown, .cooldownOver, .moreSevere, .inCooldown, .cooldownOver]
    )
  }

  @Test(arguments: [(299, Reason.inCooldown), (300, .cooldownOver), (301, .cooldownOver)])
  func `is over exactly one interval after the last alert that passed`(at: Int, reason: Reason) {
    let run = run(
      Cooldown(.nanoseconds(300)),
      [(0, .warning), (299, .info), (Int64(at), .warning)]
    )
    #expect(run.reasons.last == reason)
  }

  @Test func `repeats cannot prolong it, unlike a window aligned to the wall`() {
    let run = run(Cooldown(.nanoseconds(300)), [(290, .warning), (310, .warning), (590, .warning)])
    expectNoDifference(run.lines, ["290 warning first", "590 warning*2 cooldownOver"])
  }

  @Test func `more severe is measured against the last one that passed`() {
    let run = run(
      Cooldown(.nanoseconds(10)),
      [(0, .critical), (10, .info), (11, .warning), (12, .warning), (13, .critical)]
    )
    expectNoDifference(
      run.reasons,
      [.first, .cooldownOver, .moreSevere, .inCooldown, .moreSevere]
    )
  }

  @Test func `an announced episode is closed exactly once, at once`() {
    let run = run(
      Cooldown(.nanoseconds(100)),
      [(0, .resolved), (1, .warning), (2, .warning), (3, .resolved), (4, .resolved)]
    )
    expectNoDifference(run.lines, ["1 warning first", "3 info*2.resolved resolved"])
    expectNoDifference(
      run.reasons,
      [.neverAnnounced, .first, .inCooldown, .resolved, .neverAnnounced]
    )
  }

  let flaps: [(Int64, RuleAlert)] = [
    (0, .warning), (2, .resolved), (4, .warning), (6, .resolved), (8, .warning), (10, .resolved),
  ]

  @Test func `a flap that is over before the cooldown stays unannounced`() {
    let run = run(Cooldown(.nanoseconds(7)), flaps)
    expectNoDifference(
      run.reasons,
      [.first, .resolved, .inCooldown, .neverAnnounced, .cooldownOver, .resolved]
    )
  }

  @Test func `a closing alert ends the cooldown when asked to`() {
    let run = run(Cooldown(.nanoseconds(7), endsOnResolve: true), flaps)
    expectNoDifference(
      run.reasons,
      [.first, .resolved, .cooldownOver, .resolved, .cooldownOver, .resolved]
    )
  }

  @Test func `an interval of zero holds nothing back`() {
    let run = run(Cooldown(.zero), [(0, .warning), (0, .warning), (0, .resolved), (0, .info)])
    expectNoDifference(run.reasons, [.first, .cooldownOver, .resolved, .cooldownOver])
  }

  @Test func `counts saturate and an alert counts at least once`() {
    let run = run(
      Cooldown(.nanoseconds(10)),
      [
        (0, .info), (1, RuleAlert(.info, .firing, .max)), (2, RuleAlert(.info, .firing, -7)),
        (10, .info),
      ]
    )
    #expect(run.lines.last == "10 info*\(Int.max) cooldownOver")
  }
}
