/// The last so many values in ascending order. O(log n) to find a place, and 8 bytes moved for each
/// value between the one that leaves and the one that comes; no allocation once it is full.
///
/// It can be told that values come and go, and take them in later, when somebody looks.
struct SortedWindow: Sendable {
  private(set) var values: [Double] = []
  /// How many have come since the values were in order.
  private var arrived = 0
  /// Those that have left since, as long as they are worth to be taken out one by one.
  private var left: [Double] = []
  private let most: Int

  init(capacity: Int) {
    values.reserveCapacity(min(capacity, 1_000))
    most = max(1, capacity / 4)
    left.reserveCapacity(min(most, 1_000))
  }

  /// Takes note that a value has come, and that one has left for it.
  mutating func note(leaving: Double?) {
    arrived += 1
    if let leaving, arrived <= most { left.append(leaving) }
  }

  /// Brings in order what was noted; `window` is all there is now, oldest first.
  mutating func settle(_ window: some RandomAccessCollection<Double>) {
    defer {
      arrived = 0
      left.removeAll(keepingCapacity: true)
    }
    guard arrived <= most else { return values = window.sorted() }
    for value in window.suffix(arrived).dropLast(left.count) { insert(value) }
    for (leaving, value) in zip(left, window.suffix(left.count)) { replace(leaving, with: value) }
  }

  mutating func insert(_ value: Double) { values.insert(value, at: place(of: value)) }

  /// Puts a value in the place of one that leaves: only what lies between the two is moved.
  mutating func replace(_ leaving: Double, with value: Double) {
    let (hole, place) = (place(of: leaving), place(of: value))
    guard hole < values.count, values[hole] == leaving else { return insert(value) }
    values.withUnsafeMutableBufferPointer { values in
      if let first = values.baseAddress { Self.move(first, hole, place, value) }
    }
  }

  /// Closes a hole and opens a place, both counted before the value at the hole has left.
  private static func move(
    _ values: UnsafeMutablePointer<Double>,
    _ hole: Int,
    _ place: Int,
    _ value: Double
  ) {
    if place > hole {
      (values + hole).update(from: values + hole + 1, count: place - 1 - hole)
      values[place - 1] = value
    } else {
      (values + place + 1).update(from: values + place, count: hole - place)
      values[place] = value
    }
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

  /// The first place whose value is not below `value`. Which half it is in cannot be guessed, so no
  /// branch depends on it.
  private func place(of value: Double) -> Int {
    values.withUnsafeBufferPointer { values in
      var (low, count) = (0, values.count)
      while count > 1 {
        let half = count / 2
        low &+= half & Self.isBelow(values[low &+ half &- 1], value)
        count &-= half
      }
      return count == 1 ? low &- Self.isBelow(values[low], value) : low
    }
  }

  /// All bits when a value is below another one, else none: the sign of their difference.
  @inline(__always)
  private static func isBelow(_ left: Double, _ right: Double) -> Int {
    Int(truncatingIfNeeded: Int64(bitPattern: (left - right).bitPattern) &>> 63)
  }
}
