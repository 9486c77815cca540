#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// An amount of one currency.
///
/// Amounts of different currencies do not add up: there is no rate in here, and none is guessed.
public struct Money: Hashable, Codable, Sendable, CustomStringConvertible {
  /// How much; exact to 38 digits.
  public var amount: Decimal
  /// The currency or asset, as the venue writes it: `USD`, `USDT`, `BTC`.
  public var currency: String

  /// Makes an amount.
  public init(_ amount: Decimal, _ currency: String) {
    self.amount = amount
    self.currency = currency
  }

  /// `12.5 USD`.
  public var description: String { "\(amount) \(currency)" }

  /// The sum; nil when the currencies differ.
  public func adding(_ other: Money) -> Money? {
    currency == other.currency ? Money(amount + other.amount, currency) : nil
  }
}
