import CustomDump
import Testing

@testable import Tocsin

@Suite struct RateLimitProperties {
  struct Numbers {
    var rate: Int
    var period: Int64
    var burst: Int
    var queue: Int?

    init(_ random: inout RuleRandom) {
      rate = Int.random(in: 1...5, using: &random)
      period = Int64.random(in: 1...30, using: &random)
      burst = Int.random(in: 1...4, using: &random)
      queue = random.pick([nil, 1, 3, 50])
    }

    var shortage: Shortage { queue.map { .queue(limit: $0) } ?? .drop }
  }

  @Test func `agrees with a bucket that is filled every nanosecond`() throws {
    for seed in 0..<500 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let numbers = Numbers(&random)
      let moments = random.moments(50, around: [numbers.period / Int64(numbers.rate)]) {
        Int.random(in: 0...99, using: &$0)
      }
      let end = moments[49].0 + random.pick([0, 1, numbers.period, 40])
      let lines = filled(moments, numbers, until: end)
      let rule = RateLimit<Int>(
        numbers.rate,
        per: .nanoseconds(numbers.period),
        burst: numbers.burst,
        numbers.shortage
      )
      expectRun(of: rule, moments, until: end, gives: lines, seed: seed)
      try expectRestorable(rule, moments, until: end, seed: seed)
    }
  }

  /// Drips `rate` parts into the bucket in every nanosecond; `period` parts are a token.
  func filled(_ moments: [(Int64, Int)], _ numbers: Numbers, until end: Int64) -> [String] {
    var (tokens, parts, queue, lines): (Int, Int64, [Int], [String]) = (numbers.burst, 0, [], [])
    var isFirst = true
    polled(
      moments,
      until: end,
      tick: { time in
        parts = isFirst || tokens == numbers.burst ? 0 : parts + Int64(numbers.rate)
        isFirst = false
        while parts >= numbers.period && tokens < numbers.burst {
          parts -= numbers.period
          tokens += 1
        }
        if parts >= numbers.period { parts = 0 }
        while tokens > 0 && !queue.isEmpty {
          tokens -= 1
          lines.append("\(time) \(queue.removeFirst()) passed")
        }
      },
      input: { time, value in
        if tokens > 0 {
          tokens -= 1
          lines.append("\(time) \(value) passed")
        } else if let limit = numbers.queue, queue.count < limit {
          queue.append(value)
        }
      }
    )
    return lines + queue.map { "\(end) \($0) ended" }
  }

  @Test func `a million tokens come at exactly their instants`() {
    var bucket = TokenBucket(999_983, per: .seconds(1), burst: 1)
    var now = Instant.epoch
    let isFull = bucket.take(at: now)
    #expect(isFull)
    for index in 1...1_000_000 as ClosedRange<Int64> {
      now = bucket.nextToken
      let exact = (index * 1_000_000_000 + 999_982) / 999_983
      guard now.nanoseconds == exact, bucket.take(at: now) else {
        Issue.record("token \(index) came at \(now.nanoseconds), not at \(exact)")
        return
      }
    }
  }

  @Test func `how often one looks does not change the bucket`() {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let numbers = Numbers(&random)
      let bucket = TokenBucket(numbers.rate, per: .nanoseconds(numbers.period), burst: 40)
      var (often, seldom) = (bucket, bucket)
      for _ in 0..<40 {
        let both = [often.take(at: .epoch), seldom.take(at: .epoch)]
        expectNoDifference(both, [true, true])
      }
      for time in 1...random.pick([7, 100, 300]) {
        often.refill(at: Instant(nanoseconds: Int64(time)))
      }
      seldom.refill(at: often.instant)
      expectNoDifference(often, seldom, "seed \(seed)")
    }
  }

  @Test(arguments: [Shortage.drop, .queue(limit: 3)])
  func `of alerts each last word is the truth`(shortage: Shortage) throws {
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(40, around: [9]) { $0.keyedAlert() }
      let one = RateLimit<RuleAlert>(1, per: .nanoseconds(9), burst: 2, shortage)
      let single = moments.map { ($0.0, $0.1.alert) }
      expectLastWords(of: one, single, key: { _ in 0 }, after: 9, seed: seed)
      try expectRestorable(one, single, until: moments[39].0, seed: seed)
      let all = RateLimitOfEpisodes<KeyedAlert>(1, per: .nanoseconds(9), burst: 2, shortage)
      expectLastWords(of: all, moments, key: \.key, after: 60, seed: seed)
      try expectRestorable(all, moments, until: moments[39].0, seed: seed)
    }
  }
}

extension RateLimitRule: HoldingRule {}
