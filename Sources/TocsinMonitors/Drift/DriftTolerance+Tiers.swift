#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension DriftTolerance {
  /// Whether two quantities are as good as equal.
  func isEqual(_ mine: Decimal, _ theirs: Decimal, at price: Decimal?) -> Bool {
    let gap = (theirs - mine).magnitude
    if gap <= quantity { return true }
    if gap <= quantityFraction * max(mine.magnitude, theirs.magnitude) { return true }
    guard value > 0, let price, price != 0 else { return false }
    return gap * price.magnitude * multiplier <= value
  }

  /// How bad a difference between two quantities of one thing is.
  func tier(_ mine: Decimal, _ theirs: Decimal, at price: Decimal?) -> DriftTier {
    let gap = (theirs - mine).magnitude
    let greater = max(mine.magnitude, theirs.magnitude)
    let tier = tier(ofValue: gap, at: price)
    if tier == .critical || gap >= criticalFraction * greater { return .critical }
    return gap <= minorFraction * greater ? tier : .moderate
  }

  /// How bad it is that only one book has so much of something.
  func tier(ofValue quantity: Decimal, at price: Decimal?) -> DriftTier {
    guard let price, price != 0 else { return .critical }
    let value = quantity.magnitude * price.magnitude * multiplier
    if !value.isFinite || value >= criticalValue { return .critical }
    return value <= minorValue ? .minor : .moderate
  }

  /// How bad a difference between two prices is; nil when they are as good as equal.
  func priceTier(_ mine: Decimal?, _ theirs: Decimal?) -> DriftTier? {
    guard let mine, let theirs else { return mine == theirs ? nil : .moderate }
    let gap = (theirs - mine).magnitude
    guard gap > price, gap > priceFraction * theirs.magnitude else { return nil }
    return gap <= minorPriceFraction * theirs.magnitude ? .minor : .moderate
  }

  /// The price to value a difference at: the first that is known and not zero.
  static func price(_ prices: Decimal?...) -> Decimal? {
    prices.lazy.compactMap { $0 }.first { $0.isFinite && $0 != 0 }
  }
}
