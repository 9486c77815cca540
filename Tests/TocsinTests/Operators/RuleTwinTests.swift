import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// Operators do what their rules do, at the same instants, over many random time lines.
@Suite struct RuleTwinTests {
  static let seeds = 0..<250 as Range<UInt64>

  func expectTwins<R: TimedRule, Chain: FlowPublisher>(
    keeps: Bool = true,
    input: (inout RuleRandom) -> R.Input,
    _ make: (inout RuleRandom, _ long: Int64, _ short: Int64) -> (
      R, ([Tap<Feed<R.Input>>]) -> Tap<Chain>
    )
  ) {
    for seed in Self.seeds {
      var random = RuleRandom(seed: seed)
      let (long, short) = (
        Int64.random(in: 4...20, using: &random), Int64.random(in: 1...6, using: &random)
      )
      let (rule, build) = make(&random, long, short)
      let moments = random.moments(30, around: [long, short], input)
      let end = moments[29].0 + random.pick([0, 1, long, 50])
      RuleTwin(rule: rule, moments: moments, end: end, seed: seed, keeps: keeps)
        .expectSame(build)
    }
  }

  func number(_ random: inout RuleRandom) -> Int { Int.random(in: 0..<4, using: &random) }
  func alert(_ random: inout RuleRandom) -> RuleAlert { random.alert() }
  func ns(_ count: Int64) -> Duration { .nanoseconds(count) }

  @Test func debounce() {
    expectTwins(input: number) { random, long, short in
      let edge = random.pick([Debounce<Int>.Edge.trailing, .leading, .both])
      let most = random.pick([nil, ns(long)])
      let own = Debounce<Envelope<Int>>.Edge(rawValue: edge.rawValue) ?? .trailing
      return (
        Debounce<Int>(ns(short), edge, maxWait: most),
        { $0[0].debounce(asOne: ns(short), own, maxWait: most) }
      )
    }
  }

  @Test func hold() {
    expectTwins(input: number) { _, long, short in
      let condition: @Sendable (Int) -> Bool = { $0 > 0 }
      return (
        Hold<Int>(for: ns(long), keepFiring: ns(short), condition),
        { $0[0].hold(asOneFor: ns(long), keepFiring: ns(short), condition) }
      )
    }
  }

  @Test func absence() {
    expectTwins(input: number) { _, long, _ in
      (Absence<Int>(ns(long)), { $0[0].absence(asOneOf: ns(long)) })
    }
  }

  @Test func window() {
    expectTwins(input: number) { random, long, _ in
      let limit = random.pick([3, .max])
      let add: @Sendable (inout Int, Int) -> Void = { $0 += $1 }
      return (
        Window<Int, Int>(ns(long), atMost: limit, into: 0, add),
        { $0[0].window(ns(long), atMost: limit, into: 0, add) }
      )
    }
  }

  @Test func `sliding window`() {
    expectTwins(input: number) { random, long, short in
      let limit = random.pick([2, 100])
      return (
        SlidingWindow<Int>(ns(long), every: ns(short), limit: limit),
        { $0[0].window(sliding: ns(long), every: ns(short), limit: limit) }
      )
    }
  }

  @Test func cooldown() {
    expectTwins(input: alert) { _, long, _ in
      (Cooldown<RuleAlert>(ns(long)), { $0[0].cooldown(ns(long)) })
    }
  }

  @Test func `escalation of repeats`() {
    expectTwins(input: alert) { _, long, _ in
      (
        Untimed(EscalateOnRepeats<RuleAlert>(3, within: ns(long), to: .critical)),
        { $0[0].escalate(.repeats(3, within: ns(long))) }
      )
    }
  }

  @Test func `escalation of what lasts`() {
    expectTwins(input: alert) { _, long, _ in
      (
        EscalateOnDuration<RuleAlert>(ns(long), to: .critical),
        { $0[0].escalate(after: ns(long)) }
      )
    }
  }

  @Test func changed() {
    expectTwins(keeps: false, input: number) { _, _, _ in
      (Untimed(Changed<Int>()), { $0[0].changed() })
    }
  }
}

/// The forms by key.
extension RuleTwinTests {
  func numberOfKey(_ random: inout RuleRandom) -> NumberOfKey { random.numberOfKey() }

  @Test func `debounce by key`() {
    expectTwins(input: numberOfKey) { random, long, short in
      let edge = random.pick([Debounce<NumberOfKey>.Edge.trailing, .leading, .both])
      let most = random.pick([nil, ns(long)])
      let own = Debounce<Envelope<NumberOfKey>>.Edge(rawValue: edge.rawValue) ?? .trailing
      return (
        ByEventKey(Debounce<NumberOfKey>(ns(short), edge, maxWait: most)),
        { $0[0].debounce(ns(short), own, maxWait: most) }
      )
    }
  }

  @Test func `hold by key`() {
    expectTwins(input: numberOfKey) { _, long, short in
      let condition: @Sendable (NumberOfKey) -> Bool = { $0.number > 0 }
      return (
        ByEventKey(Hold<NumberOfKey>(for: ns(long), keepFiring: ns(short), condition)),
        { $0[0].hold(for: ns(long), keepFiring: ns(short), condition) }
      )
    }
  }

  @Test func `absence by key`() {
    expectTwins(input: numberOfKey) { _, long, _ in
      (ByEventKey(Absence<NumberOfKey>(ns(long))), { $0[0].absence(of: ns(long)) })
    }
  }

  @Test func `hysteresis by key`() {
    expectTwins(input: numberOfKey) { random, _, short in
      let wait = ns(random.pick([0, short]))
      let number: @Sendable (NumberOfKey) -> Double = { Double($0.number) }
      return (
        ByEventKey(Hysteresis<NumberOfKey>(.above(2, leave: 1), for: wait, number)),
        { $0[0].hysteresis(.above(2, leave: 1), for: wait, number) }
      )
    }
  }

  @Test func `rate of change by key`() {
    expectTwins(input: numberOfKey) { random, _, short in
      let (span, limit) = (random.pick([nil, ns(short)]), random.pick([2, 100]))
      let number: @Sendable (NumberOfKey) -> Double = { Double($0.number) }
      let rule = RateOfChange<NumberOfKey>(per: ns(3), over: span, limit: limit, number)
      return (
        ByEventKey(Untimed(rule)),
        { $0[0].rateOfChange(per: ns(3), over: span, limit: limit, number) }
      )
    }
  }

  @Test func `rate of change with a limit`() {
    expectTwins(keeps: false, input: number) { _, long, _ in
      let number: @Sendable (Int) -> Double = { Double($0) }
      let rule = RateOfChange<Int>(per: ns(3), over: ns(long), limit: 2, number)
      return (
        Untimed(rule), { $0[0].rateOfChange(asOnePer: ns(3), over: ns(long), limit: 2, number) }
      )
    }
  }

  @Test func `what is not followed, by key`() {
    expectTwins(input: numberOfKey) { _, long, _ in
      let opens: @Sendable (NumberOfKey) -> Bool = { $0.number == 3 }
      let follows: @Sendable (NumberOfKey) -> Bool = { $0.number == 0 }
      return (
        ByEventKey(NotFollowed<NumberOfKey>(first: opens, by: follows, within: ns(long))),
        { $0[0].notFollowed(first: opens, by: follows, within: ns(long)) }
      )
    }
  }
}
