public import Tocsin

/// Fires when what a feed sends is already old by the venue's clock; resolves when it is on time.
///
/// The lag of a tick is our instant of receipt less the venue's instant, less the *baseline* of the
/// stream: the least difference that held for ``Settings/inARow`` ticks in the last one to two
/// ``Settings/baselineWindow``s, which is the skew of the two clocks plus the shortest way. The baseline may lower a lag by no more than
/// ``Settings/maximumSkew``, so a feed that was late from its first tick is still found. A negative
/// difference is skew: it is counted, and no alarm while it is small.
///
/// What concerns a whole venue is told once, and before its streams: everything from it is late
/// (three ticks in a row of any of its streams), or its clock went off in one step; see
/// ``LinkFinding``. Streams are told one by one when others are on time, or when they stay late after
/// their venue has recovered. A venue of one stream has no lag of its own.
///
/// Not judged: snapshots, ticks without a venue instant, and what arrives within the warm-up of a
/// stream, when venues repeat the last trade of an hour ago or deliver what piled up during the
/// handshake. O(1) a tick; one small record per stream.
public struct VenueLag: Rule, Sendable {
  private struct Stream: Sendable {
    var track: LagTrack
    let venue: Int
    var isTold = false
  }

  private struct Venue: Sendable {
    let name: String
    var track: LagTrack
    var clock = VenueClock()
    var streams = 0
    var isLate = false
    var onTime = 0
    var onTimeStart = Instant.distantPast
    var restart = Instant.distantPast
  }

  /// The settings of the rule.
  public let settings: Settings
  /// What was seen, over all streams.
  public private(set) var counts = Counts()
  private var streams = KeyTable<StreamKey, Stream>()
  private var venues: [Venue] = []
  private var places: [String: Int] = [:]

  /// Makes a rule that has seen nothing.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
  }

  /// Measures the lag of a tick, and passes the beginning or the end of a lateness.
  public mutating func receive(_ tick: Tick, at now: Instant) -> Verdict<FeedNews> {
    measure(DatedTick(tick), at: now)
  }

  mutating func measure(_ tick: DatedTick, at now: Instant) -> Verdict<FeedNews> {
    guard let venueInstant = tick.venueInstant else {
      counts.withoutInstant += 1
      return .drop(.filtered)
    }
    guard !tick.isSnapshot else {
      counts.snapshots += 1
      return .drop(.filtered)
    }
    guard let slot = slot(of: tick.key, at: now) else {
      counts.refused += 1
      return .drop(.keyLimit)
    }
    return judge(venueInstant, of: slot, at: now)
  }

  /// The baseline of a stream: what is taken for the skew of its clock. Nil before its first tick.
  public func baseline(of stream: StreamKey) -> Duration? {
    streams.slot(of: stream).flatMap { streams[$0].track.baseline }
  }

  /// Starts the warm-up of every stream of a venue again. Call it after a reconnect, when venues
  /// send old state. What fires goes on firing until it is judged anew.
  public mutating func restart(venue: String, at now: Instant) {
    if let place = places[venue] { venues[place].restart = now }
  }

  private mutating func slot(of key: StreamKey, at now: Instant) -> Int? {
    if let slot = streams.slot(of: key) { return slot }
    guard streams.count < settings.streamLimit else { return nil }
    let place = places[key.venue] ?? venues.count
    if place == venues.count {
      places[key.venue] = place
      venues.append(Venue(name: key.venue, track: LagTrack(start: now)))
    }
    venues[place].streams += 1
    return streams.insert(key, Stream(track: LagTrack(start: now), venue: place))
  }

  private mutating func judge(
    _ venueInstant: Instant,
    of slot: Int,
    at now: Instant
  ) -> Verdict<FeedNews> {
    let (place, difference) = (streams[slot].venue, venueInstant.duration(to: now))
    var news = FeedNews()
    var offset = Duration.zero
    if difference < .zero { counts.negative += 1 }
    switch venues[place].clock.take(venueInstant, at: now, settings) {
    case .judge(let less): offset = less
    case .strange:
      counts.implausible += 1
      return .drop(.invalid)
    case .changed(let changed):
      offset = changed
      news.links.append(clock(of: place, changed, now: difference))
    }
    if let late = judge(place, difference - offset, at: now) { news.links.append(late) }
    let reason = judge(slot, difference - offset, at: now, &news)
    guard !news.isEmpty else { return .drop(reason) }
    let isFiring =
      news.links.contains { $0.phase == .firing } || news.ages.contains { $0.phase == .firing }
    return .pass(news, isFiring ? .changed : .resolved)
  }

  private func clock(of place: Int, _ offset: Duration, now difference: Duration) -> LinkFinding {
    LinkFinding(
      venue: venues[place].name,
      kind: .clock,
      age: offset == .zero ? difference : offset,
      limit: settings.implausibleSkew,
      count: venues[place].streams,
      phase: offset == .zero ? .resolved : .firing
    )
  }
}

// The lag of a venue, and of a stream.
extension VenueLag {
  private mutating func judge(_ place: Int, _ lag: Duration, at now: Instant) -> LinkFinding? {
    let since = venues[place].restart
    switch venues[place].track.take(lag, at: now, since: since, settings) {
    case .changed(let lag, .firing) where venues[place].streams > 1:
      (venues[place].isLate, venues[place].onTime) = (true, 0)
      return late(place, lag, .firing)
    case .changed(let lag, .resolved) where venues[place].isLate:
      venues[place].isLate = false
      return late(place, lag, .resolved)
    case .same(true, let lag) where venues[place].isLate && lag <= settings.limit:
      return onTime(place, lag, at: now)
    default: return nil
    }
  }

  /// A venue is late as a whole until some of its ticks are on time, those of other streams between
  /// them or not.
  private mutating func onTime(_ place: Int, _ lag: Duration, at now: Instant) -> LinkFinding? {
    if venues[place].onTime == 0 { venues[place].onTimeStart = now }
    venues[place].onTime += 1
    let span = venues[place].onTimeStart.duration(to: now)
    guard venues[place].onTime >= max(1, settings.inARow), span >= settings.heldFor else {
      return nil
    }
    venues[place].isLate = false
    venues[place].track.calm()
    return late(place, lag, .resolved)
  }

  private func late(_ place: Int, _ lag: Duration, _ phase: Phase) -> LinkFinding {
    LinkFinding(
      venue: venues[place].name,
      kind: .late,
      age: lag,
      limit: settings.limit,
      count: venues[place].streams,
      phase: phase
    )
  }

  private mutating func judge(
    _ slot: Int,
    _ lag: Duration,
    at now: Instant,
    _ news: inout FeedNews
  ) -> Reason {
    let place = streams[slot].venue
    let since = venues[place].restart
    switch streams[slot].track.take(lag, at: now, since: since, settings) {
    case .warmingUp:
      counts.warmingUp += 1
      return .filtered
    case .changed(let lag, .resolved): tell(slot, lag, .resolved, &news)
    case .changed(let lag, .firing): tell(slot, lag, .firing, &news)
    case .same(true, let lag) where lag > settings.limit: tell(slot, lag, .firing, &news)
    case .same(let isFiring, _): return isFiring ? .unchanged : .belowThreshold
    }
    return .unchanged
  }

  /// Tells what was not told yet, unless the venue speaks for it; and the end of what was told.
  private mutating func tell(
    _ slot: Int,
    _ lag: Duration,
    _ phase: Phase,
    _ news: inout FeedNews
  ) {
    let isFiring = phase == .firing
    guard streams[slot].isTold != isFiring else { return }
    guard !isFiring || !venues[streams[slot].venue].isLate else { return }
    streams[slot].isTold = isFiring
    news.ages.append(
      FeedAge(
        stream: streams.key(at: slot),
        clock: .venue,
        age: lag,
        limit: settings.limit,
        phase: phase
      )
    )
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
