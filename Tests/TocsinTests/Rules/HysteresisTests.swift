import CustomDump
import Testing
import Tocsin

@Suite struct HysteresisTests {
  typealias Run = RuleRun<Hysteresis<Double>>
  let numbers: [(Int64, Double)] = [
    (0, 1), (2, 5), (4, 4), (6, 3), (8, 5), (10, 6), (12, 2),
  ]

  static let choices: [Double] = [
    .nan, .infinity, -.infinity, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ]

  func rule(_ band: Band, for duration: Int64 = 0) -> Hysteresis<Double> {
    Hysteresis(band, for: .nanoseconds(duration)) { $0 }
  }

  @Test func `fires at one level and resolves below the other`() {
    let run = Run.over(rule(.above(5, leave: 3)), numbers, until: 20)
    expectNoDifference(
      run.lines,
      ["2 firing(5.0) since 2 heldLongEnough", "12 resolved(2.0) since 12 resolved"]
    )
    expectNoDifference(
      run.reasons,
      [
        .belowThreshold, .heldLongEnough, .withinBand, .withinBand, .stillFiring, .stillFiring,
        .resolved,
      ]
    )
  }

  @Test func `fires by timer when the number was beyond the level long enough`() {
    let run = Run.over(rule(.above(5, leave: 3), for: 3), numbers, until: 20)
    expectNoDifference(
      run.lines,
      ["11 firing(6.0) since 8 heldLongEnough", "12 resolved(2.0) since 12 resolved"]
    )
    expectNoDifference(
      run.reasons,
      [
        .belowThreshold, .holding, .conditionEnded, .withinBand, .holding, .holding, .resolved,
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 7, made: 1, given: 2, dropped: 6))
  }

  @Test func `the other direction mirrors the first`() {
    let mirrored = numbers.map { ($0.0, -$0.1) }
    for duration in [0, 3] as [Int64] {
      let below = Run.over(rule(.below(-5, leave: -3), for: duration), mirrored, until: 20)
      let above = Run.over(rule(.above(5, leave: 3), for: duration), numbers, until: 20)
      expectNoDifference(below.reasons, above.reasons)
      expectNoDifference(below.lines.map { $0.replacing("-", with: "") }, above.lines)
    }
  }

  @Test func `equal levels leave no number between them`() {
    let run = Run.over(rule(.above(5, leave: 5)), [(0, 5), (1, 4.9), (2, 5)], until: 3)
    expectNoDifference(run.reasons, [.heldLongEnough, .resolved, .heldLongEnough])
  }

  @Test(arguments: [(2, true), (3, true), (4, false)])
  func `what is short of the level at the deadline comes after it`(short: Int, isEarly: Bool) {
    let run = Run.over(
      rule(.above(5, leave: 3), for: 4),
      [(0, 5), (Int64(short), 4)],
      until: 9
    )
    #expect(run.lines.isEmpty == isEarly)
  }

  @Test func `NaN changes nothing`() {
    let moments: [(Int64, Double)] = [(0, 5), (1, .nan), (3, .nan), (4, 2), (5, .nan)]
    let run = Run.over(rule(.above(5, leave: 3), for: 2), moments, until: 9)
    expectNoDifference(
      run.lines,
      ["2 firing(5.0) since 0 heldLongEnough", "4 resolved(2.0) since 4 resolved"]
    )
    expectNoDifference(run.reasons, [.holding, .invalid, .invalid, .resolved, .invalid])
  }

  @Test func `infinities are beyond and short of every finite level`() {
    let moments: [(Int64, Double)] = [(0, .infinity), (1, -.infinity), (2, .infinity)]
    let above = Run.over(rule(.above(5, leave: 3)), moments, until: 9)
    expectNoDifference(above.reasons, [.heldLongEnough, .resolved, .heldLongEnough])
    let below = Run.over(rule(.below(5, leave: 7)), moments, until: 9)
    expectNoDifference(below.reasons, [.belowThreshold, .heldLongEnough, .resolved])
  }

  @Test func `an infinite level is reached by that infinity only`() {
    let moments: [(Int64, Double)] = [(0, .greatestFiniteMagnitude), (1, .infinity), (2, 9)]
    let run = Run.over(rule(.above(.infinity, leave: 0)), moments, until: 9)
    expectNoDifference(run.reasons, [.withinBand, .heldLongEnough, .withinBand])
  }

  @Test func `what is not proven is forgotten at the end`() {
    let run = Run.over(rule(.above(5, leave: 3), for: 9), [(0, 5)], until: 8)
    expectNoDifference(run.lines, [])
    #expect(run.rule.canBeForgotten && run.rule.nextDeadline == .distantFuture)
  }

  @Test func `is not forgotten while it waits or fires`() {
    var run = Run(rule(.above(5, leave: 3), for: 2))
    #expect(run.rule.canBeForgotten)
    run.receive(5, at: 0)
    #expect(!run.rule.canBeForgotten)
    run.advance(to: 5)
    #expect(!run.rule.canBeForgotten)
    run.receive(1, at: 6)
    #expect(run.rule.canBeForgotten)
  }

  @Test func `stands the ends of time`() {
    let times: [Int64] = [.min + 9, .min + 10, -1, 0, 0, 1, .max - 9, .max - 1, .max]
    for duration in [-1, 0, 1, Int64.max] {
      let moments = times.enumerated().map { ($0.element, [5, 6, 1][$0.offset % 3] as Double) }
      let run = Run.over(rule(.above(5, leave: 3), for: duration), moments, until: .max)
      expectNoDifference(run.breaches, [])
    }
  }

  @Test func `agrees with a clock that is read every nanosecond`() throws {
    for seed in 0..<500 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let leave = Double(Int.random(in: 0...6, using: &random))
      let enter = leave + Double(Int.random(in: 0...3, using: &random))
      let isAbove = Bool.random(using: &random)
      let duration = Int64.random(in: 0...9, using: &random)
      let band: Band = isAbove ? .above(enter, leave: leave) : .below(leave, leave: enter)
      let moments = random.moments(40, around: [duration]) { $0.pick(Self.choices) }
      let end = moments[39].0 + random.pick([0, 20])
      let lines = poll(moments, (enter, leave), isAbove, duration, end)
      expectRun(of: rule(band, for: duration), moments, until: end, gives: lines, seed: seed)
      try expectRestored(rule(band, for: duration), moments, until: end, gives: lines, seed: seed)
    }
  }

  /// Signals read off by going back over all numbers at every nanosecond.
  func poll(
    _ all: [(Int64, Double)],
    _ levels: (high: Double, low: Double),
    _ isAbove: Bool,
    _ duration: Int64,
    _ end: Int64
  ) -> [String] {
    var lines: [String] = []
    var past: [(Int64, Double)] = []
    var fires = false
    func isIn(_ number: Double) -> Bool { isAbove ? number >= levels.high : number <= levels.low }
    func isOut(_ number: Double) -> Bool { isAbove ? number < levels.low : number > levels.high }
    func look(_ time: Int64) {
      let run = past.reversed().prefix { isIn($0.1) }
      guard !fires, let first = run.last, let newest = run.first else { return }
      guard time - first.0 >= duration else { return }
      fires = true
      lines.append("\(time) firing(\(newest.1)) since \(first.0) heldLongEnough")
    }
    polled(all, until: end) {
      look($0)
    } input: { time, number in
      guard !number.isNaN else { return }
      past.append((time, number))
      if fires && isOut(number) {
        fires = false
        lines.append("\(time) resolved(\(number)) since \(time) resolved")
      } else {
        look(time)
      }
    }
    return lines
  }

  func expectRestored(
    _ rule: Hysteresis<Double>,
    _ moments: [(Int64, Double)],
    until end: Int64,
    gives lines: [String],
    seed: UInt64
  ) throws {
    var run = Run(rule)
    for (index, (time, number)) in moments.enumerated() {
      if (index + Int(seed)).isMultiple(of: 7), !hasInfinity(moments[..<index]) {
        run.rule.state = try run.rule.state.writtenAndRead()
      }
      run.receive(number, at: time)
    }
    run.finish(at: end)
    expectNoDifference(run.lines, lines, "restored, seed \(seed)")
  }

  /// JSON has no infinity, so a state that holds one as its newest value is not written.
  func hasInfinity(_ past: ArraySlice<(Int64, Double)>) -> Bool {
    past.last { !$0.1.isNaN }?.1.isInfinite == true
  }
}
