/// One trade, or one day: what the figures need of it.
struct ReturnSample: Hashable, Codable, Sendable {
  /// The simple return.
  var value: Double
  /// What was earned.
  var profit: Double
  /// When it ended, in nanoseconds.
  var end: Int64
}

/// All that the figures of some returns are made of. Two of them add up to that of both series.
///
/// Nothing is ever taken away from a sum, and each has 106 bits, so what has left a window leaves no
/// trace, and the second moment about the mean can be formed from the power sums.
struct ReturnSums: Hashable, Codable, Sendable {
  private(set) var count = 0
  /// Σ return to the power of 1, 2, 3, 4.
  private(set) var first = DoubleDouble.zero
  private(set) var second = DoubleDouble.zero
  private(set) var third = DoubleDouble.zero
  private(set) var fourth = DoubleDouble.zero
  /// Σ min(return - minimum acceptable return, 0)².
  private(set) var downside = DoubleDouble.zero
  private(set) var minimum = 0.0
  private(set) var maximum = 0.0
  private(set) var wins = 0
  private(set) var losses = 0
  private(set) var won = DoubleDouble.zero
  /// What the losses cost; positive.
  private(set) var lost = DoubleDouble.zero
  private(set) var earliestEnd: Int64 = 0
  private(set) var latestEnd: Int64 = 0

  init() {}

  /// The sums of one return.
  @inline(__always)
  init(_ sample: ReturnSample, minimumAcceptableReturn: Double) {
    count = 1
    first = DoubleDouble(sample.value)
    second = .product(sample.value, sample.value)
    third = second * first
    fourth = second * second
    let shortfall = min(sample.value - minimumAcceptableReturn, 0)
    downside = .product(shortfall, shortfall)
    minimum = sample.value
    maximum = sample.value
    wins = sample.profit > 0 ? 1 : 0
    losses = sample.profit < 0 ? 1 : 0
    won = DoubleDouble(max(sample.profit, 0))
    lost = DoubleDouble(max(-sample.profit, 0))
    earliestEnd = sample.end
    latestEnd = sample.end
  }

  /// Adds the sums of other returns. O(1).
  @inline(__always)
  mutating func add(_ other: ReturnSums) {
    guard other.count > 0 else { return }
    guard count > 0 else { return self = other }
    count += other.count
    first += other.first
    second += other.second
    third += other.third
    fourth += other.fourth
    downside += other.downside
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    addResults(of: other)
  }

  @inline(__always)
  private mutating func addResults(of other: ReturnSums) {
    wins += other.wins
    losses += other.losses
    won += other.won
    lost += other.lost
    earliestEnd = min(earliestEnd, other.earliestEnd)
    latestEnd = max(latestEnd, other.latestEnd)
  }
}
