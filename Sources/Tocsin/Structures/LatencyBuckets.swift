// The buckets of a latency histogram. Bucket 64 g + s, g > 0, holds the durations whose highest bit
// is g + 5 and whose next six bits are s; the first 64 buckets hold one nanosecond each.
extension LatencyHistogram {
  @usableFromInline static var bucketCount: Int { 58 * 64 }

  @inlinable
  static func bucket(of nanoseconds: Int64) -> Int {
    guard nanoseconds >= 64 else { return Int(nanoseconds) }
    let highest = 63 - nanoseconds.leadingZeroBitCount
    return (highest - 5) << 6 | Int(nanoseconds >> Int64(highest - 6)) & 63
  }

  /// The longest duration that a bucket holds.
  static func upperBound(of bucket: Int) -> Int64 {
    guard bucket >= 64 else { return Int64(bucket) }
    let shift = Int64(bucket >> 6 - 1)
    return Int64(64 | bucket & 63) << shift | (1 << shift - 1)
  }
}

/// Saved as its non-empty buckets: `[bucket, count, bucket, count, ...]`.
extension LatencyHistogram: Codable {
  enum CodingKeys: String, CodingKey {
    case buckets, min, max, sumHigh, sumLow, negative
  }

  /// Writes the histogram.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    let filled = buckets.enumerated().filter { $0.element > 0 }
    try container.encode(filled.flatMap { [UInt64($0.offset), $0.element] }, forKey: .buckets)
    try container.encode(smallest, forKey: .min)
    try container.encode(largest, forKey: .max)
    try container.encode(UInt64(truncatingIfNeeded: sum >> 64), forKey: .sumHigh)
    try container.encode(UInt64(truncatingIfNeeded: sum), forKey: .sumLow)
    try container.encode(negatives, forKey: .negative)
  }

  /// Reads a histogram; throws a `DecodingError` when its figures contradict each other.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    negatives = try container.decode(UInt64.self, forKey: .negative)
    let filled = try container.decode([UInt64].self, forKey: .buckets)
    guard !filled.isEmpty else { return }
    guard fill(from: filled) else {
      throw DecodingError.dataCorruptedError(
        forKey: .buckets,
        in: container,
        debugDescription: "a latency histogram needs pairs of a bucket below \(Self.bucketCount),"
          + " each once, and its count above 0"
      )
    }
    smallest = try container.decode(Int64.self, forKey: .min)
    largest = try container.decode(Int64.self, forKey: .max)
    let high = try container.decode(UInt64.self, forKey: .sumHigh)
    sum = UInt128(high) << 64 | UInt128(try container.decode(UInt64.self, forKey: .sumLow))
    guard hasConsistentEnds else {
      throw DecodingError.dataCorruptedError(
        forKey: .min,
        in: container,
        debugDescription: "min, max and sum of a latency histogram do not fit its buckets"
      )
    }
  }

  mutating func fill(from pairs: [UInt64]) -> Bool {
    guard pairs.count.isMultiple(of: 2) else { return false }
    buckets = Array(repeating: 0, count: Self.bucketCount)
    for place in stride(from: 0, to: pairs.count, by: 2) {
      guard let bucket = Int(exactly: pairs[place]), buckets.indices.contains(bucket),
        buckets[bucket] == 0, pairs[place + 1] > 0
      else { return false }
      buckets[bucket] = pairs[place + 1]
      let (total, overflow) = recorded.addingReportingOverflow(pairs[place + 1])
      guard !overflow else { return false }
      recorded = total
    }
    return true
  }

  var hasConsistentEnds: Bool {
    guard smallest >= 0, smallest <= largest else { return false }
    let lowest = UInt128(UInt64(smallest)) * UInt128(recorded)
    let highest = UInt128(UInt64(largest)) * UInt128(recorded)
    return buckets.firstIndex { $0 > 0 } == Self.bucket(of: smallest)
      && buckets.lastIndex { $0 > 0 } == Self.bucket(of: largest)
      && lowest <= sum && sum <= highest
  }
}
