#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What silence of one stream is unusual, learned from the gaps between its events.
///
/// The unusual gap is the one that a day of such gaps exceeds as often as false alarms are allowed.
/// It is the greatest of four figures:
/// - beyond what was counted the tail of the gaps goes on as the Weibull distribution through two
///   of their quantiles, which is exact for the exponential gaps of a Poisson stream (the gaps
///   between trades are near it: Engle and Russell 1998). From 64 gaps on;
/// - before, with `n` gaps in the time `T`, the predictive quantile of a Poisson stream of unknown
///   rate, `T((1/p)^(1/n) - 1)`, which is infinite without a gap and falls as gaps are seen;
/// - twice the longest gap of the last one to two hours, so that what is rare but usual is known;
/// - three times the mean, so that one lost message of a regular stream is no silence.
///
/// A gap costs O(1); a reading is made when it is asked for.
struct GapEstimate: Hashable, Codable, Sendable {
  private static let window: Int64 = 3_600_000_000_000
  private static let enough: UInt32 = 64

  private var histogram = GapHistogram()
  /// The decayed mean, in nanoseconds.
  private(set) var mean = 0.0
  private var longest: Int64 = 0
  private var longestBefore: Int64 = 0
  private var windowStart = Int64.min

  init() {}

  /// How many gaps it stands on; at most 4,096.
  var weight: UInt32 { histogram.weight }

  /// Learns a gap of so many nanoseconds that ended at `now`. Negative gaps count as none at all.
  mutating func learn(_ gap: Int64, at now: Int64) {
    guard gap >= 0 else { return }
    turn(at: now)
    histogram.learn(gap)
    mean += (Double(gap) - mean) / Double(min(histogram.weight, 1_024))
    longest = max(longest, gap)
  }

  /// The gap that is exceeded `perDay` times in a day of such gaps, in nanoseconds; nil without a
  /// single gap.
  func unusual(perDay: Double) -> Double? {
    guard weight > 0 else { return nil }
    let share = min(0.01, max(1e-15, perDay * max(mean, 1) / 86_400e9))
    let least = max(3 * mean, 2 * Double(max(longest, longestBefore)))
    return max(least, weight < Self.enough ? predictive(share) : tail(share))
  }

  private mutating func turn(at now: Int64) {
    guard windowStart == .min || now >= windowStart.addingSaturated(Self.window) else { return }
    longestBefore = longest
    longest = 0
    windowStart = now
  }

  private func predictive(_ share: Double) -> Double {
    let count = Double(weight)
    return count * mean * (pow(1 / share, 1 / count) - 1)
  }

  /// Weibull: the logarithm of the share that exceeds x grows as x to the power of the shape.
  private func tail(_ share: Double) -> Double {
    let far = max(1 / 256, 4 / Double(weight))
    let (near, last) = (
      histogram.length(exceededBy: far.squareRoot()), histogram.length(exceededBy: far)
    )
    let shape = near > 0 && last > near ? min(4, max(0.3, log(2) / log(last / near))) : 4
    return last * pow(log(share) / log(far), 1 / shape)
  }
}

extension Int64 {
  /// The sum, or the end of the numbers that it passes.
  func addingSaturated(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  /// The difference, or the end of the numbers that it passes.
  func subtractingSaturated(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (self < 0 ? .min : .max) : difference
  }
}
