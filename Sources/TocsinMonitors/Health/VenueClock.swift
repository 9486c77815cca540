import Tocsin

/// Notices that a venue's time went off in one step, over all its streams.
///
/// A feed gets late by a second in a second at most, because its own instants go on. So a difference
/// that jumps up while the venue's instants go *back*, or one far below zero, is no lateness: the
/// clock is wrong, or old data is sent again. After so many such ticks in a row, over so long, and
/// off by about the same, the step is taken for the venue's offset and the streams are judged with it. When only some streams
/// are so, the others break the row, and each is judged as late on its own.
struct VenueClock: Hashable, Codable, Sendable {
  /// What a tick says of the clock.
  enum Judgement: Hashable, Codable, Sendable {
    /// It may be judged, with this much taken off its difference.
    case judge(less: Duration)
    /// It is of the future, and says nothing.
    case strange
    /// The clock is off by this much from now on; zero when it agrees again.
    case changed(Duration)
  }

  private(set) var offset = Duration.zero
  private var latest = Instant.distantPast
  private var run = 0
  private var runStart = Instant.distantPast
  private var least = Duration.zero
  private var runLatest = Instant.distantPast

  init() {}

  /// Takes the venue's instant of a tick that was received at `now`.
  mutating func take(
    _ venueInstant: Instant,
    at now: Instant,
    _ settings: VenueLag.Settings
  ) -> Judgement {
    let difference = venueInstant.duration(to: now)
    guard isStrange(venueInstant, difference, settings.implausibleSkew) else {
      run = 0
      latest = max(latest, venueInstant)
      return .judge(less: offset)
    }
    return count(venueInstant, difference, at: now, settings)
  }

  private func isStrange(
    _ venueInstant: Instant,
    _ difference: Duration,
    _ skew: Duration
  ) -> Bool {
    let rest = difference - offset
    if rest < .zero - skew { return true }
    return rest > skew && venueInstant < latest.advanced(by: .zero - skew)
  }

  private mutating func count(
    _ venueInstant: Instant,
    _ difference: Duration,
    at now: Instant,
    _ settings: VenueLag.Settings
  ) -> Judgement {
    if run > 0, abs(difference - least) > settings.implausibleSkew { run = 0 }
    if run == 0 { (runStart, least, runLatest) = (now, difference, venueInstant) }
    run += 1
    least = min(least, difference)
    runLatest = max(runLatest, venueInstant)
    let isLong = runStart.duration(to: now) >= settings.heldFor
    guard run >= max(1, settings.inARow), isLong else {
      return difference < offset ? .strange : .judge(less: offset)
    }
    run = 0
    latest = runLatest
    offset = abs(least) <= settings.implausibleSkew ? .zero : least
    return .changed(offset)
  }

  private func abs(_ duration: Duration) -> Duration { max(duration, .zero - duration) }
}
