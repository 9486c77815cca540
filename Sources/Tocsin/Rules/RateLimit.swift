/// Lets values pass at an even rate, with bursts of a bounded size: a token bucket.
///
/// The bucket is full at first and holds `burst` tokens; `rate` tokens come in each `period`, spread
/// evenly, and none while it is full: silence saves nothing beyond the burst. A value that passes
/// takes one (`passed`). Arithmetic is in whole numbers: nothing drifts, whatever the rate.
///
///     input                              abcd-----e-f-|     1 in 3 ticks, burst 2
///     RateLimit(1, per: 3, burst: 2)     ab-d-----e-f-|
///     RateLimit(…, .queue(limit: 9))     ab-c--d--e-f-|
///
/// What finds no token is dropped (`rateLimited`) or, with a queue, waits (`queued`) and passes at
/// the very nanosecond at which its token has come (`passed`), in the order of arrival; a value that
/// finds the queue full is dropped (`bufferFull`). A token that comes at *t* is there for a value at
/// *t*, after what has waited for it. At the end of the stream what waits goes on at once (`ended`).
/// A rate, burst or limit of less than one counts as one; a period of zero or less lets everything
/// pass.
///
/// Values with a phase are limited so that the last word is the truth; see ``StreamMemory``. An
/// announced episode's end passes at once and takes no token. A critical alert always passes, and
/// takes a token if there is one. An episode that found none is announced with the next token if it
/// still fires then. Under ``Shortage/queue(limit:)`` repeats wait too, but only the most severe one
/// of a key, of equals the newest: a queue of old alerts helps nobody.
///
/// - Complexity: O(1) time for each value; memory of the queue. No allocation once it has grown.
@frozen
public struct RateLimitRule<Memory: LimitMemory>: TimedRule {
  @usableFromInline internal var bucket: TokenBucket
  @usableFromInline internal var memory: Memory

  @inlinable
  internal init(_ bucket: TokenBucket, _ memory: Memory) {
    self.bucket = bucket
    self.memory = memory
  }

  /// Lets a value pass when there is a token for it.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Memory.Value, at now: Instant) -> Verdict<Memory.Value> {
    if bucket.period == 0 { return .pass(input, .passed) }
    let claim = memory.claim(of: input)
    if claim == .closing { return memory.close(input) }
    guard bucket.take(at: now) || claim == .urgent else {
      return memory.keepBack(input, .rateLimited)
    }
    return memory.pass(input, .passed)
  }

  /// When the next token comes, while something waits for it.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { memory.isWaiting ? bucket.nextToken : .distantFuture }

  /// Gives what waited for the token that has come.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Memory.Value>? {
    let instant = nextDeadline
    guard instant.isDue(at: now), bucket.take(at: instant) else { return nil }
    return memory.release(at: instant, .passed)
  }

  /// Gives what waits.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Memory.Value>? {
    memory.release(at: now, .ended)
  }

  /// Whether the memory prepares for values.
  @inlinable public var prepares: Bool { memory.prepares }
  /// Brings near what is remembered of a value that comes soon.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Memory.Value, _ lead: Lead) {
    memory.prepare(for: input, lead)
  }

  /// False while an alert is owed its closing message, or something waits.
  @inlinable public var canBeForgotten: Bool { memory.canBeForgotten }
  /// How many inputs wait inside.
  @inlinable public var heldCount: Int { memory.heldCount }
}

/// What a rate limit does with a value that finds no token.
@frozen
public enum Shortage: Codable, Hashable, Sendable {
  /// It is dropped, as rate limited.
  case drop
  /// It waits for its token; beyond the limit it is dropped, as buffer full.
  case queue(limit: Int)

  internal var keepBack: KeepBack { if case .queue = self { .queue } else { .none } }

  /// How many values wait at most.
  internal var limit: Int { if case .queue(let limit) = self { limit } else { 1 } }
}

/// A rate limit of one stream: plain values, or the alerts of one key.
public typealias RateLimit<Value> = RateLimitRule<StreamMemory<Value>>

/// One rate limit for the alerts of many keys; each key's last word is the truth.
public typealias RateLimitOfEpisodes<Value: KeyedEvent & Phased> =
  RateLimitRule<EpisodesMemory<Value>>

extension RateLimitRule {
  /// Makes a rate limit with a full bucket.
  ///
  /// - Parameters:
  ///   - rate: How many values pass in a period, in the long run.
  ///   - period: The time in which so many pass.
  ///   - burst: How many pass at once after a silence.
  ///   - shortage: What happens to the others.
  public init<Value>(
    _ rate: Int,
    per period: Duration,
    burst: Int = 1,
    _ shortage: Shortage = .drop
  )
  where Memory == StreamMemory<Value> {
    self.init(
      TokenBucket(rate, per: period, burst: burst),
      StreamMemory(shortage.keepBack, limit: shortage.limit)
    )
  }

  /// Makes a rate limit for the alerts of many keys with a full bucket.
  ///
  /// - Parameters:
  ///   - rate: How many alerts of all keys pass in a period, in the long run.
  ///   - period: The time in which so many pass.
  ///   - burst: How many pass at once after a silence.
  ///   - shortage: What happens to repeats; episodes that were not announced always wait.
  public init<Value>(
    _ rate: Int,
    per period: Duration,
    burst: Int = 1,
    _ shortage: Shortage = .drop
  )
  where Memory == EpisodesMemory<Value> {
    self.init(TokenBucket(rate, per: period, burst: burst), EpisodesMemory(shortage.keepBack))
  }
}

extension RateLimitRule: Sendable where Memory: Sendable {}
extension RateLimitRule: Encodable where Memory: Encodable {}
extension RateLimitRule: Decodable where Memory: Decodable {}
