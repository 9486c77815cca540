import CustomDump
import Testing
import Tocsin

@Suite struct AbsenceTests {
  typealias Run = RuleRun<Absence<Int>>
  let values: [(Int64, Int)] = [(0, 1), (2, 2), (10, 3)]

  @Test func `fires once when nothing comes and resolves with the next value`() {
    let run = Run.over(Absence(.nanoseconds(4)), values, until: 16)
    expectNoDifference(
      run.lines,
      [
        "6 firing(2) since 2 absent", "10 resolved(3) since 2 arrived",
        "14 firing(3) since 10 absent",
      ]
    )
    expectNoDifference(run.reasons, [.alive, .alive, .arrived])
    #expect(run.ledger == RuleLedger(taken: 3, made: 2, given: 3, dropped: 2))
  }

  @Test func `reminds as often as asked to while it lasts`() {
    let rule = Absence<Int>(.nanoseconds(4)).repeats(every: .nanoseconds(3))
    let run = Run.over(rule, values, until: 16)
    expectNoDifference(
      run.lines,
      [
        "6 firing(2) since 2 absent", "9 firing(2) since 2 stillFiring",
        "10 resolved(3) since 2 arrived", "14 firing(3) since 10 absent",
      ]
    )
  }

  @Test func `a source that never speaks is missed when the rule is armed`() {
    let unarmed = Run.over(Absence(.nanoseconds(4)), [], until: 99)
    expectNoDifference(unarmed.lines, [])
    let armed = Absence<Int>(.nanoseconds(4)).armed(at: .epoch)
    let run = Run.over(armed, [(10, 7)], until: 11)
    expectNoDifference(
      run.lines,
      ["4 firing(none) since 0 absent", "10 resolved(7) since 0 arrived"]
    )
  }

  @Test(arguments: [(3, 0), (4, 2), (5, 2)])
  func `a value at the deadline comes after it`(second: Int, count: Int) {
    let run = Run.over(
      Absence(.nanoseconds(4)),
      [(0, 1), (Int64(second), 2)],
      until: Int64(second)
    )
    #expect(run.lines.count == count)
  }

  @Test func `a stream that ends is not silent`() {
    expectNoDifference(Run.over(Absence(.nanoseconds(4)), [(0, 1)], until: 3).lines, [])
  }

  @Test func `a timeout of zero fires at the instant of every value`() {
    let run = Run.over(Absence(.zero), [(0, 1), (0, 2)], until: 0)
    expectNoDifference(
      run.lines,
      ["0 firing(1) since 0 absent", "0 resolved(2) since 0 arrived", "0 firing(2) since 0 absent"]
    )
  }

  @Test func `a timeout beyond the end of time never comes`() {
    var run = Run(Absence(.seconds(Int64.max)))
    run.receive(1, at: 0)
    run.advance(to: .max)
    expectNoDifference(run.lines, [])
  }

  @Test func `is not forgotten while the source is absent`() {
    var run = Run(Absence(.nanoseconds(4)))
    for (time, isPresent) in [(0, true), (3, true), (4, false), (99, false)] {
      if time == 0 { run.receive(1, at: 0) } else { run.advance(to: Int64(time)) }
      #expect(run.rule.canBeForgotten == isPresent, "at \(time)")
    }
    run.receive(2, at: 100)
    #expect(run.rule.canBeForgotten)
  }

  @Test func `agrees with a clock that is read every nanosecond`() throws {
    for seed in 0..<500 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let timeout = Int64.random(in: 1...12, using: &random)
      let interval = random.pick([0, 1, 4, timeout] as [Int64])
      let moments = random.moments(40, around: [timeout]) { Int.random(in: 0...9, using: &$0) }
      let end = moments[39].0 + random.pick([0, timeout, 50])
      let rule = Absence<Int>(.nanoseconds(timeout)).repeats(every: .nanoseconds(interval))
      let lines = poll(moments, timeout, interval, end)
      expectRun(of: rule, moments, until: end, gives: lines, seed: seed)
      try expectRestorable(rule, moments, until: end, seed: seed)
    }
  }

  func poll(_ all: [(Int64, Int)], _ timeout: Int64, _ interval: Int64, _ end: Int64) -> [String] {
    var lines: [String] = []
    var last: (time: Int64, value: Int)?
    polled(all, until: end) { time in
      guard let last else { return }
      let late = time - last.time - timeout
      let isReminder = late > 0 && interval > 0 && late % interval == 0
      guard late == 0 || isReminder else { return }
      let reason = isReminder ? "stillFiring" : "absent"
      lines.append("\(time) firing(\(last.value)) since \(last.time) \(reason)")
    } input: { time, value in
      if let last, time - last.time >= timeout {
        lines.append("\(time) resolved(\(value)) since \(last.time) arrived")
      }
      last = (time, value)
    }
    return lines
  }
}
