public import OpenCombine

extension Tap where Upstream.Output: KeyedEvent {
  /// Lets values pass at an even rate with bursts of a bounded size, for each key; see
  /// ``RateLimitRule``.
  ///
  ///     input                                 abcd-----e-f-|
  ///     rateLimit(1, per: 3 ticks, burst: 2)  ab-d-----e-f-|
  ///
  /// Of alerts the last word is the truth: the end of an announced episode passes at once, a
  /// critical alert always does, and an episode that found no token is announced with the next one.
  /// A key that owes nothing is forgotten when it was not seen for an hour and its bucket is full.
  ///
  /// - Parameters:
  ///   - rate: How many values of a key pass in a period, in the long run.
  ///   - period: The time in which so many pass. Zero passes all.
  ///   - burst: How many pass at once after a silence.
  ///   - shortage: What happens to the others: `.drop`, or `.queue(limit: 100)`.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func rateLimit(
    _ rate: Int,
    per period: Duration,
    burst: Int = 1,
    _ shortage: Shortage = .drop
  ) -> Tap<RateLimited<Upstream>> {
    let rule = RateLimit<Envelope<Upstream.Output>>(rate, per: period, burst: burst, shortage)
    return shaped(
      carried(
        ByEventKey(rule, idle: max(defaultIdle, TokenBucket.refillTime(rate, period, burst))),
        "rateLimit",
        rateWords(rate, period, burst),
        isDelay: false
      )
    ) { RateLimited($0) }
  }
}

extension Tap {
  /// Lets values pass at an even rate with bursts of a bounded size. All values are one stream.
  ///
  /// As ``rateLimit(_:per:burst:_:)``, with one bucket for all.
  @inlinable
  @inline(__always)
  public func rateLimit(
    asOne rate: Int,
    per period: Duration,
    burst: Int = 1,
    _ shortage: Shortage = .drop
  ) -> Tap<RateLimitedAsOne<Upstream>> {
    let rule = RateLimit<Envelope<Upstream.Output>>(rate, per: period, burst: burst, shortage)
    return shaped(carried(rule, "rateLimit", rateWords(rate, period, burst), isDelay: false)) {
      RateLimitedAsOne($0)
    }
  }
}

extension Tap where Upstream.Output: KeyedEvent & Phased {
  /// Lets alerts of all keys pass at an even rate with bursts of a bounded size.
  ///
  /// One bucket for all; but every key's last word is the truth: see ``EpisodesMemory``.
  @inlinable
  @inline(__always)
  public func rateLimit(
    asOne rate: Int,
    per period: Duration,
    burst: Int = 1,
    _ shortage: Shortage = .drop
  ) -> Tap<RateLimitedEpisodes<Upstream>> {
    let rule = RateLimitOfEpisodes<Envelope<Upstream.Output>>(
      rate,
      per: period,
      burst: burst,
      shortage
    )
    return shaped(carried(rule, "rateLimit", rateWords(rate, period, burst), isDelay: false)) {
      RateLimitedEpisodes($0)
    }
  }
}

/// A rate for a picture: `3 in 5 min, burst 2`.
@usableFromInline
func rateWords(_ rate: Int, _ period: Duration, _ burst: Int) -> String {
  limitWords(rate, period) + (burst > 1 ? ", burst \(burst)" : "")
}
