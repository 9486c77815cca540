import CustomDump
import Testing
import Tocsin

@Suite struct RuleExtremesTests {
  let times: [Int64] = [.min + 9, .min + 10, -1, 0, 0, 1, .max - 9, .max - 1, .max]
  let durations: [Duration] = [.nanoseconds(1), .seconds(1), .seconds(Int64.max)]

  func expectSound<R: TimedRule>(_ rule: R, _ inputs: [R.Input]) {
    let moments = times.enumerated().map { ($0.element, inputs[$0.offset % inputs.count]) }
    let run = RuleRun.over(rule, moments, until: .max)
    expectNoDifference(run.breaches, [], "\(rule)")
    #expect(run.ledger.taken == times.count && run.ledger.held == 0)
  }

  @Test func `rules of values stand the ends of time`() {
    for one in durations {
      for two in durations {
        for edge in [Debounce<Int>.Edge.trailing, .leading, .both] {
          expectSound(Debounce<Int>(one, edge, maxWait: two), [1, 2])
        }
        expectSound(Hold<Int>(for: one, keepFiring: two) { $0 > 0 }, [1, 2, 0])
        expectSound(Window<Int, Int>(one, into: 0) { $0 &+= $1 }, [1, 2])
        expectSound(Absence<Int>(one), [1, 2])
      }
      expectSound(SlidingWindow<Int>(one, every: one, limit: 2), [1, 2])
      expectSound(SlidingWindow<Int>(one, every: .zero, limit: 2), [1, 2])
    }
  }

  @Test func `rules of alerts stand the ends of time`() {
    let alerts: [RuleAlert] = [.info, RuleAlert(.warning, .firing, .max), .critical, .resolved]
    for duration in durations {
      expectSound(Cooldown<RuleAlert>(duration), alerts)
      expectSound(Cooldown<RuleAlert>(duration), [.warning, .resolved])
      let repeats = EscalateOnRepeats<RuleAlert>(2, within: duration, to: .critical)
      expectSound(Timeless(base: repeats), alerts)
      expectSound(EscalateOnDuration<RuleAlert>(duration, to: .critical), alerts)
      let unless = EscalateUnlessAcknowledged<RuleAlert>(patience: duration, attempts: 3)
      expectSound(unless, alerts.map { .alert($0) } + [.acknowledged])
    }
  }

  /// `expectNoDifference` records nothing when a test target lacks `IssueReportingTestSupport`, and
  /// every test that relies on it then passes whatever it finds.
  @Test func `a difference is an issue`() {
    withKnownIssue { expectNoDifference(1, 2) }
  }
}
