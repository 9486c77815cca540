internal import Tocsin

/// How long something took, over several decisions: the exact durations, not buckets.
public struct TraceLatency: Hashable, Sendable, CustomStringConvertible {
  /// All of them, the shortest first; at least one.
  public let durations: [Duration]

  init?(_ durations: [Duration]) {
    guard !durations.isEmpty else { return nil }
    self.durations = durations.sorted()
  }

  /// How many decisions.
  public var count: Int { durations.count }
  /// The shortest.
  public var min: Duration { durations[0] }
  /// The longest.
  public var max: Duration { durations[durations.count - 1] }

  /// The shortest duration that so many percent of all do not exceed (nearest rank). At most 0 gives
  /// the shortest, at least 100 the longest.
  public func percentile(_ percent: Double) -> Duration {
    guard percent > 0 else { return min }
    let rank = (Swift.min(percent, 100) / 100 * Double(count)).rounded(.up)
    return durations[Swift.max(0, Swift.min(count, Int(rank)) - 1)]
  }

  /// `3 decisions: min 1s, p50 2s, p99 3s, max 3s`.
  public var description: String {
    let words = [("min", min), ("p50", percentile(50)), ("p99", percentile(99)), ("max", max)]
    return "\(count) \(count == 1 ? "decision" : "decisions"): "
      + words.map { "\($0) \($1.offsetText)" }.joined(separator: ", ")
  }
}
