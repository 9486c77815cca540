import CustomDump
import Testing
import Tocsin

extension Rate: RuleText {
  var text: String { "\(value) \(change) \(rate) \(span.wholeNanoseconds)" }
}

@Suite struct RateOfChangeTests {
  typealias Run = RuleRun<Timeless<RateOfChange<Double>>>
  let numbers: [(Int64, Double)] = [(0, 1), (2, 3), (4, 3), (10, 9)]

  func rule(
    per unit: Int64 = 1,
    over span: Int64? = nil,
    limit: Int = 100
  ) -> Timeless<RateOfChange<Double>> {
    let span = span.map { Duration.nanoseconds($0) }
    return Timeless(
      base: RateOfChange(per: .nanoseconds(unit), over: span, limit: limit) { $0 }
    )
  }

  @Test func `compares a value with the one before`() {
    let run = Run.over(rule(), numbers, until: 20)
    expectNoDifference(
      run.lines,
      ["2 3.0 2.0 1.0 2 passed", "4 3.0 0.0 0.0 2 passed", "10 9.0 6.0 1.0 6 passed"]
    )
    #expect(run.reasons.first == .waitingForNext)
  }

  @Test func `compares a value with the oldest within the span`() {
    let run = Run.over(rule(over: 4), numbers, until: 20)
    expectNoDifference(run.lines, ["2 3.0 2.0 1.0 2 passed", "4 3.0 2.0 0.5 4 passed"])
    expectNoDifference(run.reasons, [.waitingForNext, .passed, .passed, .waitingForNext])
  }

  @Test func `the span includes its first instant`() {
    #expect(Run.over(rule(over: 4), [(0, 1), (4, 2)], until: 9).lines.count == 1)
    #expect(Run.over(rule(over: 4), [(0, 1), (5, 2)], until: 9).lines.isEmpty)
  }

  @Test func `values of one instant are compared with an earlier one, and no jump is lost`() {
    for span in [nil, 100] as [Int64?] {
      let moments: [(Int64, Double)] = [(0, 0), (0, 10), (1, 20), (1, 30), (2, 30)]
      let run = Run.over(rule(over: span, limit: 9), moments, until: 9)
      let last = span == nil ? "2 30.0 0.0 0.0 1 passed" : "2 30.0 20.0 10.0 2 passed"
      expectNoDifference(
        run.lines,
        ["1 20.0 10.0 10.0 1 passed", "1 30.0 20.0 20.0 1 passed", last]
      )
      expectNoDifference(run.reasons.prefix(2), [.waitingForNext, .waitingForNext])
    }
  }

  @Test func `what comes out of order goes no further and is no basis`() {
    var rule = RateOfChange<Double>(per: .nanoseconds(1)) { $0 }
    let values: [(Int64, Double)] = [(5, 1), (3, 9), (7, 5)]
    let verdicts = values.map { time, number in
      rule.receive(number, at: Instant(nanoseconds: time))
    }
    expectNoDifference(verdicts.map(\.reason), [.waitingForNext, .outOfOrder, .passed])
    #expect(verdicts[2].output == Rate(5, change: 4, rate: 2, span: .nanoseconds(2)))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `what is not finite goes no further and is no basis`(number: Double) {
    let run = Run.over(rule(), [(0, 1), (1, number), (2, 5)], until: 9)
    expectNoDifference(run.reasons, [.waitingForNext, .invalid, .passed])
    expectNoDifference(run.lines, ["2 5.0 4.0 2.0 2 passed"])
  }

  @Test func `a change that cannot be written is infinite`() {
    let most = Double.greatestFiniteMagnitude
    let run = Run.over(rule(), [(0, -most), (1, most)], until: 9)
    #expect(run.lines.first?.hasSuffix(" inf inf 1 passed") == true)
  }

  @Test func `rates are given for the unit`() {
    let run = Run.over(rule(per: 10), [(0, 1), (4, 3)], until: 9)
    expectNoDifference(run.lines, ["4 3.0 2.0 5.0 4 passed"])
    let least = Run.over(rule(per: -5), [(0, 1), (4, 3)], until: 9)
    expectNoDifference(least.lines, ["4 3.0 2.0 0.5 4 passed"])
  }

  @Test func `a full memory makes rates reach less far back`() {
    let moments = (0..<5).map { (Int64($0), Double($0)) }
    let run = Run.over(rule(over: 9, limit: 3), moments, until: 9)
    expectNoDifference(run.lines.last, "4 4.0 2.0 1.0 2 passed")
    let least = Run.over(rule(over: 9, limit: .min), moments, until: 9)
    expectNoDifference(least.lines.last, "4 4.0 1.0 1.0 1 passed")
  }

  @Test(arguments: [Int64(0), -3]) func `a span of zero or less has no earlier value`(span: Int64) {
    let run = Run.over(rule(over: span), numbers, until: 20)
    expectNoDifference(run.reasons, Array(repeating: .waitingForNext, count: 4))
  }

  @Test func `stands the ends of time`() {
    let times: [Int64] = [.min, .min + 10, -1, 0, 0, 1, .max - 9, .max - 1, .max]
    for span in [nil, 0, 1, Int64.max] as [Int64?] {
      let moments = times.enumerated().map { ($0.element, Double($0.offset)) }
      let run = Run.over(rule(over: span), moments, until: .max)
      expectNoDifference(run.breaches, [])
      #expect(!run.lines.contains { $0.contains("nan") || $0.contains("inf") })
    }
  }

  @Test func `agrees with a search through all values`() throws {
    for seed in 0..<500 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let span: Int64? = random.pick([nil, 1, 5, 20])
      let moments = random.moments(40, around: [span ?? 3]) {
        Double(Int.random(in: 0...9, using: &$0))
      }
      var run = Run(rule(over: span))
      for (index, (time, number)) in moments.enumerated() {
        if (index + Int(seed)).isMultiple(of: 7) {
          run.rule.base.state = try run.rule.base.state.writtenAndRead()
        }
        run.receive(number, at: time)
      }
      let lines = moments.indices.compactMap { search(moments[...$0], span) }
      expectNoDifference(run.lines, lines, "seed \(seed)")
      expectNoDifference(run.breaches, [], "seed \(seed)")
    }
  }

  func search(_ past: ArraySlice<(Int64, Double)>, _ span: Int64?) -> String? {
    guard let newest = past.last else { return nil }
    let earlier = past.filter { $0.0 < newest.0 && newest.0 - $0.0 <= span ?? .max }
    let instant = span == nil ? earlier.map(\.0).max() : earlier.map(\.0).min()
    guard let basis = earlier.last(where: { $0.0 == instant }) else { return nil }
    let (change, time) = (newest.1 - basis.1, newest.0 - basis.0)
    return "\(newest.0) \(newest.1) \(change) \(change / Double(time)) \(time) passed"
  }
}
