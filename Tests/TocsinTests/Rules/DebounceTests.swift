import CustomDump
import Testing
import Tocsin

@Suite struct DebounceTests {
  typealias Run = RuleRun<Debounce<String>>
  let burst: [(Int64, String)] = [(0, "a"), (2, "b"), (4, "c"), (12, "d")]
  let stream: [(Int64, String)] = [
    (0, "a"), (2, "b"), (4, "c"), (6, "d"), (8, "e"), (10, "f"), (12, "g"),
  ]

  @Test func `trailing gives the last value of a burst when it is over`() {
    let run = Run.over(Debounce(.nanoseconds(3)), burst, until: 15)
    expectNoDifference(run.lines, ["7 c quiet", "15 d quiet"])
    expectNoDifference(run.reasons, [.debouncing, .superseded, .superseded, .debouncing])
  }

  @Test func `leading gives the first value of a burst at once`() {
    let run = Run.over(Debounce(.nanoseconds(3), .leading), burst, until: 15)
    expectNoDifference(run.lines, ["0 a first", "12 d first"])
    expectNoDifference(run.reasons, [.first, .debouncing, .debouncing, .first])
  }

  @Test func `both gives the first value and the last of the others`() {
    let run = Run.over(Debounce(.nanoseconds(3), .both), burst, until: 15)
    expectNoDifference(run.lines, ["0 a first", "7 c quiet", "12 d first"])
  }

  @Test func `the longest wait counts from the first value of a burst`() {
    let rule = Debounce<String>(.nanoseconds(3), maxWait: .nanoseconds(5))
    let run = Run.over(rule, stream, until: 17)
    expectNoDifference(run.lines, ["5 c maximumWait", "11 f maximumWait", "15 g quiet"])
  }

  @Test func `leading speaks again after the longest wait`() {
    let rule = Debounce<String>(.nanoseconds(3), .leading, maxWait: .nanoseconds(5))
    let run = Run.over(rule, stream, until: 17)
    expectNoDifference(run.lines, ["0 a first", "6 d first", "12 g first"])
  }

  @Test(arguments: [(9, ["19 b quiet"]), (10, ["10 a quiet", "20 b quiet"])])
  func `a value at the very end of a burst begins the next`(second: Int, lines: [String]) {
    let run = Run.over(
      Debounce(.nanoseconds(10)),
      [(0, "a"), (Int64(second), "b")],
      until: 100
    )
    expectNoDifference(run.lines, lines)
  }

  @Test func `quiet is the reason when both ends of a burst fall together`() {
    let rule = Debounce<String>(.nanoseconds(5), maxWait: .nanoseconds(5))
    expectNoDifference(Run.over(rule, [(0, "a")], until: 9).lines, ["5 a quiet"])
  }

  @Test func `a pending value goes on at the end of the stream`() {
    let run = Run.over(Debounce(.nanoseconds(10)), [(0, "a")], until: 4)
    expectNoDifference(run.lines, ["4 a ended"])
    #expect(run.ledger == RuleLedger(taken: 1, given: 1))
  }

  @Test(arguments: [Debounce<String>.Edge.trailing, .leading, .both])
  func `zero lets every value pass`(edge: Debounce<String>.Edge) {
    for rule in [
      Debounce<String>(.zero, edge), Debounce(.seconds(-1), edge),
      Debounce(.seconds(1), edge, maxWait: .zero),
    ] {
      let run = Run.over(rule, [(0, "a"), (0, "b")], until: 0)
      expectNoDifference(run.lines, ["0 a passed", "0 b passed"])
    }
  }

  @Test func `a wait beyond the end of time is never due`() {
    var run = Run(Debounce(.seconds(Int64.max)))
    run.receive("a", at: 5)
    run.advance(to: .max)
    expectNoDifference(run.lines, [])
    #expect(run.rule.nextDeadline == .distantFuture && run.rule.heldCount == 1)
  }

  @Test(arguments: [Debounce<Int>.Edge.trailing, .leading, .both])
  func `agrees with bursts cut from the whole list`(edge: Debounce<Int>.Edge) throws {
    for seed in 0..<600 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let quiet = Int64.random(in: 1...9, using: &random)
      let wait: Int64? = random.pick([nil, 1, quiet - 1, quiet, quiet + 3, 25])
      let moments = random.moments(40, around: [quiet, wait ?? 0]) {
        Int.random(in: 0...9, using: &$0)
      }
      let end = moments[39].0 + random.pick([0, 1, quiet, 50])
      let rule = Debounce<Int>(
        .nanoseconds(quiet),
        edge,
        maxWait: wait.map { .nanoseconds($0) }
      )
      let lines =
        wait == 0
        ? moments.map { "\($0.0) \($0.1) passed" }
        : bursts(moments, quiet, wait ?? 9_999, edge, end)
      expectRun(of: rule, moments, until: end, gives: lines, seed: seed)
      try expectRestorable(rule, moments, until: end, seed: seed)
    }
  }

  /// Cuts the list into bursts and reads off what goes on.
  func bursts(
    _ all: [(Int64, Int)],
    _ quiet: Int64,
    _ wait: Int64,
    _ edge: Debounce<Int>.Edge,
    _ end: Int64
  ) -> [String] {
    var (lines, first): ([String], Int) = ([], 0)
    while first < all.count {
      let cap = all[first].0 + wait
      var last = first
      while last + 1 < all.count, all[last + 1].0 < min(all[last].0 + quiet, cap) { last += 1 }
      let over = min(all[last].0 + quiet, cap)
      if edge != .trailing { lines.append("\(all[first].0) \(all[first].1) first") }
      if edge == .trailing || (edge == .both && last > first) {
        let reason = all[last].0 + quiet <= cap ? "quiet" : "maximumWait"
        lines.append("\(min(over, end)) \(all[last].1) \(over <= end ? reason : "ended")")
      }
      first = last + 1
    }
    return lines
  }
}
