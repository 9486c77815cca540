public import Tocsin

/// How safe the whole is. `healthy < degraded < critical`.
public enum SafetyLevel: String, CaseIterable, Hashable, Codable, Sendable, Comparable {
  /// Everything is as it should be.
  case healthy
  /// The breaker is not closed, a utilisation is too high or unknown, the API link is in trouble, or
  /// the state cannot be saved.
  case degraded
  /// The kill switch is engaged.
  case critical

  private var rank: Int {
    switch self {
    case .healthy: 0
    case .degraded: 1
    case .critical: 2
    }
  }

  public static func < (left: SafetyLevel, right: SafetyLevel) -> Bool { left.rank < right.rank }
}

/// All that a ``SafetyMonitor`` knows, at one moment.
public struct SafetyState: Hashable, Codable, Sendable {
  /// When, by the time of the lane.
  public var instant: Instant
  /// What may be traded.
  public var mode: SafetyMode
  /// The newest change of the mode, with its reason; nil when there never was one.
  public var lastChange: SafetyChange?
  /// Whether the newest command has reached those who trade.
  public var delivery: DeliveryStatus
  /// The circuit breaker.
  public var breaker: BreakerState
  /// What tripped it last; nil when nothing ever did.
  public var trip: BreakerTrip?
  /// How much of the permitted positions is in use.
  public var use: Utilisation
  /// The link to the broker; nil when none is watched.
  public var link: ApiLink?
  /// Why the state cannot be saved; nil when it can.
  public var storeFailure: String?

  /// How safe the whole is.
  public var overall: SafetyLevel {
    if mode.isEngaged { return .critical }
    let isLinkBad = link.map { $0.status != .connected } ?? false
    let isDegraded = breaker != .closed || use.isDegraded || isLinkBad || storeFailure != nil
    return isDegraded ? .degraded : .healthy
  }

  /// Whether it is the same but for its instant and the latency of the link.
  func isSame(as other: SafetyState) -> Bool {
    var copy = other
    copy.instant = instant
    if let link, let second = other.link, link.isSame(as: second) { copy.link = link }
    return self == copy
  }
}
