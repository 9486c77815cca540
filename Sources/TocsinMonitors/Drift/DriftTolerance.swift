#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What counts as a difference of one instrument, and how bad it is.
///
/// Quantities are equal when they differ by no more than an absolute quantity, a fraction of the
/// greater, or a value: any of the three. A quantity mismatch has two sizes: the fraction
/// |broker − ours| ÷ the greater of both, and the value |broker − ours| × price × multiplier. It is
/// critical when either reaches its critical size, as it always does when the signs are opposite (we
/// are long, the broker is short); minor when both are within their minor size; else moderate. An
/// unknown or a ghost position is a fraction of 1 by nature, so only its value decides; so it is
/// with orders and fills. A price is the broker's, or ours where the broker has none; where no price
/// is known, a quantity difference is critical, because its value cannot be bounded. A price
/// mismatch is minor or moderate, never critical: it changes what we think we earned, not what we
/// hold. A number here that is negative, or not a number, counts as 0: the strictest.
public struct DriftTolerance: Hashable, Codable, Sendable {
  /// Quantities that differ by no more than this are equal. Default: 0.00000001.
  public var quantity = Decimal(sign: .plus, exponent: -8, significand: 1)
  /// Quantities that differ by no more than this fraction of the greater are equal. Default: 0.
  public var quantityFraction: Decimal = 0
  /// Quantities whose difference is worth no more than this are equal. Default: 0.
  public var value: Decimal = 0
  /// What one unit is worth at a price of one; see ``Instrument/multiplier``. Default: 1.
  public var multiplier: Decimal = 1
  /// Prices that differ by no more than this are equal. Default: 0.
  public var price: Decimal = 0
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

  /// The defaults, with what an instrument knows: differences of less than half a lot or half a tick
  /// are none, and the multiplier counts.
  public init(for instrument: Instrument) {
    quantity = instrument.lot / 2
    price = instrument.tick / 2
    multiplier = instrument.multiplier
  }

  /// With 0 for what is negative or not a number, and a multiplier of 1.
  var checked: DriftTolerance {
    var checked = self
    Self.check(&checked.quantity)
    Self.check(&checked.quantityFraction)
    Self.check(&checked.value)
    Self.check(&checked.price)
    Self.check(&checked.priceFraction)
    Self.check(&checked.minorPriceFraction)
    Self.check(&checked.minorFraction)
    Self.check(&checked.minorValue)
    Self.check(&checked.criticalFraction)
    Self.check(&checked.criticalValue)
    if !(multiplier.isFinite && multiplier.isAboveZero) { checked.multiplier = 1 }
    return checked
  }

  /// Written out above and not over key paths: it is done for every item that is compared.
  private static func check(_ number: inout Decimal) {
    if !number.isFinite || Decimal.zero.isAbove(number) { number = 0 }
  }
}
