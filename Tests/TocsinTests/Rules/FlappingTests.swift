import CustomDump
import Testing
import Tocsin

@Suite struct FlappingTests {
  typealias Run = RuleRun<Flapping<RuleAlert>>
  static let f = RuleAlert.warning
  static let r = RuleAlert.resolved

  func rule(
    _ enter: Int = 4,
    _ leave: Int = 2,
    _ window: Int64 = 8,
    settled: Int64? = nil,
    announces: Bool = false
  ) -> Flapping<RuleAlert> {
    Flapping(
      enter,
      leave: leave,
      within: .nanoseconds(window),
      settled: settled.map { .nanoseconds($0) },
      announce: announces ? FlappingOperatorTests.raise : nil
    )
  }

  let flaps: [(Int64, RuleAlert)] = [
    (0, .warning), (2, .resolved), (4, .warning), (6, .resolved), (8, .warning), (10, .resolved),
    (12, .resolved),
  ]

  @Test func `holds back what flaps and sends the final state when it has settled`() {
    let run = Run.over(rule(), flaps, until: 30)
    expectNoDifference(
      run.lines,
      [
        "0 warning passed", "2 info.resolved resolved", "4 warning passed",
        "16 info*2.resolved settled",
      ]
    )
    expectNoDifference(
      run.reasons,
      [.passed, .resolved, .passed, .flapping, .flapping, .flapping, .flapping]
    )
    #expect(run.ledger == RuleLedger(taken: 7, made: 1, given: 4, dropped: 4))
  }

  @Test func `says once that it flaps when asked to`() {
    let run = Run.over(rule(announces: true), flaps, until: 30)
    expectNoDifference(
      run.lines,
      [
        "0 warning passed", "2 info.resolved resolved", "4 warning passed", "6 error flapping",
        "16 info*2.resolved settled",
      ]
    )
  }

  @Test func `what says that it flaps stands for one occurrence, others were told before`() {
    let moments: [(Int64, RuleAlert)] = [(0, RuleAlert(.warning, .firing, 7)), (1, Self.r)]
    let run = Run.over(rule(2, announces: true), moments, until: 3)
    expectNoDifference(
      run.lines,
      ["0 warning*7 passed", "1 error flapping", "3 info.resolved ended"]
    )
  }

  @Test func `the firing alert that makes it flap passes, so that nobody believes it is over`() {
    let run = Run.over(rule(3), Array(flaps.dropLast(3)), until: 30)
    expectNoDifference(run.lines[2...], ["4 warning flapping", "12 info.resolved settled"])
  }

  @Test func `a final firing alert is sent too and stands for those held back`() {
    let run = Run.over(rule(3), [(0, Self.f), (1, Self.r), (2, Self.f), (3, Self.f)], until: 30)
    expectNoDifference(run.lines.last, "9 warning settled")
    let more = Run.over(
      rule(3),
      Array(flaps.dropLast(2)) + [(8, Self.f), (9, Self.f)],
      until: 40
    )
    expectNoDifference(more.lines.last, "14 warning*3 settled")
  }

  @Test func `what is more severe than what was told breaks through`() {
    let moments: [(Int64, RuleAlert)] = [
      (0, Self.f), (1, Self.r), (2, Self.f), (3, .critical), (4, .critical),
    ]
    let run = Run.over(rule(3), moments, until: 5)
    expectNoDifference(
      run.lines[2...],
      ["2 warning flapping", "3 critical moreSevere", "5 critical ended"]
    )
  }

  @Test func `a change at the very end of flapping comes after it`() {
    let run = Run.over(rule(3), [(0, Self.f), (1, Self.r), (2, Self.f), (9, Self.r)], until: 9)
    expectNoDifference(
      run.lines[2...],
      ["2 warning flapping", "9 warning settled", "9 info.resolved resolved"]
    )
  }

  @Test func `changes older than the window do not count`() {
    let run = Run.over(rule(3), [(0, Self.f), (1, Self.r), (8, Self.f)], until: 9)
    expectNoDifference(run.reasons, [.passed, .resolved, .passed])
    let near = Run.over(rule(3), [(0, Self.f), (1, Self.r), (7, Self.f)], until: 9)
    expectNoDifference(near.reasons, [.passed, .resolved, .flapping])
  }

  @Test func `repeats are no changes`() {
    let run = Run.over(rule(2), (0..<5).map { ($0, Self.f) }, until: 9)
    expectNoDifference(run.reasons, Array(repeating: .passed, count: 5))
  }

  @Test func `is settled when nothing has changed for a time, and forgets what was before`() {
    let moments: [(Int64, RuleAlert)] = [
      (0, Self.f), (1, Self.r), (2, Self.f), (3, Self.f), (6, Self.r), (7, Self.f),
    ]
    let run = Run.over(rule(3, 1, 50, settled: 3), moments, until: 20)
    expectNoDifference(
      run.lines,
      [
        "0 warning passed", "1 info.resolved resolved", "2 warning flapping", "5 warning settled",
        "6 info.resolved resolved", "7 warning passed",
      ]
    )
  }

  @Test func `sends the final state at the end of the stream`() {
    let run = Run.over(rule(3), [(0, Self.f), (1, Self.r), (2, Self.f), (3, Self.r)], until: 4)
    expectNoDifference(run.lines.last, "4 info.resolved ended")
  }

  @Test(arguments: [Int64(0), -1]) func `a time of zero or less never flaps`(time: Int64) {
    for rule in [rule(1, 1, time), rule(1, 1, 9, settled: time)] {
      let run = Run.over(rule, flaps, until: 30)
      expectNoDifference(run.reasons.contains(.flapping), false)
      #expect(run.ledger == RuleLedger(taken: 7, given: 7))
    }
  }

  @Test func `levels beyond what makes sense are taken at the nearest that does`() {
    let lowest = Run.over(rule(.min, .min), [(0, Self.f)], until: 20)
    expectNoDifference(lowest.lines, ["0 warning flapping", "8 warning settled"])
    let highest = Run.over(rule(.max, .max), flaps, until: 30)
    expectNoDifference(highest.reasons.contains(.flapping), false)
    let leave = Run.over(rule(3, 9), [(0, Self.f), (1, Self.r), (2, Self.f)], until: 30)
    expectNoDifference(leave.lines.last, "8 warning settled")
  }

  @Test func `is not forgotten while something is owed`() {
    var run = Run(rule(2))
    #expect(run.rule.canBeForgotten)
    run.receive(Self.f, at: 0)
    #expect(!run.rule.canBeForgotten)
    run.receive(Self.r, at: 1)
    #expect(!run.rule.canBeForgotten)
    run.advance(to: 8)
    #expect(run.rule.canBeForgotten)
  }

  @Test func `stands the ends of time`() {
    let times: [Int64] = [.min + 9, .min + 10, -1, 0, 0, 1, .max - 9, .max - 1, .max]
    for window in [1, 1_000, Int64.max] {
      for settled in [nil, 1, Int64.max] as [Int64?] {
        let moments = times.enumerated().map {
          ($0.element, $0.offset.isMultiple(of: 2) ? RuleAlert(.error, .firing, .max) : Self.r)
        }
        let run = Run.over(rule(3, 2, window, settled: settled), moments, until: .max)
        expectNoDifference(run.breaches, [])
        #expect(run.lines.last?.contains("error") == true)
      }
    }
  }
}
