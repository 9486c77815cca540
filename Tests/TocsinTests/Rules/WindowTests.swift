import CustomDump
import Testing
import Tocsin

@Suite struct WindowTests {
  typealias Run = RuleRun<Window<Int, Int>>
  let numbers: [(Int64, Int)] = [(0, 1), (2, 2), (4, 3), (8, 4), (10, 5)]

  func sums(_ length: Int64, atMost limit: Int = .max) -> Window<Int, Int> {
    Window(.nanoseconds(length), atMost: limit, into: 0) { $0 += $1 }
  }

  @Test func `windows of time follow each other and begin with a value`() {
    let run = Run.over(sums(4), numbers, until: 15)
    expectNoDifference(
      run.lines,
      [
        "4 3 [0, 4) n=2 windowClosed", "8 3 [4, 8) n=1 windowClosed",
        "12 9 [8, 12) n=2 windowClosed",
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 5, made: 3, given: 3, dropped: 5))
  }

  @Test func `windows of a number close with their last value`() {
    let run = Run.over(Window(count: 2, into: 0) { $0 += $1 }, numbers, until: 15)
    expectNoDifference(
      run.lines,
      ["2 3 [0, 2) n=2 windowClosed", "8 7 [4, 8) n=2 windowClosed", "15 5 [10, 15) n=1 ended"]
    )
    expectNoDifference(run.reasons[0...1], [.summarised, .windowClosed])
  }

  @Test func `a window keeps its values when asked to`() {
    let rule = Window<Int, [Int]>(.nanoseconds(4), atMost: 3)
    let run = RuleRun.over(rule, [(0, 1), (1, 2), (1, 3), (1, 4), (99, 5)], until: 99)
    expectNoDifference(
      run.lines,
      [
        "1 [1, 2, 3] [0, 1) n=3 windowClosed", "5 [4] [1, 5) n=1 windowClosed",
        "99 [5] [99, 99) n=1 ended",
      ]
    )
  }

  @Test(arguments: [
    (9, ["10 3 [0, 10) n=2 windowClosed"]),
    (10, ["10 1 [0, 10) n=1 windowClosed", "11 2 [10, 11) n=1 ended"]),
  ])
  func `a value at the end belongs to the next window`(second: Int, lines: [String]) {
    expectNoDifference(Run.over(sums(10), [(0, 1), (Int64(second), 2)], until: 11).lines, lines)
  }

  @Test func `empty windows do not exist, however long the gap`() {
    let year: Int64 = 31_536_000_000_000_000
    let run = Run.over(sums(10), [(0, 1), (year, 2)], until: year)
    expectNoDifference(
      run.lines,
      ["10 1 [0, 10) n=1 windowClosed", "\(year) 2 [\(year), \(year)) n=1 ended"]
    )
  }

  @Test func `a length of zero and a count of one give each value its window`() {
    for rule in [sums(0), sums(9, atMost: 1), sums(9, atMost: -1)] {
      let run = Run.over(rule, [(3, 1), (3, 2)], until: 3)
      expectNoDifference(
        run.lines,
        ["3 1 [3, 3) n=1 windowClosed", "3 2 [3, 3) n=1 windowClosed"]
      )
    }
  }

  @Test func `its state can be saved and restored`() throws {
    var run = Run(sums(4))
    for (time, value) in numbers {
      run.receive(value, at: time)
      run.rule.state = try run.rule.state.writtenAndRead()
    }
    run.finish(at: 15)
    expectNoDifference(run.lines, Run.over(sums(4), numbers, until: 15).lines)
  }

  @Test func `agrees with windows cut from the whole list`() {
    for seed in 0..<600 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let (length, limit) = (Int64.random(in: 1...12, using: &random), random.pick([2, 3, 7, 99]))
      let moments = random.moments(50, around: [length]) { Int.random(in: 0...9, using: &$0) }
      let end = moments[49].0 + random.pick([0, 1, 30])
      let lines = cut(moments, length, limit, end)
      expectRun(of: sums(length, atMost: limit), moments, until: end, gives: lines, seed: seed)
    }
  }

  func cut(_ all: [(Int64, Int)], _ length: Int64, _ limit: Int, _ end: Int64) -> [String] {
    var (lines, rest): ([String], ArraySlice<(Int64, Int)>) = ([], all[...])
    while let start = rest.first?.0 {
      let part = rest.prefix { $0.0 < start + length }.prefix(limit)
      let close = part.count == limit ? part[part.endIndex - 1].0 : min(start + length, end)
      let isClosed = part.count == limit || start + length <= end
      let sum = part.map(\.1).reduce(0, +)
      lines.append(
        "\(close) \(sum) [\(start), \(close)) n=\(part.count) "
          + (isClosed ? "windowClosed" : "ended")
      )
      rest = rest.dropFirst(part.count)
    }
    return lines
  }
}
