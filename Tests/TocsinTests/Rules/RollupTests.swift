import CustomDump
import Foundation
import Testing

@testable import Tocsin

extension RolledUp: RuleText {
  var text: String {
    let list = sample.map { "\($0)" }.joined(separator: ",")
    let worst = worst.map { " \($0)" } ?? ""
    return isSummary ? "\(first)...\(last) n=\(count)\(worst) [\(list)] \(start)" : "\(first)"
  }
}

@Suite struct RollupTests {
  typealias Run = RuleRun<Rollup<String>>
  let stream: [(Int64, String)] = [
    (0, "a"), (2, "b"), (4, "c"), (6, "d"), (8, "e"), (10, "f"), (12, "g"), (21, "h"),
  ]

  func rollup(_ count: Int, _ window: Int64, sample: Int = 9) -> Rollup<String> {
    Rollup(count, per: .nanoseconds(window), sample: sample)
  }

  func messages<Value>(_ rule: Rollup<Value>, _ moments: [(Int64, Value)], until end: Int64)
    -> [RolledUp<Value>]
  {
    var (rule, list): (Rollup<Value>, [RolledUp<Value>]) = (rule, [])
    for (time, value) in moments {
      let now = Instant(nanoseconds: time)
      while let due = rule.expire(at: now) { list.append(due.output) }
      if let output = rule.receive(value, at: now).output { list.append(output) }
    }
    while let due = rule.expire(at: Instant(nanoseconds: end)) { list.append(due.output) }
    while let due = rule.finish(at: Instant(nanoseconds: end)) { list.append(due.output) }
    return list
  }

  @Test func `the first values pass, the rest is one summary at the end of the window`() {
    let list = messages(rollup(1, 5), stream, until: 30)
    expectNoDifference(list.map(\.count), [1, 2, 2, 2, 1])
    expectNoDifference(list.map(\.sample), [["a"], ["b", "c"], ["d", "e"], ["f", "g"], ["h"]])
    expectNoDifference(list.map(\.end.nanoseconds), [0, 5, 10, 15, 21])
    expectNoDifference(list.map(\.start.nanoseconds), [0, 2, 6, 10, 21])
  }

  @Test func `reasons and books`() {
    let run = Run.over(rollup(1, 10), [(0, "a"), (1, "b"), (2, "c"), (10, "d")], until: 12)
    expectNoDifference(run.reasons, [.first, .summarised, .summarised, .summarised])
    #expect(run.ledger == RuleLedger(taken: 4, made: 2, given: 3, dropped: 3))
    expectNoDifference(
      run.lines.map { $0.split(separator: " ").last },
      ["first", "windowClosed", "ended"]
    )
    expectNoDifference(run.breaches, [])
  }

  @Test func `a summary after a silence binds nothing`() {
    let moments: [(Int64, String)] = [(0, "a"), (1, "b"), (100, "x"), (101, "y")]
    let list = messages(
      rollup(2, 5),
      [(0, "a"), (1, "b"), (2, "c")] + moments.suffix(2),
      until: 200
    )
    expectNoDifference(list.map(\.sample), [["a"], ["b"], ["c"], ["x"], ["y"]])
  }

  @Test func `the end of a window is a deadline whether anything waits or not`() {
    var rule = rollup(2, 10)
    #expect(rule.nextDeadline == .distantFuture)
    let due = ([0, 3, 4] as [Int64]).map { time in
      _ = rule.receive("a", at: Instant(nanoseconds: time))
      return rule.nextDeadline.nanoseconds
    }
    expectNoDifference(due, [10, 10, 10])
    #expect(rule.expire(at: Instant(nanoseconds: 9)) == nil)
    #expect(rule.expire(at: Instant(nanoseconds: 10))?.instant.nanoseconds == 10)
    #expect(rule.nextDeadline.nanoseconds == 20, "the window that the summary opens")
    #expect(rule.expire(at: Instant(nanoseconds: 25)) == nil)
    #expect(rule.nextDeadline == .distantFuture)
    #expect(rule.receive("b", at: Instant(nanoseconds: 26)).reason == .first)
    #expect(rule.nextDeadline.nanoseconds == 36)
  }

  @Test func `a summary of one value that never waited is the message of that value`() {
    var rule = rollup(1, 10)
    for time in [0, 3] as [Int64] { _ = rule.receive("a", at: Instant(nanoseconds: time)) }
    var other = rule
    let (now, later) = (Instant(nanoseconds: 3), Instant(nanoseconds: 4))
    let (told, waited) = (rule.finish(at: now)?.output, other.finish(at: later)?.output)
    expectNoDifference(told, RolledUp("a", at: now))
    #expect(told?.hashValue == RolledUp("a", at: now).hashValue)
    #expect(waited?.count == 1 && waited?.end == later && waited != told)
  }

  @Test func `messages survive a file, and tell each other apart`() throws {
    let list = messages(rollup(1, 5, sample: 3), stream, until: 30)
    let file = try JSONEncoder().encode(list)
    expectNoDifference(try JSONDecoder().decode([RolledUp<String>].self, from: file), list)
    #expect(Set(list).count == list.count)
    let others = [
      messages(rollup(1, 5, sample: 3), stream.map { ($0.0, $0.1 + "'") }, until: 30),
      messages(rollup(1, 5, sample: 3), stream.map { ($0.0 + 1, $0.1) }, until: 31),
      messages(rollup(1, 5, sample: 1), stream, until: 30).filter(\.isSummary),
    ]
    for other in others { #expect(Set(other).isDisjoint(with: list)) }
  }

  @Test func `what was told is not saved`() throws {
    var rule = rollup(1, 10)
    for (time, value) in stream.prefix(5) {
      _ = rule.receive(value, at: Instant(nanoseconds: time))
    }
    let before = try String(decoding: JSONEncoder().encode(rule), as: UTF8.self)
    #expect(before.contains("\"c\""))
    #expect(rule.expire(at: Instant(nanoseconds: 10))?.output.sample == ["b", "c", "d", "e"])
    let after = try String(decoding: JSONEncoder().encode(rule), as: UTF8.self)
    for value in ["b", "c", "d", "e"] { #expect(!after.contains("\"\(value)\"")) }
  }

  @Test func `a summary has the first, the last and a bounded sample`() {
    let values = (0..<100).map { (Int64($0 % 9), $0) }.sorted { $0.0 < $1.0 }
    let list = messages(Rollup<Int>(1, per: .nanoseconds(50), sample: 3), values, until: 60)
    let rest = values.dropFirst().map(\.1)
    expectNoDifference(list.map(\.count), [1, 99])
    expectNoDifference(list[1].sample, Array(rest.prefix(3)))
    #expect(list[1].first == rest.first && list[1].last == rest.last && list[1].worst == nil)
  }

  @Test(arguments: [0, -1, .min]) func `numbers of less than one count as one`(number: Int) {
    let list = messages(rollup(number, 5, sample: number), stream, until: 30)
    expectNoDifference(list.map(\.sample).map(\.count), list.map { _ in 1 })
    expectNoDifference(list.reduce(0) { $0 + $1.count }, 8)
    #expect(list[1].count == 2 && list[1].last == "c")
  }

  @Test(arguments: [0, -5] as [Int64]) func `no window lets all pass`(window: Int64) {
    let run = Run.over(rollup(1, window), [(0, "a"), (0, "b")], until: 0)
    expectNoDifference(run.lines, ["0 a passed", "0 b passed"])
  }

  @Test func `stands the ends of time`() {
    for (count, window) in [(1, Int64.max), (.max, .max), (1, 1)] {
      let times: [Int64] = [.min + 9, .min + 9, .min + 10, 0, 0, .max - 1, .max, .max]
      let run = Run.over(rollup(count, window), times.map { ($0, "a") }, until: .max)
      expectNoDifference(run.breaches, [])
    }
  }

  @Test func `a critical alert closes the summary and passes with it`() {
    let moments: [(Int64, RuleAlert)] = [
      (0, .warning), (1, .error), (2, .resolved), (3, .critical), (4, .critical), (5, .resolved),
    ]
    let list = messages(Rollup(1, per: .nanoseconds(50)), moments, until: 60)
    expectNoDifference(list.map(\.count), [1, 3, 1, 1])
    expectNoDifference(list.map(\.end.nanoseconds), [0, 3, 4, 50])
    expectNoDifference(list[1].sample, [.error, .resolved, .critical])
    expectNoDifference(list.map(\.worst), [.warning, .critical, .critical, .info])
    expectNoDifference(list.map(\.last.phase), [.firing, .firing, .firing, .resolved])
  }

  @Test func `what closes a critical alert waits for the summary as others do`() {
    let moments: [(Int64, RuleAlert)] = [
      (0, .critical), (1, RuleAlert(.critical, .resolved)), (2, .warning),
    ]
    let list = messages(Rollup(1, per: .nanoseconds(50)), moments, until: 60)
    expectNoDifference(list.map(\.count), [1, 2])
    expectNoDifference(list.map(\.end.nanoseconds), [0, 50])
  }

  @Test func `closing alerts are in the sample even if it is full`() {
    let alerts = (1...9).map { (Int64($0), KeyedAlert($0, .warning)) }
    let ends = (1...9).map { (Int64($0 + 10), KeyedAlert($0, .resolved)) }
    let list = messages(Rollup(1, per: .nanoseconds(50), sample: 2), alerts + ends, until: 99)
    expectNoDifference(list[1].sample.filter { $0.phase == .resolved }.map(\.key), Array(1...9))
    expectNoDifference(list[1].sample.count, 11)
  }

  @Test func `agrees with windows cut from the whole list`() throws {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let (count, window) = (
        Int.random(in: 1...3, using: &random), Int64.random(in: 1...20, using: &random)
      )
      let moments = random.moments(50, around: [window]) { Int.random(in: 0...99, using: &$0) }
      let end = moments[49].0 + random.pick([0, 1, window, 40])
      let rule = Rollup<Int>(count, per: .nanoseconds(window), sample: 3)
      let lines = cut(moments, count, window, until: end).map { RuleLine($0) }
      let run = RuleRun.over(rule, moments, until: end)
      expectNoDifference(run.breaches, [])
      expectNoDifference(run.lines, lines.map(\.text), "seed \(seed)")
      try expectRestorable(rule, moments, until: end, seed: seed)
    }
  }

  struct RuleLine {
    var text: String
    init(_ cut: (Int64, [(Int64, Int)], String)) {
      let (instant, values, reason) = cut
      let head = values.prefix(3).map { "\($0.1)" }.joined(separator: ",")
      let (first, last) = (values.first?.1 ?? 0, values.last?.1 ?? 0)
      let since = Instant(nanoseconds: values.first?.0 ?? 0)
      text =
        values.count > 1
        ? "\(instant) \(first)...\(last) n=\(values.count) [\(head)] \(since) \(reason)"
        : "\(instant) \(first) \(reason)"
    }
  }

  /// Cuts the list into windows, each from the message that opens it.
  func cut(_ moments: [(Int64, Int)], _ count: Int, _ window: Int64, until end: Int64)
    -> [(Int64, [(Int64, Int)], String)]
  {
    var (rest, result): (ArraySlice<(Int64, Int)>, [(Int64, [(Int64, Int)], String)]) = (
      moments[...], []
    )
    var pending: [(Int64, Int)] = []
    var opening: Int64?
    while !rest.isEmpty || !pending.isEmpty {
      var messages = 0
      if let start = opening, !pending.isEmpty {
        result.append((start, pending, start <= end ? "windowClosed" : "ended"))
        (messages, pending) = (1, [])
      } else {
        opening = rest.first?.0
      }
      guard let start = opening else { break }
      let inside = rest.prefix { $0.0 < start + window }
      let single = inside.prefix(count - messages)
      for (index, one) in single.enumerated() {
        result.append((one.0, [one], index == 0 && messages == 0 ? "first" : "passed"))
      }
      pending = Array(inside.dropFirst(single.count))
      rest = rest.dropFirst(inside.count)
      if start + window > end, !pending.isEmpty {
        result.append((end, pending, "ended"))
        return result
      }
      opening = pending.isEmpty ? nil : start + window
    }
    return result
  }

  @Test func `every value is in exactly one message and the last word is the truth`() {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(40, around: [9]) { $0.alert() }
      let list = messages(Rollup(2, per: .nanoseconds(9)), moments, until: moments[39].0 + 9)
      #expect(list.reduce(0) { $0 + $1.count } == 40, "seed \(seed)")
      #expect(list.last?.phase == moments[39].1.phase, "seed \(seed)")
      let critical = moments.filter { $0.1.severity == .critical && $0.1.phase == .firing }
      let told = list.filter { $0.last.severity == .critical && $0.last.phase == .firing }
      expectNoDifference(told.map(\.end.nanoseconds), critical.map(\.0), "seed \(seed)")
    }
  }
}
