import CustomDump
import Testing
import Tocsin

/// A closing alert reaches everyone who got an alert of its episode, wherever routes part by
/// severity: whatever rules change severities, it is as severe as the worst that went on.
@Suite struct ClosingSeverityProperties {
  typealias Moment = (Int64, RuleAlert)
  typealias Change = @Sendable ([Moment], _ end: Int64) -> [Moment]

  static let changes: [(name: String, change: Change)] = [
    ("deescalate", { drive(Deescalate(.nanoseconds(7), to: .warning), $0, until: $1) }),
    (
      "escalate after",
      { drive(EscalateOnDuration(.nanoseconds(9), to: .critical), $0, until: $1) }
    ),
    (
      "escalate on repeats",
      {
        let rule = EscalateOnRepeats<RuleAlert>(3, within: .nanoseconds(8), to: .error)
        return drive(Timeless(base: rule), $0, until: $1)
      }
    ),
    (
      "escalate unless acknowledged",
      {
        let rule = EscalateUnlessAcknowledged<RuleAlert>(patience: .nanoseconds(5), attempts: 2)
        return drive(rule, $0.map { ($0.0, .alert($0.1)) }, until: $1)
      }
    ),
    ("resolve", { drive(ResolveAfterSilence(.nanoseconds(6)), $0, until: $1) }),
  ]

  @Test(arguments: 0..<5, 0..<5)
  func `no closing alert is less severe than its episode`(first: Int, second: Int) {
    let (one, other) = (Self.changes[first], Self.changes[second])
    var count = 0
    for seed in 0..<150 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = Self.closedAsSevere(random.moments(40, around: [5, 7, 9]) { $0.alert() })
      let end = moments[39].0 + 30
      let output = other.change(one.change(moments, end), end)
      let mild = Self.mildClosings(of: output)
      expectNoDifference(mild, [], "\(one.name), \(other.name), seed \(seed)")
      count += output.count
    }
    #expect(count > 4_000, "too little came out to compare")
  }

  /// The same alerts, each closing one as severe as the worst of its episode: a source that keeps
  /// the rule.
  static func closedAsSevere(_ moments: [Moment]) -> [Moment] {
    var worst = Severity.info
    return moments.map { time, alert in
      var output = alert
      worst = max(worst, alert.severity)
      if alert.phase == .resolved { (output.severity, worst) = (worst, .info) }
      return (time, output)
    }
  }

  /// The instants of closing alerts that are less severe than one of their episode.
  static func mildClosings(of moments: [Moment]) -> [Int64] {
    var worst = Severity.info
    return moments.compactMap { time, alert in
      guard alert.phase == .resolved else {
        worst = max(worst, alert.severity)
        return nil
      }
      defer { worst = .info }
      return alert.severity < worst ? time : nil
    }
  }

  static func drive<R: TimedRule>(
    _ rule: R,
    _ moments: [(Int64, R.Input)],
    until end: Int64
  ) -> [Moment] where R.Output == RuleAlert {
    var (rule, output): (R, [Moment]) = (rule, [])
    func advance(to time: Int64) {
      while let due = rule.expire(at: Instant(nanoseconds: time)) {
        output.append((due.instant.nanoseconds, due.output))
      }
    }
    for (time, input) in moments {
      advance(to: time)
      let verdict = rule.receive(input, at: Instant(nanoseconds: time))
      if let alert = verdict.output { output.append((time, alert)) }
    }
    advance(to: end)
    return output
  }
}
