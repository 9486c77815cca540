public import Tocsin

/// Fires when what a feed sends is already old by the venue's clock; resolves when it is on time.
///
/// The lag of a tick is our instant of receipt less the venue's instant, less the *baseline* of the
/// stream: the least difference that held for ``Settings/inARow`` ticks in the last one to two
/// ``Settings/baselineWindow``s, which is the skew of the two clocks plus the shortest way. The baseline may lower a lag by no more than
/// ``Settings/maximumSkew``, so a feed that was late from its first tick is still found. A negative
/// difference is skew: it is counted, and never an alarm by itself.
///
/// Not judged: snapshots, ticks without a venue instant, and what arrives within the warm-up of a
/// stream, when venues repeat the last trade of an hour ago or deliver what piled up during the
/// handshake. O(1) a tick; one small record per stream.
public struct VenueLag: Rule, Sendable {
  /// The settings of the rule.
  public let settings: Settings
  /// What was seen, over all streams.
  public private(set) var counts = Counts()
  private var streams: [StreamKey: LagTrack] = [:]

  /// Makes a rule that has seen nothing.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
  }

  /// Measures the lag of a tick, and passes the beginning or the end of a lateness.
  public mutating func receive(_ tick: Tick, at now: Instant) -> Verdict<FeedAge> {
    guard let venueInstant = tick.venueInstant else {
      counts.withoutInstant += 1
      return .drop(.filtered)
    }
    guard !tick.isSnapshot else {
      counts.snapshots += 1
      return .drop(.filtered)
    }
    return judge(venueInstant.duration(to: now), of: tick.key, at: now)
  }

  /// The baseline of a stream: what is taken for the skew of its clock. Nil before its first tick.
  public func baseline(of stream: StreamKey) -> Duration? { streams[stream]?.baseline }

  /// Starts the warm-up of every stream of a venue again. Call it after a reconnect, when venues
  /// send old state. What fires goes on firing until it is judged anew. O(streams).
  public mutating func restart(venue: String, at now: Instant) {
    for stream in streams.keys where stream.venue == venue { streams[stream]?.restart(at: now) }
  }

  private mutating func judge(
    _ difference: Duration,
    of stream: StreamKey,
    at now: Instant
  ) -> Verdict<FeedAge> {
    if difference < .zero { counts.negative += 1 }
    guard difference >= .zero - settings.implausibleSkew else {
      counts.implausible += 1
      return .drop(.invalid)
    }
    guard streams[stream] != nil || streams.count < settings.streamLimit else {
      counts.refused += 1
      return .drop(.keyLimit)
    }
    let track = streams[stream, default: LagTrack(start: now)]
      .take(difference, at: now, settings)
    return verdict(track, of: stream)
  }

  private mutating func verdict(
    _ judgement: LagTrack.Judgement,
    of stream: StreamKey
  ) -> Verdict<FeedAge> {
    switch judgement {
    case .warmingUp:
      counts.warmingUp += 1
      return .drop(.filtered)
    case .same(let isFiring): return .drop(isFiring ? .unchanged : .belowThreshold)
    case .changed(let lag, let phase):
      let age = FeedAge(
        stream: stream,
        clock: .venue,
        age: lag,
        limit: settings.limit,
        phase: phase
      )
      return .pass(age, phase == .firing ? .changed : .resolved)
    }
  }
}

extension VenueLag {
  /// The settings of a ``VenueLag`` rule.
  public struct Settings: Hashable, Codable, Sendable {
    /// The lag that is too much. Default: 5 s.
    public var limit = Duration.seconds(5)
    /// How many ticks in a row must be late to fire, or on time to resolve. Default: 3.
    public var inARow = 3
    /// How long those ticks must span at least, so that one burst of what piled up somewhere is not
    /// taken for a late feed. Default: 1 s.
    public var heldFor = Duration.seconds(1)
    /// How long from a stream's first tick nothing is judged. Default: 5 s.
    public var warmUp = Duration.seconds(5)
    /// How long the least difference is remembered. Default: 10 min.
    public var baselineWindow = Duration.seconds(600)
    /// By how much the baseline may lower a lag. Default: 1 s.
    public var maximumSkew = Duration.seconds(1)
    /// A venue instant further ahead of ours than this is garbage, not skew: the tick is counted
    /// and not judged. Default: 60 s.
    public var implausibleSkew = Duration.seconds(60)
    /// How many streams are watched at most. Default: 10,000.
    public var streamLimit = 10_000

    /// The defaults.
    public init() {}
  }

  /// How many ticks a ``VenueLag`` rule saw of the kinds that need attention.
  public struct Counts: Hashable, Codable, Sendable {
    /// Ticks without a venue instant.
    public var withoutInstant = 0
    /// Snapshots.
    public var snapshots = 0
    /// Ticks within the warm-up of their stream.
    public var warmingUp = 0
    /// Ticks whose venue instant was later than our instant of receipt: clock skew.
    public var negative = 0
    /// Ticks whose venue instant was so far ahead that it is garbage.
    public var implausible = 0
    /// Ticks of streams beyond the limit of streams.
    public var refused = 0

    /// Nothing counted.
    public init() {}
  }
}
