public import Tocsin

/// Where a circuit breaker stands.
public enum BreakerState: String, CaseIterable, Hashable, Codable, Sendable {
  /// Everything is let through.
  case closed
  /// Nothing is let through.
  case open
  /// A few calls are let through, to find out.
  case halfOpen
}

/// What tripped a circuit breaker.
public struct BreakerTrip: Hashable, Codable, Sendable {
  /// The kinds of trips.
  public enum Kind: String, CaseIterable, Hashable, Codable, Sendable {
    case consecutiveFailures, errorRate, rejections, consecutiveLosses, drawdown
    /// A call that was let through while it was half open failed.
    case probeFailed
    /// One was not answered in time.
    case probeUnanswered
    /// Somebody wanted it open.
    case forced
  }

  /// What kind of trip it was.
  public var kind: Kind
  /// Why, in words for a person.
  public var reason: String

  /// Makes a trip. Of the reason 500 characters are kept.
  public init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason.bounded
  }
}

/// A circuit breaker tripped, became half open, or closed.
public struct BreakerChange: Hashable, Codable, Sendable, Phased {
  /// The number of the change, from 1 on.
  public var sequence: Int
  /// When, by the time of the lane.
  public var instant: Instant
  /// What it was. Open when an open breaker was tripped once more.
  public var from: BreakerState
  /// What it is now.
  public var to: BreakerState
  /// What tripped it last.
  public var trip: BreakerTrip
  /// How many calls may be sent from now on: none when open, a few when half open, any number (nil)
  /// when closed.
  public var allowance: Int?

  /// Firing until it is closed.
  public var phase: Phase { to == .closed ? .resolved : .firing }

  /// The same as an alert: `safety.breaker`, critical.
  public var alert: Alert {
    let words =
      switch to {
      case .open: "The circuit breaker is open: \(trip.reason)."
      case .halfOpen: "The circuit breaker lets \(allowance ?? 0) calls through, to find out."
      case .closed: "The circuit breaker is closed again."
      }
    return Alert(
      "safety.breaker",
      .critical,
      message: words,
      phase: phase,
      labels: ["trip": trip.kind.rawValue]
    )
  }
}
