import Tocsin

// What a circuit breaker counts, and when it trips.
extension CircuitBreaker {
  mutating func noteAttempt(at now: Instant) {
    guard state == .halfOpen, attempts < probes else { return }
    attempts += 1
    if nextDeadline == .distantFuture {
      nextDeadline = now.advanced(by: max(.nanoseconds(1), settings.probeLimit))
    }
  }

  mutating func answered(
    _ outcome: OutcomeWindow.Outcome,
    _ bad: BreakerTrip?,
    at now: Instant
  ) -> Verdict<BreakerChange> {
    switch state {
    case .open: return .drop(.late)
    case .halfOpen:
      guard successes < attempts else { return .drop(.late) }
      return bad.map { open($0, at: now) } ?? succeeded(at: now)
    case .closed:
      window.add(outcome, at: now, keeping: settings.window)
      failures = outcome == .failure ? failures + 1 : 0
      return broken.map { open($0, at: now) } ?? .drop(.belowThreshold)
    }
  }

  /// The limit that is broken by what was counted.
  private var broken: BreakerTrip? {
    if let limit = settings.consecutiveFailures, failures >= max(1, limit) {
      return BreakerTrip(.consecutiveFailures, "\(failures) calls in a row failed")
    }
    if let limit = settings.rejections, window.rejections >= max(1, limit) {
      let words = "\(window.rejections) orders were rejected within \(settings.window.words)"
      return BreakerTrip(.rejections, words)
    }
    if let limit = settings.errorRate, window.count >= max(1, settings.minimumCalls),
      window.failures > 0, let rate = window.errorRate, rate >= limit
    {
      let words = "\(window.failures) of \(window.count) calls failed within "
      return BreakerTrip(.errorRate, words + settings.window.words)
    }
    return nil
  }

  private mutating func succeeded(at now: Instant) -> Verdict<BreakerChange> {
    successes += 1
    if successes == attempts { nextDeadline = .distantFuture }
    guard successes >= probes else { return .drop(.collecting) }
    (window, failures) = (OutcomeWindow(), 0)
    coolOff = settings.firstCoolOff
    return .pass(moved(to: .closed, at: now), .resolved)
  }

  /// The same row told twice is no new loss.
  mutating func lost(_ row: Int, at now: Instant) -> Verdict<BreakerChange> {
    let isNew = row > losses
    losses = row
    guard let limit = settings.consecutiveLosses, isNew, losses >= max(1, limit), state != .open
    else { return .drop(.belowThreshold) }
    return open(BreakerTrip(.consecutiveLosses, "\(losses) trades in a row lost"), at: now)
  }

  mutating func fell(to depth: Double, at now: Instant) -> Verdict<BreakerChange> {
    guard depth.isFinite, depth >= 0 else { return .drop(.invalid) }
    drawdown = depth
    guard let limit = settings.drawdown, depth >= limit, state != .open else {
      return .drop(.belowThreshold)
    }
    return open(BreakerTrip(.drawdown, "the drawdown is \(depth.percent)"), at: now)
  }

  var isTooDeep: Bool {
    guard let limit = settings.drawdown else { return false }
    return drawdown >= min(limit, settings.drawdownEnd ?? limit * 0.8)
  }

  mutating func open(_ trip: BreakerTrip, at now: Instant) -> Verdict<BreakerChange> {
    .pass(opened(trip, at: now), .heldLongEnough)
  }

  mutating func opened(_ trip: BreakerTrip, at now: Instant) -> BreakerChange {
    self.trip = trip
    if state == .halfOpen { coolOff = min(coolOff + coolOff, settings.longestCoolOff) }
    nextDeadline = now.advanced(by: coolOff)
    return moved(to: .open, at: now)
  }

  mutating func moved(to next: BreakerState, at now: Instant) -> BreakerChange {
    sequence += 1
    let from = state
    state = next
    var change = standing(at: now)
    change.from = from
    return change
  }
}
