/// The mean of the last so many whole numbers, exact for ever.
///
/// The sum is kept in 128-bit integers, so adding and taking away a million times leaves no trace.
/// O(1) an addition.
struct RunningMean: Sendable {
  private(set) var values: Recent<Int64>
  private var sum: Int128 = 0

  init(capacity: Int) {
    values = Recent(capacity: capacity)
  }

  var count: Int { values.count }

  mutating func append(_ value: Int64) {
    sum += Int128(value)
    if let dropped = values.append(value) { sum -= Int128(dropped) }
  }

  mutating func removeOldest() {
    if let dropped = values.removeOldest() { sum -= Int128(dropped) }
  }

  /// The mean times `scale`; nil without values.
  func mean(scale: Double) -> Double? {
    count > 0 ? Double(sum) / Double(count) * scale : nil
  }

  /// The value below which a fraction of the values lies, with linear interpolation as numpy does,
  /// times `scale`; nil without values. O(n log n).
  func quantile(_ fraction: Double, scale: Double) -> Double? {
    guard count > 0 else { return nil }
    let sorted = values.sorted()
    let place = min(max(fraction, 0), 1) * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    let step = Double(sorted[high]) - Double(sorted[low])
    return (Double(sorted[low]) + step * (place - Double(low))) * scale
  }
}
