import Tocsin

/// What the lag rule remembers of one stream. Times are in nanoseconds.
struct LagTrack: Sendable {
  enum Judgement: Equatable {
    case warmingUp
    case same(isFiring: Bool, lag: Int64)
    case changed(lag: Int64, Phase)
  }

  private var start: Int64
  private var windowStart: Int64
  private var least: Int64?
  private var leastBefore: Int64?
  private var group: Int64 = 0
  private var groupCount = 0
  private var run = 0
  private var runStart = Int64.min
  private var isFiring = false

  init(start: Int64) {
    self.start = start
    windowStart = start
  }

  /// The least difference of this window and the one before it, of groups of ticks in a row.
  ///
  /// Of each group only the greatest difference counts, so fewer garbage instants in a row than the
  /// rule needs to fire cannot make everything after them look late.
  var baseline: Int64? {
    switch (least, leastBefore) {
    case (let now?, let before?): min(now, before)
    case (let now, let before): now ?? before
    }
  }

  mutating func take(
    _ difference: Int64,
    at now: Int64,
    since: Int64,
    _ limits: LagLimits
  ) -> Judgement {
    turn(at: now, limits.baselineWindow)
    learn(difference, limits.inARow)
    guard now.subtractingSaturated(max(start, since)) >= limits.warmUp else {
      run = 0
      return .warmingUp
    }
    let lag = difference.subtractingSaturated(min(baseline ?? 0, limits.maximumSkew))
    return count(lag, at: now, limits)
  }

  /// Ends the firing without three ticks on time in a row.
  mutating func calm() {
    isFiring = false
    run = 0
  }

  private mutating func turn(at now: Int64, _ window: Int64) {
    guard now.subtractingSaturated(windowStart) >= window else { return }
    leastBefore = least ?? leastBefore
    least = nil
    windowStart = now
  }

  private mutating func learn(_ difference: Int64, _ size: Int) {
    group = groupCount == 0 ? difference : max(group, difference)
    groupCount += 1
    guard groupCount >= size else { return }
    groupCount = 0
    least = least.map { min($0, group) } ?? group
  }

  private mutating func count(_ lag: Int64, at now: Int64, _ limits: LagLimits) -> Judgement {
    let isLate = lag > limits.limit
    run = isLate == isFiring ? 0 : run + 1
    if run == 1 { runStart = now }
    let isLong = now.subtractingSaturated(runStart) >= limits.heldFor
    guard run >= limits.inARow, isLong else { return .same(isFiring: isFiring, lag: lag) }
    run = 0
    isFiring = isLate
    return .changed(lag: lag, isLate ? .firing : .resolved)
  }
}

/// The settings of the lag rule, in nanoseconds.
struct LagLimits: Sendable {
  let limit: Int64
  let inARow: Int
  let heldFor: Int64
  let warmUp: Int64
  let baselineWindow: Int64
  let maximumSkew: Int64
  let implausibleSkew: Int64

  init(_ settings: VenueLag.Settings) {
    limit = settings.limit.wholeNanoseconds
    inARow = max(1, settings.inARow)
    heldFor = settings.heldFor.wholeNanoseconds
    warmUp = settings.warmUp.wholeNanoseconds
    baselineWindow = settings.baselineWindow.wholeNanoseconds
    maximumSkew = settings.maximumSkew.wholeNanoseconds
    implausibleSkew = settings.implausibleSkew.wholeNanoseconds
  }
}
