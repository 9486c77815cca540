/// Long while the 5-day average of the adjusted close is above the 20-day average, else flat.
///
/// Only closes of days before the day of trading are used. A new position is 100,000 dollars at the
/// close before it, in whole shares; an order that was rejected, or filled only in part, is tried
/// again on the next day. A simple rule that trades often: it is here to make orders, not money.
struct CrossoverStrategy {
  static let fast = 5
  static let slow = 20
  static let notional: Int64 = 100_000 * 10_000

  private var closes: [String: [Int64]] = [:]
  private var targets: [String: Int64] = [:]

  /// Learns a day's close.
  mutating func learn(_ symbol: String, close: Int64) {
    var known = closes.removeValue(forKey: symbol) ?? []
    known.append(close)
    if known.count > Self.slow { known.removeFirst() }
    closes[symbol] = known
  }

  /// How many shares should be held today.
  mutating func target(_ symbol: String) -> Int64 {
    let held = targets[symbol] ?? 0
    guard let known = closes[symbol], known.count == Self.slow, let last = known.last else {
      return held
    }
    let fast = known.suffix(Self.fast).reduce(0, +) * Int64(Self.slow / Self.fast)
    let isLong = fast > known.reduce(0, +)
    if isLong != (held > 0) { targets[symbol] = isLong ? max(1, Self.notional / last) : 0 }
    return targets[symbol] ?? 0
  }
}
