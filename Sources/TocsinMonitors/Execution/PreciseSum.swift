/// A sum of doubles to which one may add and from which one may take away a million times.
///
/// Two doubles, the second of which holds what the first had to round (Dekker 1971, Knuth's exact
/// sum of two): each step is off by at most 2^-104 of the largest sum so far.
struct PreciseSum: Sendable {
  private var high = 0.0
  private var low = 0.0

  var value: Double { high + low }

  mutating func add(_ number: Double) {
    let sum = high + number
    let part = sum - high
    let lost = (high - (sum - part)) + (number - part) + low
    high = sum + lost
    low = lost - (high - sum)
  }
}
