import CustomDump
import Testing
import Tocsin

@Suite struct ChangedTests {
  typealias Run = RuleRun<Timeless<Changed<String>>>

  func moments(_ text: String) -> [(Int64, String)] {
    text.enumerated().map { (Int64($0.offset), String($0.element)) }
  }

  @Test func `lets the first value and every different one pass`() {
    let run = Run.over(Timeless(base: Changed()), moments("aabba"), until: 9)
    expectNoDifference(run.lines, ["0 a first", "2 b changed", "4 a changed"])
    expectNoDifference(run.reasons, [.first, .unchanged, .changed, .unchanged, .changed])
    #expect(run.breaches.isEmpty)
  }

  @Test func `a value to start from is not news`() {
    let run = Run.over(Timeless(base: Changed(from: "a")), moments("ab"), until: 9)
    expectNoDifference(run.lines, ["1 b changed"])
  }

  @Test func `a value unequal to itself is always news`() {
    var rule = Changed<Double>()
    _ = rule.receive(.nan, at: .epoch)
    #expect(rule.receive(.nan, at: .epoch).reason == .changed)
  }

  @Test func `by a property compares only that`() {
    let rule = ChangedBy<String> { $0.first }
    let run = RuleRun.over(
      Timeless(base: rule),
      [(0, "a1"), (1, "a2"), (2, "b2"), (3, "b3"), (4, ""), (5, "")],
      until: 9
    )
    expectNoDifference(run.lines, ["0 a1 first", "2 b2 changed", "4  changed"])
  }

  @Test func `small steps add up, because a value is compared with the last that passed`() {
    let rule = ChangedBy<Int> { abs($0 - $1) < 2 }
    let run = RuleRun.over(
      Timeless(base: rule),
      [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 3)],
      until: 9
    )
    expectNoDifference(run.lines, ["0 0 first", "2 2 changed", "4 4 changed"])
  }

  @Test func `agrees with the list compared to itself, one apart`() throws {
    for seed in 0..<500 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let all = random.moments(40, around: [1]) { Int.random(in: 0...2, using: &$0) }
      let news = all.indices.filter { $0 == 0 || all[$0].1 != all[$0 - 1].1 }
      let lines = news.map { "\(all[$0].0) \(all[$0].1) \($0 == 0 ? "first" : "changed")" }
      let rule = Timeless(base: Changed<Int>())
      expectRun(of: rule, all, until: all[39].0, gives: lines, seed: seed)
      try expectRestorable(rule, all, until: all[39].0, seed: seed)
      let by = Timeless(base: ChangedBy<Int> { $0 })
      expectRun(of: by, all, until: all[39].0, gives: lines, seed: seed)
    }
  }
}
