#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// What can be traded: a symbol at a venue, with the steps of its price and quantity.
public struct Instrument: Hashable, Codable, Sendable, KeyedEvent {
  /// The symbol, as the venue spells it.
  public let symbol: String
  /// The venue.
  public let venue: String
  /// Prices are whole multiples of this, in the currency.
  public let tick: Decimal
  /// Quantities are whole multiples of this.
  public let lot: Decimal
  /// The currency of prices and profits.
  public let currency: String
  /// What one unit of quantity is worth at a price of one: 1 for shares and spot, 50 for an E-mini
  /// S&P 500 future.
  public let multiplier: Decimal

  /// Makes an instrument; throws when a step or the multiplier is not a positive number.
  public init(
    symbol: String,
    venue: String,
    tick: Decimal,
    lot: Decimal,
    currency: String,
    multiplier: Decimal = 1
  ) throws(InstrumentError) {
    for (name, value) in [("tick", tick), ("lot", lot), ("multiplier", multiplier)] {
      guard value.isFinite, value > 0 else {
        throw InstrumentError(.notPositive(name, value), symbol: symbol, venue: venue)
      }
    }
    self.symbol = symbol
    self.venue = venue
    self.tick = tick
    self.lot = lot
    self.currency = currency
    self.multiplier = multiplier
  }

  /// The stream of its prices.
  public var key: StreamKey { StreamKey(venue: venue, symbol: symbol) }

  /// What a quantity is worth at a price, never negative: |quantity| × price × multiplier.
  public func notional(_ quantity: Decimal, at price: Decimal) -> Money {
    Money((quantity * price * multiplier).magnitude, currency)
  }

  /// Throws when the venue would refuse this price: not a number, or between two ticks. Negative
  /// prices are prices.
  public func check(price: Decimal) throws(InstrumentError) {
    guard price.isFinite, price.isMultiple(of: tick) else {
      throw InstrumentError(.offTick(price, tick: tick), symbol: symbol, venue: venue)
    }
  }

  /// Throws when the venue would refuse this quantity: not a number, not positive, or between two
  /// lots.
  public func check(quantity: Decimal) throws(InstrumentError) {
    guard quantity.isFinite, quantity > 0, quantity.isMultiple(of: lot) else {
      throw InstrumentError(.offLot(quantity, lot: lot), symbol: symbol, venue: venue)
    }
  }

  private enum CodingKeys: String, CodingKey {
    case symbol, venue, tick, lot, currency, multiplier
  }

  /// Reads an instrument; a step that is not positive is refused here too.
  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      symbol: box.decode(String.self, forKey: .symbol),
      venue: box.decode(String.self, forKey: .venue),
      tick: box.decode(Decimal.self, forKey: .tick),
      lot: box.decode(Decimal.self, forKey: .lot),
      currency: box.decode(String.self, forKey: .currency),
      multiplier: box.decode(Decimal.self, forKey: .multiplier)
    )
  }
}
