#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What counts as a difference of cash in one currency, and how bad it is; amounts in that currency.
///
/// Totals are compared, frozen cash included. They are equal when they differ by no more than an
/// absolute amount or a fraction of the greater; a difference is critical when it reaches its
/// critical amount or fraction, minor when it is within both minor ones, else moderate. Give a
/// currency of another size (JPY, BTC) its own.
public struct CashTolerance: Hashable, Codable, Sendable {
  /// Amounts that differ by no more than this are equal. Default: 0.01.
  public var amount = Decimal(sign: .plus, exponent: -2, significand: 1)
  /// Amounts that differ by no more than this fraction of the greater are equal. Default: 0.
  public var fraction: Decimal = 0
  /// A difference up to this may be minor. Default: 100.
  public var minorAmount: Decimal = 100
  /// A difference up to this fraction of the greater may be minor. Default: 1 %.
  public var minorFraction = Decimal(sign: .plus, exponent: -2, significand: 1)
  /// A difference from this on is critical. Default: 10,000.
  public var criticalAmount: Decimal = 10_000
  /// A difference from this fraction of the greater on is critical. Default: 10 %.
  public var criticalFraction = Decimal(sign: .plus, exponent: -1, significand: 1)

  /// The defaults.
  public init() {}

  /// How bad a difference is; nil when there is none.
  func tier(_ mine: Decimal, _ theirs: Decimal) -> DriftTier? {
    let gap = (theirs - mine).magnitude
    let greater = max(mine.magnitude, theirs.magnitude)
    guard gap > Self.checked(amount), gap > Self.checked(fraction) * greater else { return nil }
    guard gap.isFinite, gap < Self.checked(criticalAmount) else { return .critical }
    let isSmall = gap <= Self.checked(minorAmount) && gap <= Self.checked(minorFraction) * greater
    // A few cents are a large fraction of nothing: what is small as an amount is not critical.
    if gap <= Self.checked(minorAmount) { return isSmall ? .minor : .moderate }
    return gap >= Self.checked(criticalFraction) * greater ? .critical : .moderate
  }

  private static func checked(_ number: Decimal) -> Decimal {
    number.isFinite && number > 0 ? number : 0
  }
}

/// The tolerances of all instruments and currencies: a table, and what holds where it says nothing.
public struct DriftTolerances: Hashable, Codable, Sendable {
  /// What holds for a symbol that is not in the table.
  public var standard: DriftTolerance
  /// The tolerances of single symbols.
  public var symbols: [String: DriftTolerance]
  /// What holds for a currency that is not in the table.
  public var cash: CashTolerance
  /// The tolerances of single currencies.
  public var currencies: [String: CashTolerance]

  /// Makes a table; the defaults when nothing is given.
  public init(
    _ standard: DriftTolerance = DriftTolerance(),
    symbols: [String: DriftTolerance] = [:],
    cash: CashTolerance = CashTolerance(),
    currencies: [String: CashTolerance] = [:]
  ) {
    self.standard = standard
    self.symbols = symbols
    self.cash = cash
    self.currencies = currencies
  }

  /// The tolerance of a symbol; what is negative or not a number in it is 0.
  public subscript(symbol symbol: String) -> DriftTolerance {
    (symbols[symbol] ?? standard).checked
  }

  /// The tolerance of a currency.
  public subscript(currency currency: String) -> CashTolerance { currencies[currency] ?? cash }
}
