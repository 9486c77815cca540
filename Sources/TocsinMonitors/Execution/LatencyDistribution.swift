import Tocsin

/// The times of one leg since the start, in buckets whose width grows with the time.
///
/// A ``LatencyHistogram`` whose percentiles are the middle of a bucket instead of its end, so they
/// are off by at most 1/128 (0.79 %) either way. Fixed memory, 29 KiB from the first time on; O(1)
/// a time. Between two clocks a time may be negative: these are counted in ``skewCount`` and are in
/// no percentile, so look at it first.
public struct LatencyDistribution: Hashable, Sendable {
  private var histogram = LatencyHistogram()

  /// How many times were recorded, without negative ones.
  public var count: UInt64 { histogram.count }
  /// How many were negative: the clocks disagree by more than the leg took.
  public var skewCount: UInt64 { histogram.negativeCount }
  /// The shortest, exactly; nil when there is none.
  public var min: Duration? { histogram.min }
  /// The longest, exactly; nil when there is none.
  public var max: Duration? { histogram.max }

  /// The time that so many percent do not exceed, off by at most 0.79 %; nil when there is none.
  public func percentile(_ percent: Double) -> Duration? {
    guard let end = histogram.percentile(percent), let min else { return nil }
    let nanoseconds = end.wholeNanoseconds
    guard nanoseconds >= 64, percent < 100, end != min else { return end }
    let width = Int64(1) << Int64(63 - nanoseconds.leadingZeroBitCount - 6)
    let start = nanoseconds & ~(width - 1)
    return Swift.max(min, .nanoseconds(start + (nanoseconds - start) / 2))
  }

  mutating func record(nanoseconds: Int64) { histogram.record(nanoseconds: nanoseconds) }
}
