import CustomDump
import Foundation
import Testing

@testable import Tocsin

@Suite struct TokenBucketTests {
  static let lengths: [Int64] = [1, 2, 3, 7, 1 << 31, 1 << 40, .max / 2, .max - 1, .max]

  @Test func `any numbers give what arithmetic without bounds gives`() {
    for seed in 0..<20_000 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let (rate, period, burst) = (
        random.pick(Self.lengths), random.pick(Self.lengths), random.pick(Self.lengths)
      )
      var bucket = TokenBucket(Int(rate), per: .nanoseconds(period), burst: Int(burst))
      bucket.instant = .epoch
      bucket.tokens = random.pick([0, 0, burst / 2, burst - 1])
      bucket.part = Int64.random(in: 0..<period, using: &random)
      if Bool.random(using: &random) { bucket.part = period - 1 }
      let time = random.pick(Self.lengths)
      let expected = exact(bucket, at: time)
      bucket.refill(at: Instant(nanoseconds: time))
      expectNoDifference(bucket, expected, "seed \(seed)")
    }
  }

  func exact(_ bucket: TokenBucket, at time: Int64) -> TokenBucket {
    let parts = UInt128(time) * UInt128(bucket.rate) + UInt128(bucket.part)
    let (whole, rest) = parts.quotientAndRemainder(dividingBy: UInt128(bucket.period))
    let room = UInt128(bucket.burst - bucket.tokens)
    var result = bucket
    result.instant = Instant(nanoseconds: time)
    result.tokens += Int64(min(whole, room))
    // What came within the nanosecond that filled it is kept, what came before it is not.
    let isFresh = whole < room || (whole == room && rest < UInt128(bucket.rate))
    result.part = isFresh ? Int64(rest) : 0
    return result
  }

  @Test func `is full at first, however slowly it fills`() {
    var bucket = TokenBucket(1, per: .nanoseconds(Int64.max), burst: 3)
    let taken = (0..<4).map { _ in bucket.take(at: .epoch) }
    expectNoDifference(taken, [true, true, true, false])
  }

  @Test func `after the time to refill it is full again, and not much before`() {
    for seed in 0..<500 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let (rate, burst) = (
        Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random)
      )
      let period = Duration.nanoseconds(Int64.random(in: 1...99, using: &random))
      var bucket = TokenBucket(rate, per: period, burst: burst)
      for _ in 0..<burst { _ = bucket.take(at: .epoch) }
      let time = TokenBucket.refillTime(rate, period, burst)
      var early = bucket
      bucket.refill(at: Instant.epoch.advanced(by: time))
      expectNoDifference(bucket.tokens, Int64(burst), "seed \(seed)")
      early.refill(at: Instant.epoch.advanced(by: time - .nanoseconds(2)))
      #expect(early.tokens < burst, "seed \(seed)")
    }
    expectNoDifference(
      TokenBucket.refillTime(1, .nanoseconds(Int64.max), .max),
      .nanoseconds(Int64.max)
    )
  }

  @Test func `a file with more of a token than there can be is brought into bounds`() throws {
    let text = #"""
      {"rate": 1, "period": 10, "burst": 2, "tokens": -3, "part": 99, "instant": {"nanoseconds": 0}}
      """#
    let bucket = try JSONDecoder().decode(TokenBucket.self, from: Data(text.utf8))
    expectNoDifference([bucket.tokens, bucket.part], [0, 9])
    expectNoDifference(bucket.nextToken, Instant(nanoseconds: 1))
  }
}
