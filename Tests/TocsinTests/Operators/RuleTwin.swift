import CustomDump
import Testing

@testable import Tocsin

/// Drives one rule twice over the same moments: by hand, and inside its operator in virtual time.
/// The kit's `expectTwins` is for users; this one shares nothing with it.
struct RuleTwin<R: TimedRule> {
  let rule: R
  let moments: [(Int64, R.Input)]
  let end: Int64
  let seed: UInt64
  /// Whether the operator keeps what nobody has asked for.
  var keeps = true

  /// What the rule gives when it is driven by hand: `instant output`.
  var byHand: [String] {
    RuleRun.over(rule, moments, until: end).lines.map { line in
      line.split(separator: " ").dropLast().joined(separator: " ")
    }
  }

  /// Compares: all that is given and when; that finite demand loses nothing; that a cancel gives
  /// what came before it and leaves nothing behind.
  func expectSame<Chain: FlowPublisher>(_ build: ([Tap<Feed<R.Input>>]) -> Tap<Chain>) {
    let expected = byHand
    let whole = run(build)
    expectNoDifference(whole.lines.dropLast(), expected[...], "seed \(seed)")
    #expect(whole.lines.last?.hasSuffix("|") == true)
    expectNoDifference(whole.breaches, [], "seed \(seed)")
    if keeps { expectNothingLost(whole.lines.map(\.value), build) }
    let stop = Int(seed) % moments.count
    let cancelled = run(cancelAt: stop, build)
    let before = expected.prefix { (Int64($0.prefix { $0 != " " }) ?? 0) <= moments[stop].0 }
    expectNoDifference(cancelled.lines[...], before.prefix(cancelled.lines.count), "seed \(seed)")
    let surely = expected.prefix { (Int64($0.prefix { $0 != " " }) ?? 0) < moments[stop].0 }
    #expect(cancelled.lines.count >= surely.count, "seed \(seed)")
    expectNoDifference(cancelled.breaches, [], "cancelled, seed \(seed)")
  }

  private func expectNothingLost<Chain: FlowPublisher>(
    _ all: [String],
    _ build: ([Tap<Feed<R.Input>>]) -> Tap<Chain>
  ) {
    let asked = run(demand: Int(seed % 5), build)
    expectNoDifference(asked.lines.map(\.value), all, "asked, seed \(seed)")
    expectNoDifference(asked.breaches, [], "asked, seed \(seed)")
  }

  private func run<Chain: FlowPublisher>(
    demand: Int? = nil,
    cancelAt stop: Int? = nil,
    _ build: ([Tap<Feed<R.Input>>]) -> Tap<Chain>
  ) -> (lines: [String], breaches: [String]) {
    let start = Instant(nanoseconds: (moments.first?.0 ?? 0) - 1)
    let bench = Bench<R.Input, Chain.Output>(
      from: start,
      demand: demand,
      text: { ($0 as? any RuleText)?.text ?? "\($0)" },
      build
    )
    var random = RuleRandom(seed: seed)
    for (index, (time, input)) in moments.enumerated() {
      bench.at(Instant(nanoseconds: time)) {
        bench.feeds[0].send(input)
        if stop == index { bench.probe.cancel() }
        if demand != nil && stop == nil { bench.probe.ask(random.pick([0, 0, 1, 3])) }
      }
    }
    bench.at(Instant(nanoseconds: end)) { bench.feeds[0].finish() }
    bench.at(Instant(nanoseconds: end + 5)) { if demand != nil { bench.probe.ask(nil) } }
    let lines = bench.probe.happened.map { "\($0.instant.nanoseconds) \($0.text)" }
    return (lines, bench.breaches(isDone: true))
  }
}

extension String {
  /// A line without its instant.
  fileprivate var value: String { split(separator: " ").dropFirst().joined(separator: " ") }
}
