public import Tocsin

/// Fires when a feed has been silent for too long on our own clock; resolves at its next tick.
///
/// Each stream (venue and symbol) is on its own. A stream is waited for from its first tick, or
/// from ``expect(_:at:)`` so that a subscription which never delivers is found too. It fires at
/// exactly the last tick plus the limit, once. What a quiet market is depends on the instrument:
/// give thin ones a longer limit of their own, and ``release(_:)`` streams when their market closes.
///
/// A tick costs O(1), a deadline O(log streams). Memory: one small record per stream.
public struct ReceiveGap: TimedRule, Sendable {
  /// How long a stream may be silent. Default: 60 s.
  public let limit: Duration
  /// Limits of single streams, in place of ``limit``.
  public let limits: [StreamKey: Duration]
  /// Ticks of streams beyond the limit of streams. They are not watched.
  public private(set) var refusedCount = 0
  private var clock: SilenceClock<StreamKey>

  /// Makes a rule that waits for no stream yet.
  ///
  /// - Parameters:
  ///   - limit: How long a stream may be silent.
  ///   - limits: Limits of single streams, in place of `limit`.
  ///   - streamLimit: How many streams are watched at most; ticks of others are refused, counted.
  public init(
    limit: Duration = .seconds(60),
    limits: [StreamKey: Duration] = [:],
    streamLimit: Int = 10_000
  ) {
    self.limit = limit
    self.limits = limits
    clock = SilenceClock(keyLimit: streamLimit)
  }

  /// When the next stream will have been silent for too long.
  public var nextDeadline: Instant { clock.nextDeadline }

  /// Waits for a stream from now on, though it has not sent anything yet. A stream that is already
  /// waited for is left as it is. False when there are too many streams.
  @discardableResult
  public mutating func expect(_ stream: StreamKey, at now: Instant) -> Bool {
    guard !clock.isWaiting(for: stream) else { return true }
    return clock.touch(stream, limit: limits[stream] ?? limit, at: now) != .refused
  }

  /// Waits for a stream no longer; it starts again with its next tick. Gives the resolving value if
  /// the stream was firing.
  public mutating func release(_ stream: StreamKey) -> FeedAge? {
    guard clock.release(stream) else { return nil }
    return age(of: stream, limit(of: stream), .resolved)
  }

  /// Notes a tick, and passes the end of a silence.
  public mutating func receive(_ tick: Tick, at now: Instant) -> Verdict<FeedAge> {
    switch clock.touch(tick.key, limit: limits[tick.key] ?? limit, at: now) {
    case .first, .alive: return .drop(.belowThreshold)
    case .returned(let silence): return .pass(age(of: tick.key, silence, .resolved), .resolved)
    case .refused:
      refusedCount += 1
      return .drop(.keyLimit)
    }
  }

  /// Takes one stream that has fallen silent.
  public mutating func expire(at now: Instant) -> Due<FeedAge>? {
    guard let silence = clock.expire(at: now) else { return nil }
    let age = age(of: silence.key, silence.limit, .firing)
    return Due(age, at: silence.instant, .absent, isMade: true)
  }

  /// Nothing: the end of the stream is no silence.
  public mutating func finish(at now: Instant) -> Due<FeedAge>? { nil }

  private func limit(of stream: StreamKey) -> Duration { limits[stream] ?? limit }

  private func age(of stream: StreamKey, _ age: Duration, _ phase: Phase) -> FeedAge {
    FeedAge(stream: stream, clock: .receive, age: age, limit: limit(of: stream), phase: phase)
  }
}
