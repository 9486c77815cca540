/// Counts durations in buckets whose width grows with the duration.
///
/// Every power of two is split into 64 buckets: durations below 128 ns are exact, and a percentile
/// is at most 1/64 (1.5625 %) above the true one and never below it. The range is all of
/// 0 ... `Int64.max` nanoseconds. Memory is fixed, 3 712 counters (29 KiB), taken at the first
/// record; after that, recording is O(1) and allocates nothing. The idea is Gil Tene's
/// HdrHistogram.
///
/// Negative durations, which mean that two clocks disagree, are counted apart in ``negativeCount``
/// and are part of no other figure.
@frozen
public struct LatencyHistogram: Hashable, Sendable {
  @usableFromInline var buckets: [UInt64] = []
  @usableFromInline var sum: UInt128 = 0
  @usableFromInline var smallest = Int64.max
  @usableFromInline var largest = Int64.min
  @usableFromInline var recorded: UInt64 = 0
  @usableFromInline var negatives: UInt64 = 0

  /// Makes an empty histogram.
  @inlinable public init() {}

  /// The number of durations recorded, without negative ones.
  @inlinable public var count: UInt64 { recorded }
  /// The number of negative durations.
  @inlinable public var negativeCount: UInt64 { negatives }
  /// The shortest duration, exactly; nil when there is none.
  @inlinable public var min: Duration? { recorded == 0 ? nil : .nanoseconds(smallest) }
  /// The longest duration, exactly; nil when there is none.
  @inlinable public var max: Duration? { recorded == 0 ? nil : .nanoseconds(largest) }

  /// The mean of all durations, rounded down to a nanosecond; nil when there is none.
  public var mean: Duration? {
    recorded == 0 ? nil : .nanoseconds(Int64(truncatingIfNeeded: sum / UInt128(recorded)))
  }

  /// Records a duration, cut to whole nanoseconds; longer than 292 years counts as 292 years.
  @inlinable
  public mutating func record(_ duration: Duration) {
    record(nanoseconds: duration < .zero ? -1 : duration.wholeNanoseconds)
  }

  /// Records a duration in nanoseconds.
  @inlinable
  public mutating func record(nanoseconds: Int64) {
    guard nanoseconds >= 0 else {
      negatives += 1
      return
    }
    if buckets.isEmpty { buckets = Array(repeating: 0, count: Self.bucketCount) }
    buckets[Self.bucket(of: nanoseconds)] += 1
    recorded += 1
    sum += UInt128(UInt64(nanoseconds))
    if nanoseconds < smallest { smallest = nanoseconds }
    if nanoseconds > largest { largest = nanoseconds }
  }

  /// The shortest duration that at least `percent` of all durations do not exceed, at most 1/64 too
  /// long; nil when there is none or `percent` is not a number.
  ///
  /// 0 gives ``min`` and 100 gives ``max``; numbers outside count as the nearer of the two.
  public func percentile(_ percent: Double) -> Duration? {
    guard recorded > 0, !percent.isNaN else { return nil }
    if percent <= 0 { return min }
    if percent >= 100 { return max }
    return .nanoseconds(Swift.min(largest, upperBound(ofRank: rank(of: percent))))
  }

  /// Adds all that another histogram has counted.
  public mutating func merge(_ other: LatencyHistogram) {
    negatives += other.negatives
    guard other.recorded > 0 else { return }
    if buckets.isEmpty { buckets = Array(repeating: 0, count: Self.bucketCount) }
    for (bucket, count) in other.buckets.enumerated() { buckets[bucket] += count }
    recorded += other.recorded
    sum += other.sum
    smallest = Swift.min(smallest, other.smallest)
    largest = Swift.max(largest, other.largest)
  }

  /// The nearest rank, 1 ... count. The product is lowered by a few units in the last place, so
  /// that 99.9 % of 1 000 is the 999th however the product is rounded.
  func rank(of percent: Double) -> UInt64 {
    let exact = percent * Double(recorded) / 100 * (1 - 0x1p-50)
    let whole = UInt64(exact)
    return Swift.max(1, Swift.min(recorded, Double(whole) < exact ? whole + 1 : whole))
  }

  func upperBound(ofRank rank: UInt64) -> Int64 {
    var seen: UInt64 = 0
    for (bucket, count) in buckets.enumerated() {
      seen += count
      if seen >= rank { return Self.upperBound(of: bucket) }
    }
    return largest
  }
}
