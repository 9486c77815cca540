import CustomDump
import Testing
import Tocsin

@Suite struct FlappingProperties {
  typealias Run = RuleRun<Flapping<RuleAlert>>

  struct Setting {
    var enter: Int
    var leave: Int
    var window: Int64
    var settled: Int64?

    init(_ random: inout RuleRandom) {
      enter = Int.random(in: 1...5, using: &random)
      leave = Int.random(in: 1...enter, using: &random)
      window = Int64.random(in: 1...20, using: &random)
      settled = random.pick([nil, nil, 1, 3, 9])
    }

    var rule: Flapping<RuleAlert> {
      Flapping(
        enter,
        leave: leave,
        within: .nanoseconds(window),
        settled: settled.map { .nanoseconds($0) }
      )
    }
  }

  func moments(_ setting: Setting, _ random: inout RuleRandom) -> [(Int64, RuleAlert)] {
    random.moments(50, around: [setting.window, setting.settled ?? 2, 1, 2]) { random in
      var alert = random.alert()
      alert.phase = random.pick([.firing, .resolved])
      return alert
    }
  }

  @Test func `agrees with counting all changes anew every nanosecond`() throws {
    for seed in 0..<800 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let setting = Setting(&random)
      let moments = moments(setting, &random)
      let end = moments[49].0 + random.pick([0, 3, 40])
      let lines = FlappingModel(setting).lines(moments, until: end)
      expectRun(of: setting.rule, moments, until: end, gives: lines, seed: seed)
      try expectRestored(setting.rule, moments, until: end, gives: lines, seed: seed)
    }
  }

  /// The rule's state is written out and read back before every seventh alert.
  func expectRestored(
    _ rule: Flapping<RuleAlert>,
    _ moments: [(Int64, RuleAlert)],
    until end: Int64,
    gives lines: [String],
    seed: UInt64
  ) throws {
    var run = Run(rule)
    for (index, (time, alert)) in moments.enumerated() {
      if (index + Int(seed)).isMultiple(of: 7) {
        run.rule.state = try run.rule.state.writtenAndRead()
      }
      run.receive(alert, at: time)
    }
    run.finish(at: end)
    expectNoDifference(run.lines, lines, "restored, seed \(seed)")
  }

  @Test func `the last word is always the truth`() {
    for seed in 0..<800 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let setting = Setting(&random)
      let moments = moments(setting, &random)
      var run = Run.over(setting.rule, moments, until: nil)
      run.advance(to: moments[49].0 + setting.window)
      #expect(
        run.lines.last?.contains("resolved ") == (moments[49].1.phase == .resolved),
        "seed \(seed)"
      )
      expectNoDifference(run.rule.nextDeadline, .distantFuture, "seed \(seed)")
      expectNoDifference(run.breaches, [], "seed \(seed)")
    }
  }
}

/// Flapping, told by looking at everything that has happened again and again.
struct FlappingModel {
  let setting: FlappingProperties.Setting

  init(_ setting: FlappingProperties.Setting) { self.setting = setting }

  func lines(_ all: [(Int64, RuleAlert)], until end: Int64) -> [String] {
    var lines: [String] = []
    var seen: [RuleAlert] = []
    var changes: [Int64] = []
    var flaps = false
    var heldBack: [RuleAlert] = []
    var told = Severity.info

    func final(_ time: Int64, _ reason: String) {
      guard flaps, var last = seen.last else { return }
      flaps = false
      let sum = heldBack.reduce(0) { $0 + $1.occurrences }
      last.occurrences = last.phase == .resolved ? sum + last.occurrences : max(1, sum)
      if last.phase == .firing { told = last.severity }
      heldBack = []
      lines.append("\(time) \(last) \(reason)")
    }

    polled(all, until: end) { time in
      let recent = changes.filter { $0 > time - setting.window }
      let isQuiet = setting.settled.map { time - (changes.last ?? time) >= $0 } ?? false
      guard flaps, isQuiet || recent.count < setting.leave else { return }
      if isQuiet { changes = [] }
      final(time, "settled")
    } input: { time, alert in
      let isChange = alert.phase != (seen.last?.phase ?? .resolved)
      seen.append(alert)
      if isChange { changes.append(time) }
      if flaps {
        guard alert.phase == .firing else { return }
        heldBack.append(alert)
        guard alert.severity > told else { return }
        var output = alert
        output.occurrences = heldBack.reduce(0) { $0 + $1.occurrences }
        (heldBack, told) = ([], alert.severity)
        lines.append("\(time) \(output) moreSevere")
        return
      }
      let recent = changes.filter { $0 > time - setting.window }
      flaps = isChange && recent.count >= setting.enter
      if alert.phase == .firing { told = alert.severity }
      if flaps && alert.phase == .resolved { return }
      let calm = alert.phase == .firing ? "passed" : "resolved"
      lines.append("\(time) \(alert) \(flaps ? "flapping" : calm)")
    }
    final(end, "ended")
    return lines
  }
}
