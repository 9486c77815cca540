public import Tocsin

/// Stops calls to something that fails, and lets a few through after a while to see whether it works
/// again.
///
///     calls    -f-f-f-f-f-------------s-s-s--|      f failure, s success of a probe
///     state    closed...open----halfOpen...closed
///
/// It trips at one of its limits (``BreakerSettings``) or when somebody wants it. After the cool-off
/// it is half open, unless the drawdown is still too deep; then another cool-off begins. Half open, it
/// lets ``BreakerSettings/probes`` calls through. When all have succeeded it closes, forgets what it
/// counted and begins with the first cool-off again; when one fails, loses, or is not answered in
/// time it opens for twice as long. An answer that comes while no probe is under way belongs to an
/// earlier call, and counts for nothing.
///
/// Whoever sends asks ``admit(at:)``, or keeps a counter that ``BreakerChange/allowance`` sets. O(1) an
/// input; memory of at most 1,000 calls.
public struct CircuitBreaker: TimedRule, Hashable, Codable, Sendable {
  /// When it trips and recovers.
  public let settings: BreakerSettings
  /// Where it stands.
  public internal(set) var state = BreakerState.closed
  /// What tripped it last; nil when nothing ever did.
  public internal(set) var trip: BreakerTrip?
  /// When it is next due to become half open, or to give up on a probe.
  public internal(set) var nextDeadline = Instant.distantFuture
  /// How many losing trades came in a row.
  public internal(set) var losses = 0

  var window = OutcomeWindow()
  var failures = 0
  var drawdown = 0.0
  var coolOff: Duration
  var attempts = 0
  var successes = 0
  var sequence = 0

  /// Makes a breaker that is closed.
  public init(_ settings: BreakerSettings = BreakerSettings()) {
    self.settings = settings
    coolOff = settings.firstCoolOff
  }

  /// How many calls may be sent now; nil when any number.
  public var allowance: Int? {
    switch state {
    case .closed: nil
    case .open: 0
    case .halfOpen: max(0, probes - attempts)
    }
  }

  /// Asks whether a call may be sent now, and notes that it is. False: do not send.
  public mutating func admit(at now: Instant) -> Bool {
    guard allowance != 0 else { return false }
    noteAttempt(at: now)
    return true
  }

  /// False: it has to remember that it is open.
  public var canBeForgotten: Bool { false }

  /// Counts, and passes the change that it brings about.
  public mutating func receive(_ input: BreakerInput, at now: Instant) -> Verdict<BreakerChange> {
    switch input {
    case .attempt:
      noteAttempt(at: now)
      return .drop(.unchanged)
    case .success: return answered(.success, nil, at: now)
    case .failure(let reason):
      return answered(.failure, BreakerTrip(.probeFailed, "a call failed (\(reason))"), at: now)
    case .rejection(let reason):
      return answered(
        .rejection,
        BreakerTrip(.probeFailed, "an order was rejected (\(reason))"),
        at: now
      )
    case .win:
      losses = 0
      return .drop(.unchanged)
    case .loss: return lost(losses + 1, at: now)
    case .streak(let losses): return lost(max(0, losses), at: now)
    case .drawdown(let depth): return fell(to: depth, at: now)
    case .trip(let person, let reason):
      return open(BreakerTrip(.forced, "\(person): \(reason)"), at: now)
    }
  }

  /// Becomes half open, or gives up on a probe.
  public mutating func expire(at now: Instant) -> Due<BreakerChange>? {
    guard nextDeadline <= now else { return nil }
    let due = nextDeadline
    if state == .halfOpen {
      let words = "a call was not answered within \(settings.probeLimit.words)"
      let change = opened(BreakerTrip(.probeUnanswered, words), at: due)
      return Due(change, at: due, .absent, isMade: true)
    }
    guard !isTooDeep else {
      nextDeadline = max(due, now).advanced(by: coolOff)
      return nil
    }
    (attempts, successes) = (0, 0)
    nextDeadline = .distantFuture
    return Due(moved(to: .halfOpen, at: due), at: due, .cooldownOver, isMade: true)
  }

  /// Nothing: the end of the stream changes nothing.
  public mutating func finish(at now: Instant) -> Due<BreakerChange>? { nil }

  var probes: Int { max(1, settings.probes) }

  /// The same breaker after a restart, with the settings of today. Probes under way are lost: half
  /// open, it begins to find out anew.
  func restarted(with settings: BreakerSettings, at now: Instant) -> CircuitBreaker {
    var copy = CircuitBreaker(settings)
    (copy.state, copy.trip, copy.sequence, copy.losses) = (state, trip, sequence, losses)
    copy.drawdown = drawdown.isFinite ? drawdown : 0
    copy.coolOff = min(max(coolOff, settings.firstCoolOff), settings.longestCoolOff)
    if state == .open { copy.nextDeadline = min(nextDeadline, now.advanced(by: copy.coolOff)) }
    return copy
  }

  /// What those who send have to know of it as it stands.
  func standing(at now: Instant) -> BreakerChange {
    BreakerChange(
      sequence: sequence,
      instant: now,
      from: state,
      to: state,
      trip: trip ?? BreakerTrip(.forced, ""),
      allowance: allowance
    )
  }
}
