/// Tokens that come at an even rate and are kept up to a number: the bucket of a rate limit.
///
/// Exact: the part of a token that has come is kept as a whole number of `1 / period`ths, so that
/// after any time exactly `floor(elapsed * rate / period)` tokens have come, whenever one looked.
/// Nothing comes while the bucket is full, so silence saves no more than `burst`. What comes within
/// the nanosecond that fills it is kept, so that a token taken at once costs no part of the next.
@frozen
@usableFromInline
internal struct TokenBucket: Codable, Equatable, Sendable {
  /// How many tokens come in `period`.
  @usableFromInline internal let rate: Int64
  /// In nanoseconds.
  @usableFromInline internal let period: Int64
  @usableFromInline internal let burst: Int64
  /// How many tokens are there.
  @usableFromInline internal var tokens: Int64
  /// How much of the next one has come, of `period` parts.
  @usableFromInline internal var part: Int64 = 0
  /// When `tokens` and `part` were true.
  @usableFromInline internal var instant = Instant.distantPast

  /// Makes a full bucket. A period of zero: it never empties.
  @inlinable
  internal init(_ rate: Int, per period: Duration, burst: Int) {
    self.rate = Int64(max(1, rate))
    self.period = period.ruleNanoseconds
    self.burst = Int64(max(1, burst))
    tokens = self.burst
  }

  /// Takes a token. False when there is none.
  @inlinable
  @inline(__always)
  internal mutating func take(at now: Instant) -> Bool {
    refill(at: now)
    guard tokens > 0 else { return false }
    tokens -= 1
    return true
  }

  @inlinable
  @inline(__always)
  internal mutating func refill(at now: Instant) {
    guard now > instant else { return }
    let elapsed = UInt64(bitPattern: now.nanoseconds &- instant.nanoseconds)
    instant = now
    if tokens >= burst {
      part = 0
      return
    }
    let (parts, overflow) = elapsed.multipliedReportingOverflow(by: UInt64(rate))
    let (sum, carry) = parts.addingReportingOverflow(UInt64(part))
    if _slowPath(overflow || carry) { return refillLong(elapsed) }
    add(sum / UInt64(period), sum % UInt64(period))
  }

  @inlinable
  internal mutating func refillLong(_ elapsed: UInt64) {
    let sum = UInt128(elapsed) * UInt128(rate) + UInt128(part)
    let (whole, rest) = sum.quotientAndRemainder(dividingBy: UInt128(period))
    add(UInt64(clamping: whole), UInt64(rest))
  }

  @inlinable
  @inline(__always)
  internal mutating func add(_ whole: UInt64, _ rest: UInt64) {
    let room = UInt64(burst - tokens)
    // Full only since this nanosecond: the rest is kept for whoever takes a token in it.
    let isSpilt = whole > room || (whole == room && rest >= UInt64(rate))
    tokens = whole >= room ? burst : tokens + Int64(whole)
    part = isSpilt ? 0 : Int64(rest)
  }

  /// When the next token is there: the first whole nanosecond. `instant` when there is one.
  @inlinable
  internal var nextToken: Instant {
    guard tokens <= 0 else { return instant }
    let missing = UInt64(period - part)
    let (wait, rest) = missing.quotientAndRemainder(dividingBy: UInt64(rate))
    return instant.advanced(byNanoseconds: Int64(wait) + (rest == 0 ? 0 : 1))
  }

  /// How long an empty bucket takes to be full, rounded up and saturating.
  @inlinable
  internal static func refillTime(_ rate: Int, _ period: Duration, _ burst: Int) -> Duration {
    let product = UInt128(period.ruleNanoseconds) * UInt128(max(1, burst))
    let wait = product / UInt128(max(1, rate)) + 1
    return .nanoseconds(Int64(clamping: wait))
  }
}

extension TokenBucket {
  /// A file may hold any numbers: what no bucket can have is brought into its bounds.
  @usableFromInline
  internal init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    rate = max(1, try file.decode(Int64.self, forKey: .rate))
    period = max(0, try file.decode(Int64.self, forKey: .period))
    burst = max(1, try file.decode(Int64.self, forKey: .burst))
    tokens = min(max(0, try file.decode(Int64.self, forKey: .tokens)), burst)
    part = min(max(0, try file.decode(Int64.self, forKey: .part)), max(0, period - 1))
    instant = try file.decode(Instant.self, forKey: .instant)
  }
}
