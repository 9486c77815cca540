import Tocsin

/// What a feed check hears.
enum FeedInput: Sendable {
  /// A tick with the venue's instant, or at least one that could have had it.
  case dated(DatedTick)
  /// Everything else.
  case signal(FeedSignal)
}

/// Both questions of a feed check: whether it still sends, and whether what it sends is old. One rule,
/// because both look the same stream up at every tick.
struct FeedRule: TimedRule, Resumable, Sendable {
  private var silence: FeedWatch
  private var lag: VenueLag?

  init(_ silence: FeedWatch, _ lag: VenueLag?) {
    self.silence = silence
    self.lag = lag
  }

  // Inlined, as what it asks and who asks it: a function would be given a copy of the watch.
  @inline(__always)
  var nextDeadline: Instant { silence.nextDeadline }

  mutating func begin(at now: Instant) { silence.begin(at: now) }
  mutating func resume(at now: Instant) { silence.resume(at: now) }

  mutating func receive(_ input: FeedInput, at now: Instant) -> Verdict<FeedNews> {
    switch input {
    case .dated(let tick): return take(tick, at: now)
    case .signal(let signal):
      if case .connection(let event) = signal, event.state == .connected {
        lag?.restart(venue: event.source, at: now)
      }
      return silence.receive(signal, at: now)
    }
  }

  mutating func expire(at now: Instant) -> Due<FeedNews>? { silence.expire(at: now) }
  mutating func finish(at now: Instant) -> Due<FeedNews>? { silence.finish(at: now) }

  private mutating func take(_ tick: DatedTick, at now: Instant) -> Verdict<FeedNews> {
    guard lag != nil else { return silence.receive(.tick(tick.key), at: now) }
    let (slot, alive) = silence.take(tick.key, at: now)
    var place = slot.map { silence.streams[$0].lagSlot } ?? -1
    let before = place
    guard let late = lag?.measure(tick, near: &place, at: now) else { return alive }
    if place != before, let slot { silence.streams[slot].lagSlot = place }
    return Self.both(alive, late)
  }

  /// What either says; of two drops the first, unless the second one has lost something.
  private static func both(
    _ first: Verdict<FeedNews>,
    _ second: Verdict<FeedNews>
  ) -> Verdict<FeedNews> {
    guard let more = second.output else {
      let isLost = second.reason == .keyLimit || second.reason == .invalid
      return first.output == nil && isLost ? second : first
    }
    guard var news = first.output else { return second }
    news.links += more.links
    news.ages += more.ages
    news.fullAt = news.fullAt ?? more.fullAt
    let isEnd = first.reason == .resolved && second.reason == .resolved
    return .pass(news, isEnd ? .resolved : .changed)
  }
}
