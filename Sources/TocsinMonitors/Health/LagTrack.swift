import Tocsin

/// What the lag rule remembers of one stream.
struct LagTrack: Sendable {
  enum Judgement: Equatable {
    case warmingUp
    case same(isFiring: Bool, lag: Duration)
    case changed(lag: Duration, Phase)
  }

  private var start: Instant
  private var windowStart: Instant
  private var least: Duration?
  private var leastBefore: Duration?
  private var group = Duration.zero
  private var groupCount = 0
  private var run = 0
  private var runStart = Instant.distantPast
  private var isFiring = false

  init(start: Instant) {
    self.start = start
    windowStart = start
  }

  /// The least difference of this window and the one before it, of groups of ticks in a row.
  ///
  /// Of each group only the greatest difference counts, so fewer garbage instants in a row than the
  /// rule needs to fire cannot make everything after them look late.
  var baseline: Duration? {
    switch (least, leastBefore) {
    case (let now?, let before?): min(now, before)
    case (let now, let before): now ?? before
    }
  }

  mutating func take(
    _ difference: Duration,
    at now: Instant,
    since: Instant,
    _ settings: VenueLag.Settings
  ) -> Judgement {
    turn(at: now, settings.baselineWindow)
    learn(difference, max(1, settings.inARow))
    guard max(start, since).duration(to: now) >= settings.warmUp else {
      run = 0
      return .warmingUp
    }
    let lag = difference - min(baseline ?? .zero, settings.maximumSkew)
    return count(lag, at: now, settings)
  }

  /// Ends the firing without three ticks on time in a row.
  mutating func calm() {
    isFiring = false
    run = 0
  }

  private mutating func turn(at now: Instant, _ window: Duration) {
    let age = windowStart.duration(to: now)
    guard age >= window else { return }
    leastBefore = least ?? leastBefore
    least = nil
    windowStart = now
  }

  private mutating func learn(_ difference: Duration, _ size: Int) {
    group = groupCount == 0 ? difference : max(group, difference)
    groupCount += 1
    guard groupCount >= size else { return }
    groupCount = 0
    least = least.map { min($0, group) } ?? group
  }

  private mutating func count(
    _ lag: Duration,
    at now: Instant,
    _ settings: VenueLag.Settings
  ) -> Judgement {
    let isLate = lag > settings.limit
    run = isLate == isFiring ? 0 : run + 1
    if run == 1 { runStart = now }
    let isLong = runStart.duration(to: now) >= settings.heldFor
    guard run >= max(1, settings.inARow), isLong else {
      return .same(isFiring: isFiring, lag: lag)
    }
    run = 0
    isFiring = isLate
    return .changed(lag: lag, isLate ? .firing : .resolved)
  }
}
