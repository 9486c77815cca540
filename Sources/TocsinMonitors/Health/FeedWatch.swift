public import Tocsin

/// Watches whether feeds still send: every stream (venue and symbol) by its own usual gaps, and every
/// venue as a whole.
///
/// - A stream is waited for from its first tick, or from the start when it is expected, so that a
///   subscription which never delivers is found. It is told **stalled** at exactly the last tick plus
///   its limit, once, and its recovery at the next tick; see ``SilenceLimits`` for the limit.
/// - When all of a venue is silent, that is told once, as ``LinkFinding/Kind/lost`` or, while the
///   venue's heartbeats arrive, ``LinkFinding/Kind/mute``, and its streams are not told one by one.
///   With learned limits it is told by the venue's own rate, earlier than any stream; with a fixed
///   one in place of the first stream that is due. A venue of one stream has no link of its own.
///   Streams told before are still told back by their own next tick; streams that do not come back
///   with the link are told when their limit has passed from then on.
/// - Outside the hours nothing is missed: limits run from the opening on.
/// - Reconnects are counted when ``Connection``s are given.
///
/// What an alarm interrupted counts as long as the limit that it broke, so an alarm at most doubles a
/// learned limit. Nothing is learned from the first five seconds of a venue or of a connection, from
/// a lost link, from closed hours, or from before a ``resume(at:)``.
///
/// A tick costs O(1) and, once its stream is known, allocates nothing; a deadline O(1) amortised.
/// Memory: below 512 bytes for each stream.
public struct FeedWatch: TimedRule, Sendable {
  static let warmUp: Int64 = 5_000_000_000
  static let leastTogether: Int64 = 2_500_000_000
  static let venueLimit = 1_000

  /// How long streams may be silent.
  public let limits: SilenceLimits
  /// The same for single streams, in place of ``limits``.
  public let ownLimits: [StreamKey: SilenceLimits]
  /// How many streams are watched at most.
  public let streamLimit: Int
  /// Ticks of streams that had no room. They are not watched.
  public internal(set) var refusedCount = 0

  let bounds: SilenceBounds
  let hours: WatchHours
  let reconnectLimit: ReconnectLimit
  var streams = KeyTable<StreamKey, FeedStream>()
  var venues: [FeedVenue] = []
  var venueNames: [String] = []
  var venuePlaces: [String: Int] = [:]
  var streamTimers = TimerWheel()
  /// Twice the place of a venue: its link. One more: its reconnects.
  var venueTimers = TimerWheel()
  /// Silence counts from here on at the earliest.
  var floor = Int64.min
  private var expected: [StreamKey]
  private(set) var hasBegun = false

  /// Makes a rule that waits for nothing yet.
  ///
  /// - Parameters:
  ///   - limits: How long streams may be silent.
  ///   - ownLimits: The same for single streams, in place of `limits`.
  ///   - reconnects: How many reconnects are too many.
  ///   - hours: When silence means something.
  ///   - expected: Streams that are waited for from ``begin(at:)`` on.
  ///   - streamLimit: How many streams are watched at most; ticks of others are refused, counted.
  public init(
    _ limits: SilenceLimits = .adaptive(),
    ownLimits: [StreamKey: SilenceLimits] = [:],
    reconnects: ReconnectLimit = ReconnectLimit(),
    during hours: WatchHours = .always,
    expecting expected: [StreamKey] = [],
    streamLimit: Int = 10_000
  ) {
    self.limits = limits
    bounds = SilenceBounds(limits)
    self.ownLimits = ownLimits
    self.hours = hours
    self.expected = expected
    self.streamLimit = max(1, streamLimit)
    reconnectLimit = reconnects
  }

  /// Begins to wait for the expected streams. Without a call time begins with the first signal.
  public mutating func begin(at now: Instant) {
    guard !hasBegun else { return }
    hasBegun = true
    for key in expected { _ = add(key, .expected, at: now.nanoseconds) }
    expected = []
  }

  /// Goes on after a time in which nothing could be heard, for instance because this machine was
  /// suspended: every silence counts from `now` on.
  public mutating func resume(at now: Instant) { floor = max(floor, now.nanoseconds) }

  /// When the next stream or venue may have been silent for too long.
  @inline(__always)
  public var nextDeadline: Instant { min(streamTimers.nextDeadline, venueTimers.nextDeadline) }

  /// Takes a signal, and passes what it ends or begins.
  public mutating func receive(_ signal: FeedSignal, at now: Instant) -> Verdict<FeedNews> {
    if !hasBegun { begin(at: now) }
    switch signal {
    case .tick(let key): return tick(key, at: now.nanoseconds)
    case .heartbeat(let source): return Self.verdict(heartbeat(source, at: now.nanoseconds))
    case .connection(let event): return Self.verdict(connection(event, at: now.nanoseconds))
    case .release(let key): return Self.verdict(release(key, at: now.nanoseconds))
    case .other: return .drop(.filtered)
    }
  }

  /// Takes one stream or venue that is told.
  public mutating func expire(at now: Instant) -> Due<FeedNews>? {
    while nextDeadline <= now, nextDeadline < .distantFuture {
      let isVenue = venueTimers.nextDeadline <= streamTimers.nextDeadline
      if let due = isVenue ? expireVenue() : expireStream() { return due }
    }
    return nil
  }

  /// Nothing: the end of the stream is no silence.
  public mutating func finish(at now: Instant) -> Due<FeedNews>? { nil }

  private static func verdict(_ news: FeedNews) -> Verdict<FeedNews> {
    guard !news.isEmpty else { return .drop(.alive) }
    let isEnd = news.links.allSatisfy { $0.phase == .resolved }
    return .pass(news, isEnd ? .resolved : .changed)
  }
}

extension FeedWatch {
  /// How many streams are watched.
  public var streamCount: Int { streams.count }

  /// How long a stream may be silent now; nil when it is not watched.
  public func limit(of stream: StreamKey) -> Duration? {
    streams.slot(of: stream).map { .nanoseconds(streams[$0].pace.limit) }
  }

  /// How long a venue as a whole may be silent now; nil when it is not known.
  public func limit(ofVenue venue: String) -> Duration? {
    venuePlaces[venue].map { .nanoseconds(venues[$0].pace.limit) }
  }

  func limits(of stream: StreamKey) -> SilenceLimits {
    ownLimits.isEmpty ? limits : ownLimits[stream] ?? limits
  }
}
