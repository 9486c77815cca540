#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What counts as a difference, and how bad it is.
///
/// A quantity mismatch has two sizes: the fraction |broker − ours| ÷ the greater of both, and the
/// value |broker − ours| × price. It is critical when either reaches its critical size, as it always
/// does when the signs are opposite (we are long, the broker is short); minor when both are within their minor size;
/// else moderate. An unknown or a ghost position is a fraction of 1 by nature, so only its value
/// decides. A price is the broker's, or ours where the broker has none; where no price is known, a
/// quantity difference is critical, because its value cannot be bounded. A price mismatch is minor
/// or moderate, never critical: it changes what we think we earned, not what we hold.
public struct DriftTolerance: Hashable, Codable, Sendable {
  /// Quantities that differ by no more than this are equal. Default: 0.00000001.
  public var quantity = Decimal(sign: .plus, exponent: -8, significand: 1)
  /// Prices that differ by no more than this fraction of the broker's are equal. Default: 0.01 %.
  public var priceFraction = Decimal(sign: .plus, exponent: -4, significand: 1)
  /// A price difference up to this fraction is minor. Default: 1 %.
  public var minorPriceFraction = Decimal(sign: .plus, exponent: -2, significand: 1)
  /// A quantity difference up to this fraction may be minor. Default: 1 %.
  public var minorFraction = Decimal(sign: .plus, exponent: -2, significand: 1)
  /// A value up to this may be minor. Default: 100, in the currency of the quotation.
  public var minorValue: Decimal = 100
  /// A quantity difference from this fraction on is critical. Default: 10 %.
  public var criticalFraction = Decimal(sign: .plus, exponent: -1, significand: 1)
  /// A value from this on is critical. Default: 10,000, in the currency of the quotation.
  public var criticalValue: Decimal = 10_000

  /// The defaults.
  public init() {}

  func tier(of kind: DriftFinding.Kind, _ local: Position?, _ broker: Position?) -> DriftTier {
    let mine = local?.quantity ?? 0
    let theirs = broker?.quantity ?? 0
    let gap = (theirs - mine).magnitude
    guard let price = Self.price(local, broker) else { return .critical }
    let value = gap * price
    if !value.isFinite || value >= criticalValue { return .critical }
    guard kind == .quantityMismatch else { return value <= minorValue ? .minor : .moderate }
    if gap >= criticalFraction * max(mine.magnitude, theirs.magnitude) {
      return .critical
    }
    let isSmall = gap <= minorFraction * max(mine.magnitude, theirs.magnitude)
    return isSmall && value <= minorValue ? .minor : .moderate
  }

  func priceTier(_ local: Decimal, _ broker: Decimal) -> DriftTier? {
    let gap = (broker - local).magnitude
    guard gap > priceFraction * broker.magnitude else { return nil }
    return gap <= minorPriceFraction * broker.magnitude ? .minor : .moderate
  }

  /// The size of the price to value a difference at; nil when none is known.
  private static func price(_ local: Position?, _ broker: Position?) -> Decimal? {
    let prices = [broker, local].compactMap { $0?.averagePrice.magnitude }
    return prices.first { $0 > 0 }
  }
}
