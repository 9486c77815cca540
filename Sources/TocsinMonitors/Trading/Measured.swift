/// A number, or why there is none. Never zero, infinite or NaN in place of none.
public enum Measured: Hashable, Codable, Sendable {
  /// The number.
  case value(Double)
  /// There is none.
  case undefined(Cause)

  /// Why there is no number.
  public enum Cause: String, CaseIterable, Hashable, Codable, Sendable {
    /// Nothing was measured within the look-back.
    case noData
    /// What it would be divided by is zero or less.
    case zeroBase
    /// Fewer values than the formula needs.
    case tooFew
    /// All values are equal, so there is no deviation to divide by.
    case zeroVariance
    /// No return is below the minimum acceptable one, so there is no downside deviation.
    case noDownside
    /// The equity was never below a peak.
    case noDrawdown
    /// No trade won.
    case noWins
    /// No trade lost.
    case noLosses
    /// The equity was never above zero, so nothing can be measured against it.
    case noCapital
    /// The whole capital, or more, was lost: growth has no rate.
    case ruined
    /// The result is too large to be written.
    case notFinite
    /// The values are too small to be squared.
    case tooSmall
    /// It needs all values, and only those of a window are kept.
    case notKept
    /// The values cover too little time to say how many make a year.
    case tooShort
    /// No quote of the symbol was seen.
    case noQuote
    /// The last quote of the symbol was too old.
    case staleQuote
    /// The last quote had one side only, or its ask below its bid.
    case crossedQuote
    /// The orders have no such price: no decision price, or no limit.
    case noReference
    /// Nothing was traded.
    case noFills
    /// The quantity or the side is not known, because the signal was not seen.
    case noSignal
    /// The venue did not say what the fills cost.
    case noFees
    /// Fees are in a currency that is not that of the price, or it is not known which that is.
    case otherCurrency
    /// The steps that begin and end it were not both seen, in order.
    case noStep
  }

  /// The number, if there is one.
  public var number: Double? { if case .value(let number) = self { number } else { nil } }

  /// The number; `undefined(notFinite)` when it is infinite or NaN.
  static func finite(_ number: Double) -> Measured {
    number.isFinite ? .value(number) : .undefined(.notFinite)
  }
}
