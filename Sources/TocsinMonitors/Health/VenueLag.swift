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
    var onTimeStart = Int64.min
    var restart = Int64.min
  }

  /// The settings of the rule.
  public let settings: Settings
  /// What was seen, over all streams.
  public private(set) var counts = Counts()
  private let limits: LagLimits
  private var streams = KeyTable<StreamKey, Stream>()
  private var venues: [Venue] = []
  private var places: [String: Int] = [:]

  /// Makes a rule that has seen nothing.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
    limits = LagLimits(settings)
  }

  /// Measures the lag of a tick, and passes the beginning or the end of a lateness.
  public mutating func receive(_ tick: Tick, at now: Instant) -> Verdict<FeedNews> {
    var place: Int32 = -1
    return measure(DatedTick(tick), near: &place, at: now)
  }

  /// Measures the lag of a tick whose stream may be in the slot that was given; gives the slot back.
  mutating func measure(
    _ tick: DatedTick,
    near place: inout Int32,
    at now: Instant
  ) -> Verdict<FeedNews> {
    guard let venueInstant = tick.venueInstant else {
      counts.withoutInstant += 1
      return .drop(.filtered)
    }
    guard !tick.isSnapshot else {
      counts.snapshots += 1
      return .drop(.filtered)
    }
    guard let slot = slot(of: tick.key, near: Int(place), at: now) else {
      counts.refused += 1
      return .drop(.keyLimit)
    }
    place = Int32(truncatingIfNeeded: slot)
    return judge(venueInstant.nanoseconds, of: slot, at: now.nanoseconds)
  }

  /// The baseline of a stream: what is taken for the skew of its clock. Nil before its first tick.
  public func baseline(of stream: StreamKey) -> Duration? {
    streams.slot(of: stream).flatMap { streams[$0].track.baseline }.map { .nanoseconds($0) }
  }

  /// Starts the warm-up of every stream of a venue again. Call it after a reconnect, when venues
  /// send old state. What fires goes on firing until it is judged anew.
  public mutating func restart(venue: String, at now: Instant) {
    if let place = places[venue] { venues[place].restart = now.nanoseconds }
  }

  private mutating func slot(of key: StreamKey, near place: Int, at now: Instant) -> Int? {
    if place >= 0, place < streams.slotLimit, streams.isOccupied(place),
      streams.key(at: place) == key
    {
      return place
    }
    if let slot = streams.slot(of: key) { return slot }
    guard streams.count < settings.streamLimit else { return nil }
    let place = places[key.venue] ?? venues.count
    if place == venues.count {
      places[key.venue] = place
      venues.append(Venue(name: key.venue, track: LagTrack(start: now.nanoseconds)))
    }
    venues[place].streams += 1
    return streams.insert(key, Stream(track: LagTrack(start: now.nanoseconds), venue: place))
  }

  private mutating func judge(
    _ venueInstant: Int64,
    of slot: Int,
    at now: Int64
  ) -> Verdict<FeedNews> {
    let place = streams[slot].venue
    let difference = now.subtractingSaturated(venueInstant)
    var news = FeedNews()
    var offset: Int64 = 0
    if difference < 0 { counts.negative += 1 }
    switch venues[place].clock.take(venueInstant, difference, at: now, limits) {
    case .judge(let less): offset = less
    case .strange:
      counts.implausible += 1
      return .drop(.invalid)
    case .changed(let changed):
      offset = changed
      news.links.append(clock(of: place, changed, now: difference))
    }
    let lag = difference.subtractingSaturated(offset)
    if let late = judge(place, lag, at: now) { news.links.append(late) }
    let reason = judge(slot, lag, at: now, &news)
    guard !news.isEmpty else { return .drop(reason) }
    let isFiring =
      news.links.contains { $0.phase == .firing } || news.ages.contains { $0.phase == .firing }
    return .pass(news, isFiring ? .changed : .resolved)
  }

  private func clock(of place: Int, _ offset: Int64, now difference: Int64) -> LinkFinding {
    LinkFinding(
      venue: venues[place].name,
      kind: .clock,
      age: .nanoseconds(offset == 0 ? difference : offset),
      limit: settings.implausibleSkew,
      count: venues[place].streams,
      phase: offset == 0 ? .resolved : .firing
    )
  }
}

// The lag of a venue, and of a stream.
extension VenueLag {
  private mutating func judge(_ place: Int, _ lag: Int64, at now: Int64) -> LinkFinding? {
    let since = venues[place].restart
    switch venues[place].track.take(lag, at: now, since: since, limits) {
    case .changed(let lag, .firing) where venues[place].streams > 1:
      (venues[place].isLate, venues[place].onTime) = (true, 0)
      return late(place, lag, .firing)
    case .changed(let lag, .resolved) where venues[place].isLate:
      venues[place].isLate = false
      return late(place, lag, .resolved)
    case .same(true, let lag) where venues[place].isLate && lag <= limits.limit:
      return onTime(place, lag, at: now)
    default: return nil
    }
  }

  /// A venue is late as a whole until some of its ticks are on time, those of other streams between
  /// them or not.
  private mutating func onTime(_ place: Int, _ lag: Int64, at now: Int64) -> LinkFinding? {
    if venues[place].onTime == 0 { venues[place].onTimeStart = now }
    venues[place].onTime += 1
    let span = now.subtractingSaturated(venues[place].onTimeStart)
    guard venues[place].onTime >= limits.inARow, span >= limits.heldFor else { return nil }
    venues[place].isLate = false
    venues[place].track.calm()
    return late(place, lag, .resolved)
  }

  private func late(_ place: Int, _ lag: Int64, _ phase: Phase) -> LinkFinding {
    LinkFinding(
      venue: venues[place].name,
      kind: .late,
      age: .nanoseconds(lag),
      limit: settings.limit,
      count: venues[place].streams,
      phase: phase
    )
  }

  private mutating func judge(
    _ slot: Int,
    _ lag: Int64,
    at now: Int64,
    _ news: inout FeedNews
  ) -> Reason {
    let place = streams[slot].venue
    let since = venues[place].restart
    switch streams[slot].track.take(lag, at: now, since: since, limits) {
    case .warmingUp:
      counts.warmingUp += 1
      return .filtered
    case .changed(let lag, .resolved): tell(slot, lag, .resolved, &news)
    case .changed(let lag, .firing): tell(slot, lag, .firing, &news)
    case .same(true, let lag) where lag > limits.limit: tell(slot, lag, .firing, &news)
    case .same(let isFiring, _): return isFiring ? .unchanged : .belowThreshold
    }
    return .unchanged
  }

  /// Tells what was not told yet, unless the venue speaks for it; and the end of what was told.
  private mutating func tell(
    _ slot: Int,
    _ lag: Int64,
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
        age: .nanoseconds(lag),
        limit: settings.limit,
        phase: phase
      )
    )
  }
}
