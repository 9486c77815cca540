import CustomDump
import Testing
import Tocsin

extension Followed: RuleText {
  var text: String { "\(first)\(second) \(took.wholeNanoseconds)" }
}

/// ``FollowedBy`` and ``NotFollowed``. Of the letters `a` opens, `b` follows, `x` does both.
@Suite struct SequenceTests {
  typealias Pairs = RuleRun<Timeless<FollowedBy<String>>>
  typealias Signals = RuleRun<NotFollowed<String>>
  static let opens: @Sendable (String) -> Bool = { $0 == "a" || $0 == "x" }
  static let follows: @Sendable (String) -> Bool = { $0 == "b" || $0 == "x" }

  func pairs(_ limit: Int64 = 4) -> Timeless<FollowedBy<String>> {
    Timeless(
      base: FollowedBy(first: Self.opens, then: Self.follows, within: .nanoseconds(limit))
    )
  }

  func signals(_ limit: Int64 = 4) -> NotFollowed<String> {
    NotFollowed(first: Self.opens, by: Self.follows, within: .nanoseconds(limit))
  }

  @Test func `a pair comes with its second value, and the time it took`() {
    let moments: [(Int64, String)] = [
      (0, "a"), (2, "b"), (6, "a"), (10, "b"), (12, "b"), (14, "a"), (16, "a"), (17, "b"),
      (18, "c"),
    ]
    let run = Pairs.over(pairs(), moments, until: 20)
    expectNoDifference(run.lines, ["2 ab 2 followed", "17 ab 3 followed"])
    expectNoDifference(
      run.reasons,
      [
        .waitingForNext, .followed, .waitingForNext, .unmatched, .unmatched, .waitingForNext,
        .duplicate, .followed, .filtered,
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 9, given: 2, dropped: 7))
  }

  @Test(arguments: [(3, true), (4, false)])
  func `what follows at the very end is too late`(second: Int, isInTime: Bool) {
    let run = Pairs.over(pairs(), [(0, "a"), (Int64(second), "b")], until: 9)
    #expect(run.lines.isEmpty != isInTime)
  }

  @Test func `a value of both kinds ends one and begins the next`() {
    let run = Pairs.over(pairs(), [(0, "x"), (2, "x"), (5, "x"), (9, "x")], until: 20)
    expectNoDifference(run.lines, ["2 xx 2 followed", "5 xx 3 followed"])
    let signals = Signals.over(signals(), [(0, "x"), (2, "x"), (5, "x"), (9, "x")], until: 12)
    expectNoDifference(
      signals.lines,
      ["9 firing(x) since 5 notFollowed", "9 resolved(x) since 9 resolved"]
    )
    expectNoDifference(signals.reasons, [.waitingForNext, .followed, .followed, .resolved])
  }

  @Test func `what is over opens anew`() {
    let run = Pairs.over(pairs(), [(0, "a"), (4, "a"), (7, "b")], until: 20)
    expectNoDifference(run.lines, ["7 ab 3 followed"])
  }

  @Test func `a signal fires exactly when the time is over, and resolves when it is followed`() {
    let moments: [(Int64, String)] = [
      (0, "a"), (2, "b"), (6, "a"), (12, "b"), (16, "a"), (18, "a"), (21, "a"), (22, "c"),
    ]
    let run = Signals.over(signals(), moments, until: 25)
    expectNoDifference(
      run.lines,
      [
        "10 firing(a) since 6 notFollowed", "12 resolved(b) since 12 resolved",
        "20 firing(a) since 16 notFollowed",
      ]
    )
    expectNoDifference(
      run.reasons,
      [
        .waitingForNext, .followed, .waitingForNext, .resolved, .waitingForNext, .duplicate,
        .stillFiring, .filtered,
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 8, made: 2, given: 3, dropped: 7))
  }

  @Test func `what follows at the deadline comes after the signal`() {
    let run = Signals.over(signals(), [(0, "a"), (4, "b")], until: 9)
    expectNoDifference(
      run.lines,
      ["4 firing(a) since 0 notFollowed", "4 resolved(b) since 4 resolved"]
    )
  }

  @Test func `what follows nothing is unmatched`() {
    expectNoDifference(Signals.over(signals(), [(0, "b")], until: 9).reasons, [.unmatched])
  }

  @Test func `an open value proves nothing at the end`() {
    let run = Signals.over(signals(), [(0, "a")], until: 3)
    expectNoDifference(run.lines, [])
    #expect(run.rule.canBeForgotten && run.rule.nextDeadline == .distantFuture)
  }

  @Test(arguments: [Int64(0), -1]) func `a limit of zero leaves no time`(limit: Int64) {
    expectNoDifference(Pairs.over(pairs(limit), [(0, "a"), (0, "b")], until: 9).lines, [])
    let run = Signals.over(signals(limit), [(0, "a"), (0, "b")], until: 9)
    expectNoDifference(
      run.lines,
      ["0 firing(a) since 0 notFollowed", "0 resolved(b) since 0 resolved"]
    )
  }

  @Test func `is not forgotten while a value waits or the signal fires`() {
    var run = Signals(signals())
    #expect(run.rule.canBeForgotten)
    run.receive("a", at: 0)
    #expect(!run.rule.canBeForgotten)
    run.advance(to: 9)
    #expect(!run.rule.canBeForgotten)
    run.receive("b", at: 10)
    #expect(run.rule.canBeForgotten)
  }

  @Test func `they stand the ends of time`() {
    let times: [Int64] = [.min, .min + 10, -1, 0, 0, 1, .max - 9, .max - 1, .max]
    let moments = times.enumerated().map { ($0.element, ["a", "b", "x"][$0.offset % 3]) }
    for limit in [1, 1_000, Int64.max] {
      expectNoDifference(Pairs.over(pairs(limit), moments, until: .max).breaches, [])
      let dated = Array(moments.dropFirst())
      expectNoDifference(Signals.over(signals(limit), dated, until: .max).breaches, [])
    }
  }

  @Test func `they agree with a search through all values`() throws {
    for seed in 0..<600 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let limit = Int64.random(in: 1...9, using: &random)
      let moments = random.moments(40, around: [limit]) { $0.pick(["a", "a", "b", "b", "c", "x"]) }
      let end = moments[39].0 + random.pick([0, 2, 20])
      var own = Pairs(pairs(limit))
      var run = Signals(signals(limit))
      for (index, (time, value)) in moments.enumerated() {
        if (index + Int(seed)).isMultiple(of: 7) {
          own.rule.base.state = try own.rule.base.state.writtenAndRead()
          run.rule.state = try run.rule.state.writtenAndRead()
        }
        own.receive(value, at: time)
        run.receive(value, at: time)
      }
      run.finish(at: end)
      expectNoDifference(own.lines, SequenceModel.pairs(moments, limit), "seed \(seed)")
      let lines = SequenceModel.signals(moments, limit, until: end)
      expectNoDifference(run.lines, lines, "seed \(seed)")
      expectNoDifference(own.breaches + run.breaches, [], "seed \(seed)")
    }
  }
}

/// Both rules, told by walking along the list from one opening value to what ends it.
enum SequenceModel {
  static func pairs(_ all: [(Int64, String)], _ limit: Int64) -> [String] {
    var (lines, place): ([String], Int) = ([], 0)
    while let open = all[place...].firstIndex(where: { SequenceTests.opens($0.1) }) {
      let (start, value) = all[open]
      let rest = all[(open + 1)...]
      let over = rest.firstIndex { $0.0 >= start + limit } ?? all.count
      if let end = all[(open + 1)..<over].firstIndex(where: { SequenceTests.follows($0.1) }) {
        lines.append("\(all[end].0) \(value)\(all[end].1) \(all[end].0 - start) followed")
        place = SequenceTests.opens(all[end].1) ? end : end + 1
      } else {
        place = over
      }
    }
    return lines
  }

  static func signals(_ all: [(Int64, String)], _ limit: Int64, until end: Int64) -> [String] {
    var (lines, place): ([String], Int) = ([], 0)
    while let open = all[place...].firstIndex(where: { SequenceTests.opens($0.1) }) {
      let (start, value) = all[open]
      let follower = all[(open + 1)...].firstIndex { SequenceTests.follows($0.1) }
      let came = follower.map { all[$0].0 } ?? .max
      if came >= start + limit && start + limit <= end {
        lines.append("\(start + limit) firing(\(value)) since \(start) notFollowed")
        if let follower {
          lines.append("\(came) resolved(\(all[follower].1)) since \(came) resolved")
        }
      }
      guard let follower else { break }
      place = SequenceTests.opens(all[follower].1) ? follower : follower + 1
    }
    return lines
  }
}
