/// The last so many values in ascending order. O(log n) to find a place, and 8 bytes moved for each
/// value behind it; no allocation once it is full.
struct SortedWindow: Sendable {
  private(set) var values: [Double] = []

  init(capacity: Int) { values.reserveCapacity(min(capacity, 1_000)) }

  mutating func insert(_ value: Double) { values.insert(value, at: place(of: value)) }

  mutating func remove(_ value: Double) {
    let place = place(of: value)
    if place < values.count, values[place] == value { values.remove(at: place) }
  }

  /// The value below which a fraction of the values lies, interpolated as numpy does; nil without
  /// values.
  func quantile(_ fraction: Double) -> Double? {
    guard let last = values.indices.last else { return nil }
    let place = min(max(fraction, 0), 1) * Double(last)
    let low = Int(place)
    let step = values[min(low + 1, last)] - values[low]
    let share = place - Double(low)
    return share < 0.5
      ? values[low] + step * share
      : values[min(low + 1, last)] - step * (1 - share)
  }

  /// The mean of the values that are at most `bound`; nil when there are none. O(number of them).
  func mean(upTo bound: Double) -> Double? {
    var sum = DoubleDouble.zero
    var count = 0
    while count < values.count, values[count] <= bound {
      sum += DoubleDouble(values[count])
      count += 1
    }
    return count > 0 ? (sum / Double(count)).value : nil
  }

  /// The first place whose value is not below `value`.
  private func place(of value: Double) -> Int {
    var low = 0
    var count = values.count
    while count > 0 {
      let half = count / 2
      if values[low + half] < value {
        low += half + 1
        count -= half + 1
      } else {
        count = half
      }
    }
    return low
  }
}
