import CustomDump
import Testing
import Tocsin

@Suite struct SlidingWindowTests {
  typealias Run = RuleRun<SlidingWindow<Int>>

  func window(_ length: Int64, every step: Int64, limit: Int = 99) -> SlidingWindow<Int> {
    SlidingWindow(.nanoseconds(length), every: .nanoseconds(step), limit: limit)
  }

  @Test func `gives what is inside at every step until nothing is`() {
    let run = Run.over(window(4, every: 2), [(0, 1), (2, 2), (11, 3)], until: 13)
    expectNoDifference(
      run.lines,
      [
        "2 [1] [-2, 2) n=1 windowClosed", "4 [1, 2] [0, 4) n=2 windowClosed",
        "6 [2] [2, 6) n=1 windowClosed", "13 [3] [9, 13) n=1 windowClosed",
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 3, made: 4, given: 4, dropped: 3))
  }

  @Test func `what was in no summary comes at the end`() {
    let run = Run.over(window(4, every: 2), [(0, 1), (3, 2)], until: 3)
    expectNoDifference(
      run.lines,
      ["2 [1] [-2, 2) n=1 windowClosed", "3 [1, 2] [-1, 3) n=2 ended"]
    )
    let quiet = Run.over(window(4, every: 2), [(0, 1)], until: 3)
    expectNoDifference(quiet.lines, ["2 [1] [-2, 2) n=1 windowClosed"])
  }

  @Test func `a step of zero gives a summary with every value`() {
    let run = Run.over(window(4, every: 0), [(0, 1), (3, 2), (4, 3), (99, 4)], until: 99)
    expectNoDifference(
      run.lines,
      [
        "0 [1] [-4, 0) n=1 windowClosed", "3 [1, 2] [-1, 3) n=2 windowClosed",
        "4 [2, 3] [0, 4) n=2 windowClosed", "99 [4] [95, 99) n=1 windowClosed",
      ]
    )
  }

  @Test func `a step longer than the window is cut to it`() {
    let run = Run.over(window(4, every: 9), [(0, 1)], until: 99)
    expectNoDifference(run.lines, ["4 [1] [0, 4) n=1 windowClosed"])
    let zero = Run.over(window(0, every: 9), [(0, 1), (0, 2)], until: 99)
    expectNoDifference(zero.lines.count, 2)
  }

  @Test func `a full window lets the oldest go and says so while it matters`() {
    let run = Run.over(window(4, every: 4, limit: 2), [(0, 1), (1, 2), (2, 3), (5, 4)], until: 9)
    expectNoDifference(
      run.lines,
      ["4 [2, 3] [0, 4) n=2 cut windowClosed", "8 [4] [4, 8) n=1 windowClosed"]
    )
    expectNoDifference(run.reasons, [.summarised, .summarised, .bufferFull, .summarised])
  }

  @Test func `agrees with the list filtered at every step`() throws {
    for seed in 0..<500 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let length = Int64.random(in: 1...15, using: &random)
      let step = Int64.random(in: 1...length, using: &random)
      let limit = random.pick([1, 2, 3, 5, 8, 99])
      let moments = random.moments(60, around: [length, step]) { Int.random(in: 0...9, using: &$0) }
      let end = moments[59].0 + random.pick([0, 1, 40])
      let rule = window(length, every: step, limit: limit)
      let lines = filtered(moments, length, step, limit, end)
      expectRun(of: rule, moments, until: end, gives: lines, seed: seed)
      try expectRestorable(rule, moments, until: end, seed: seed)
    }
  }

  func filtered(
    _ all: [(Int64, Int)],
    _ length: Int64,
    _ step: Int64,
    _ limit: Int,
    _ end: Int64
  ) -> [String] {
    func line(_ inside: [(Int64, Int)], _ close: Int64, _ reason: String) -> String {
      let kept = inside.suffix(limit).map(\.1)
      let cut = inside.count > limit ? " cut" : ""
      return "\(close) \(kept) [\(close - length), \(close)) n=\(kept.count)\(cut) \(reason)"
    }
    var (lines, next): ([String], Int64?) = ([], all.first.map { $0.0 + step })
    while let close = next, close <= end {
      let inside = all.filter { $0.0 >= close - length && $0.0 < close }
      if inside.isEmpty {
        next = all.first { $0.0 >= close }.map { $0.0 + step }
      } else {
        lines.append(line(inside, close, "windowClosed"))
        next = close + step
      }
    }
    guard let next, all.contains(where: { $0.0 >= next - step }) else { return lines }
    return lines + [line(all.filter { $0.0 > end - length }, end, "ended")]
  }
}
