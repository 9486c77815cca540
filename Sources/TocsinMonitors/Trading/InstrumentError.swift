#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What an instrument, or an order for it, has that no venue would take.
public struct InstrumentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: Hashable, Sendable {
    /// A step or the multiplier, by its name, is not a positive number.
    case notPositive(String, Decimal)
    /// A price is not a whole number of ticks.
    case offTick(Decimal, tick: Decimal)
    /// A quantity is not a positive whole number of lots.
    case offLot(Decimal, lot: Decimal)
  }

  /// What is wrong.
  public let code: Code
  /// The symbol.
  public let symbol: String
  /// The venue.
  public let venue: String

  init(_ code: Code, symbol: String, venue: String) {
    self.code = code
    self.symbol = symbol
    self.venue = venue
  }

  /// What was wrong and what to do.
  public var description: String {
    let name = "\(venue)/\(symbol)"
    return switch code {
    case .notPositive(let field, let value):
      "The \(field) of \(name) is \(value); give a positive number, as the venue publishes it."
    case .offTick(let price, let tick):
      "\(price) is no price of \(name); round it to a whole number of ticks of \(tick)."
    case .offLot(let quantity, let lot):
      "\(quantity) is no quantity of \(name); give a positive whole number of lots of \(lot)."
    }
  }
}
