import CustomDump
import Testing
import Tocsin

@Suite struct CooldownProperties {
  typealias Run = RuleRun<Cooldown<RuleAlert>>

  @Test func `agrees with a clock that is read every nanosecond`() throws {
    for seed in 0..<800 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let interval = Int64.random(in: 0...9, using: &random)
      let moments = flaps(50, around: interval, seed.isMultiple(of: 3) ? 5 : 2, &random)
      let ends = seed.isMultiple(of: 4)
      let rule = Cooldown<RuleAlert>(.nanoseconds(interval), endsOnResolve: ends)
      let end = moments[49].0 + random.pick([0, 2, 20])
      let lines = CooldownScan.lines(moments, interval, ends, until: end)
      expectRun(of: rule, moments, until: end, gives: lines, seed: seed)
      try expectRestorable(rule, moments, until: end, seed: seed)
    }
  }

  @Test(arguments: [false, true])
  func `the final state is always announced`(atTheEnd: Bool) {
    for seed in 0..<800 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let interval = Int64.random(in: 0...40, using: &random)
      let count = Int.random(in: 1...30, using: &random)
      let moments = flaps(count, around: interval, 2, &random)
      let ends = seed.isMultiple(of: 4)
      let rule = Cooldown<RuleAlert>(.nanoseconds(interval), endsOnResolve: ends)
      var run = Run.over(rule, moments, until: nil)
      let last = moments[count - 1]
      if atTheEnd { run.finish(at: last.0) } else { run.advance(to: last.0 + interval) }
      let closings = run.lines.map { $0.contains("resolved ") }
      #expect((closings.last ?? true) == (last.1.phase == .resolved), "seed \(seed)")
      let isSound = zip([true] + closings, closings).allSatisfy { !($0 && $1) }
      #expect(isSound, "seed \(seed): a closing message without an announcement in \(run.lines)")
      expectNoDifference(run.breaches, [], "seed \(seed)")
    }
  }

  @Test func `flaps that are sent once each come out as strict pairs, one for each interval`() {
    for seed in 0..<800 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let interval = Int64.random(in: 1...9, using: &random)
      var phase = Phase.resolved
      let moments = random.moments(40, around: [interval]) { _ in
        phase = phase == .firing ? .resolved : .firing
        return RuleAlert(.warning, phase)
      }
      let run = Run.over(Cooldown(.nanoseconds(interval)), moments, until: nil)
      let isClosing = run.lines.map { $0.contains("resolved ") }
      expectNoDifference(isClosing, isClosing.indices.map { !$0.isMultiple(of: 2) }, "seed \(seed)")
      let opened = run.lines.filter { !$0.contains("resolved ") }.compactMap(instant)
      let gaps = zip(opened, opened.dropFirst()).map { $1 - $0 }
      #expect(gaps.allSatisfy { $0 >= interval }, "seed \(seed)")
    }
  }

  /// Firing alerts, and one closing one in `closing` or so.
  func flaps(
    _ count: Int,
    around interval: Int64,
    _ closing: Int,
    _ random: inout RuleRandom
  ) -> [(Int64, RuleAlert)] {
    random.moments(count, around: [interval]) { random in
      var alert = random.alert()
      alert.phase = Int.random(in: 0..<closing, using: &random) == 0 ? .resolved : .firing
      return alert
    }
  }

  func instant(_ line: String) -> Int64? { line.split(separator: " ").first.flatMap { Int64($0) } }
}
