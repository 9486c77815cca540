/// One day of one symbol.
public struct DailyPrice: Hashable, Sendable {
  /// The ticker.
  public var symbol: String
  /// The trading day, as days since 1970-01-01.
  public var day: Int
  /// The price of the first trade.
  public var open: Double
  /// The highest price.
  public var high: Double
  /// The lowest price.
  public var low: Double
  /// The price of the last trade.
  public var close: Double
  /// The close with all later splits and dividends taken out.
  public var adjustedClose: Double

  /// The day's prices in ten-thousandths of a dollar, adjusted for splits and dividends.
  var adjusted: AdjustedPrice {
    let factor = adjustedClose / close * 10_000
    func scaled(_ price: Double) -> Int64 { max(1, Int64((price * factor).rounded())) }
    return AdjustedPrice(
      open: scaled(open),
      high: scaled(high),
      low: scaled(low),
      close: scaled(close)
    )
  }
}

/// A day's prices in ten-thousandths of a dollar. `low <= open, close <= high`.
struct AdjustedPrice: Hashable, Sendable {
  var open: Int64
  var high: Int64
  var low: Int64
  var close: Int64
}
