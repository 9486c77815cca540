import Tocsin

/// Notices that a venue's time went off in one step, over all its streams.
///
/// A feed gets late by a second in a second at most, because its own instants go on. So a difference
/// that jumps up while the venue's instants go *back*, or one far below zero, is no lateness: the
/// clock is wrong, or old data is sent again. After so many such ticks in a row, over so long, and
/// off by about the same, the step is taken for the venue's offset and the streams are judged with it. When only some streams
/// are so, the others break the row, and each is judged as late on its own.
struct VenueClock: Sendable {
  /// What a tick says of the clock. Times are in nanoseconds.
  enum Judgement: Equatable {
    /// It may be judged, with this much taken off its difference.
    case judge(less: Int64)
    /// It is of the future, and says nothing.
    case strange
    /// The clock is off by this much from now on; zero when it agrees again.
    case changed(Int64)
  }

  private(set) var offset: Int64 = 0
  private var latest = Int64.min
  private var run = 0
  private var runStart = Int64.min
  private var least: Int64 = 0
  private var runLatest = Int64.min

  init() {}

  /// Takes the venue's instant of a tick that was received at `now`, and how long ago that was.
  mutating func take(
    _ venueInstant: Int64,
    _ difference: Int64,
    at now: Int64,
    _ limits: LagLimits
  ) -> Judgement {
    guard isStrange(venueInstant, difference, limits.implausibleSkew) else {
      run = 0
      latest = max(latest, venueInstant)
      return .judge(less: offset)
    }
    return count(venueInstant, difference, at: now, limits)
  }

  private func isStrange(_ venueInstant: Int64, _ difference: Int64, _ skew: Int64) -> Bool {
    let rest = difference.subtractingSaturated(offset)
    if rest < Int64.zero.subtractingSaturated(skew) { return true }
    return rest > skew
      && venueInstant < latest.addingSaturated(Int64.zero.subtractingSaturated(skew))
  }

  private mutating func count(
    _ venueInstant: Int64,
    _ difference: Int64,
    at now: Int64,
    _ limits: LagLimits
  ) -> Judgement {
    if run > 0, isFar(difference.subtractingSaturated(least), limits) { run = 0 }
    if run == 0 { (runStart, least, runLatest) = (now, difference, venueInstant) }
    run += 1
    least = min(least, difference)
    runLatest = max(runLatest, venueInstant)
    let isLong = now.subtractingSaturated(runStart) >= limits.heldFor
    guard run >= limits.inARow, isLong else {
      return difference < offset ? .strange : .judge(less: offset)
    }
    run = 0
    latest = runLatest
    offset = isFar(least, limits) ? least : 0
    return .changed(offset)
  }

  private func isFar(_ difference: Int64, _ limits: LagLimits) -> Bool {
    difference > limits.implausibleSkew
      || difference < Int64.zero.subtractingSaturated(limits.implausibleSkew)
  }
}
