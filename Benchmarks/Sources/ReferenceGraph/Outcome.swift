/// What the four sinks saw: how many alerts of each severity, and one number that depends on each
/// alert's every field and instant, but not on their order.
@frozen
public struct Outcome: Hashable, Sendable {
  /// Alerts in the sink for information.
  public var info = 0
  /// Alerts in the sink for warnings.
  public var warning = 0
  /// Alerts in the sink for errors.
  public var error = 0
  /// Alerts in the sink for what is critical.
  public var critical = 0
  /// The sum of all alerts' hashes.
  public var hash: UInt64 = 0

  /// Makes an empty outcome.
  @inlinable public init() {}

  /// Takes one alert into the sink of its severity.
  @inlinable
  @inline(__always)
  public mutating func deliver(_ alert: MarketAlert, at instant: Int64) {
    switch alert.severity {
    case 0: info &+= 1
    case 1: warning &+= 1
    case 2: error &+= 1
    default: critical &+= 1
    }
    hash &+= Outcome.hash(of: alert, at: instant)
  }

  /// Adds what other sinks saw.
  @inlinable
  public static func + (left: Outcome, right: Outcome) -> Outcome {
    var sum = left
    sum.info &+= right.info
    sum.warning &+= right.warning
    sum.error &+= right.error
    sum.critical &+= right.critical
    sum.hash &+= right.hash
    return sum
  }

  @inlinable
  static func hash(of alert: MarketAlert, at instant: Int64) -> UInt64 {
    var hash = SplitMix64.mix(UInt64(alert.key) << 8 | UInt64(alert.severity))
    hash = SplitMix64.mix(hash ^ UInt64(truncatingIfNeeded: alert.occurrences))
    hash = SplitMix64.mix(hash ^ UInt64(bitPattern: instant))
    return SplitMix64.mix(hash ^ alert.value.bitPattern)
  }
}

extension Outcome: CustomStringConvertible {
  /// All counts in the order of severity, and the hash.
  public var description: String {
    "[\(info), \(warning), \(error), \(critical)] \(String(hash, radix: 16))"
  }
}
