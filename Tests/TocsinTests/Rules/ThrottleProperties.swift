import CustomDump
import Testing

@testable import Tocsin

@Suite struct ThrottleProperties {
  @Test(arguments: [false, true])
  func `agrees with a clock that is read every nanosecond`(trailing: Bool) throws {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let (count, window) = (
        Int.random(in: 1...4, using: &random), Int64.random(in: 1...15, using: &random)
      )
      let moments = random.moments(40, around: [window]) { Int.random(in: 0...99, using: &$0) }
      let end = moments[39].0 + random.pick([0, 1, window, 40])
      let lines = polledThrottle(moments, count, window, trailing, until: end)
      let rule = Throttle<Int>(count, per: .nanoseconds(window), trailing: trailing)
      expectRun(of: rule, moments, until: end, gives: lines, seed: seed)
      try expectRestorable(rule, moments, until: end, seed: seed)
    }
  }

  /// The instants of what passed in the open window, forgotten when the window is over.
  func polledThrottle(
    _ moments: [(Int64, Int)],
    _ count: Int,
    _ window: Int64,
    _ trailing: Bool,
    until end: Int64
  ) -> [String] {
    var (open, lines, pending): ([Int64], [String], Int?) = ([], [], nil)
    func tick(_ time: Int64) {
      if let first = open.first, time - first >= window { open = [] }
      guard open.isEmpty, let value = pending else { return }
      lines.append("\(time) \(value) windowClosed")
      (open, pending) = ([time], nil)
    }
    polled(moments, until: end, tick: tick) { time, value in
      if open.count < count {
        lines.append("\(time) \(value) \(open.isEmpty ? "first" : "passed")")
        open.append(time)
      } else if trailing {
        pending = value
      }
    }
    if let value = pending { lines.append("\(end) \(value) ended") }
    return lines
  }

  @Test func `what passes in any window is never more than the count and what waited`() {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(60, around: [10]) { Int.random(in: 0...9, using: &$0) }
      let run = RuleRun.over(Throttle<Int>(3, per: .nanoseconds(10)), moments, until: nil)
      let times = run.lines.compactMap { Int64($0.split(separator: " ")[0]) }
      let opened = zip(times, run.lines).filter { $1.hasSuffix("first") }.map(\.0)
      for (start, next) in zip(opened, opened.dropFirst()) {
        #expect(next - start >= 10 && times.filter { $0 >= start && $0 < next }.count <= 3)
      }
    }
  }

  @Test(arguments: [false, true])
  func `of alerts of one key the last word is the truth`(trailing: Bool) throws {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(30, around: [9]) { $0.keyedAlert().alert }
      let rule = Throttle<RuleAlert>(2, per: .nanoseconds(9), trailing: trailing)
      expectLastWords(of: rule, moments, key: { _ in 0 }, after: 9, seed: seed)
      try expectRestorable(rule, moments, until: moments[29].0, seed: seed)
    }
  }

  @Test(arguments: [false, true])
  func `of alerts of many keys each last word is the truth`(trailing: Bool) throws {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(40, around: [9]) { $0.keyedAlert() }
      let rule = ThrottleOfEpisodes<KeyedAlert>(2, per: .nanoseconds(9), trailing: trailing)
      expectLastWords(of: rule, moments, key: \.key, after: 60, seed: seed)
      try expectRestorable(rule, moments, until: moments[39].0, seed: seed)
    }
  }
}
