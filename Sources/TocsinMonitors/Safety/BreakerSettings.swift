import Tocsin

/// When a circuit breaker trips, and how it recovers. A limit that is nil is not watched.
public struct BreakerSettings: Hashable, Codable, Sendable {
  /// So many failures in a row trip it. Default: 5.
  public var consecutiveFailures: Int? = 5
  /// This share of the calls within the window trips it, 0…1. Default: 0.5.
  public var errorRate: Double? = 0.5
  /// How many calls an error rate has to stand on. Default: 20.
  public var minimumCalls = 20
  /// So many rejections within the window trip it. Default: 10.
  public var rejections: Int? = 10
  /// How far back rates and rejections reach; of the calls in it the newest 1,000 count. Default:
  /// one minute.
  public var window = Duration.seconds(60)
  /// So many losing trades in a row trip it. Default: not watched.
  public var consecutiveLosses: Int?
  /// A drawdown of this much trips it, as a positive fraction. Default: not watched.
  public var drawdown: Double?
  /// It does not recover before the drawdown is less than this; 80 % of ``drawdown`` when nil.
  public var drawdownEnd: Double?
  /// How long it stays open the first time. Default: 30 s.
  public var coolOff = Duration.seconds(30)
  /// How long it stays open at most; every failed recovery doubles the time. Default: 30 min.
  public var maximumCoolOff = Duration.seconds(1_800)
  /// How many calls are let through while it is half open; all have to succeed. Default: 3.
  public var probes = 3
  /// A call let through has to be answered within this time. Default: 30 s.
  public var probeLimit = Duration.seconds(30)

  /// Makes settings with the defaults.
  public init() {}

  /// The first cool-off, kept between a nanosecond and a hundred years.
  var firstCoolOff: Duration { min(max(.nanoseconds(1), coolOff), .days(36_500)) }
  /// The longest, kept likewise.
  var longestCoolOff: Duration { min(max(firstCoolOff, maximumCoolOff), .days(36_500)) }
}

/// What a circuit breaker is told.
public enum BreakerInput: Hashable, Codable, Sendable {
  /// A call, or an order, was sent.
  case attempt
  /// One was answered.
  case success
  /// One failed, or its outcome is unknown.
  case failure(String)
  /// One was refused. It counts as a call that was answered, and as a rejection.
  case rejection(String)
  /// A trade was closed with a profit, or without a loss.
  case win
  /// A trade was closed with a loss.
  case loss
  /// So many of the last trades lost, in a row.
  case streak(losses: Int)
  /// The drawdown is this much, as a positive fraction.
  case drawdown(Double)
  /// Somebody wants it open.
  case trip(by: String, because: String)
}

extension BreakerInput {
  /// What a step of an order says about the link to the broker; nil when nothing.
  init?(_ kind: OrderEvent.Kind) {
    switch kind {
    case .submitted: self = .attempt
    case .acknowledged, .filled: self = .success
    case .unconfirmed(let reason): self = .failure(reason)
    case .rejected(let reason): self = .rejection(reason)
    default: return nil
    }
  }
}
