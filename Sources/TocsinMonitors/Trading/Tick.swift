#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// Names one market-data stream: one symbol at one venue.
public struct StreamKey: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The venue, as the feed names it.
  public var venue: String
  /// The symbol, as the venue spells it.
  public var symbol: String

  /// Makes the name of a stream.
  public init(venue: String, symbol: String) {
    self.venue = venue
    self.symbol = symbol
  }

  /// `BITMEX/XBTUSD`.
  public var description: String { "\(venue)/\(symbol)" }
}

extension StreamKey {
  /// Hashes both names at once: streams are looked up at every tick.
  public func hash(into hasher: inout Hasher) { hasher.combine(quickHash(venue, symbol)) }

  /// The same without a `Hasher`, for tables that mix bits themselves.
  public var hashValue: Int { Int(truncatingIfNeeded: quickHash(venue, symbol)) }
}

/// One price from a market-data feed.
///
/// The instant of receipt, on our own clock, is not part of it: see ``Recorded``.
public struct Tick: Hashable, Codable, Sendable, KeyedEvent {
  /// The symbol, as the venue spells it.
  public var symbol: String
  /// The venue, as the feed names it.
  public var venue: String
  /// The price, in the currency of the quotation.
  public var price: Decimal
  /// When the venue says it happened, on the venue's own clock; nil where the venue sends none.
  ///
  /// May be later than the instant of receipt: two clocks never agree exactly.
  public var venueInstant: Instant?
  /// True when the venue repeats old state, as it does after a subscription. A snapshot proves that
  /// the line is alive, but its venue instant says nothing about the lag of the line.
  public var isSnapshot: Bool

  /// Makes a tick.
  public init(
    symbol: String,
    venue: String,
    price: Decimal,
    venueInstant: Instant? = nil,
    isSnapshot: Bool = false
  ) {
    self.symbol = symbol
    self.venue = venue
    self.price = price
    self.venueInstant = venueInstant
    self.isSnapshot = isSnapshot
  }

  /// The stream it belongs to.
  public var key: StreamKey { StreamKey(venue: venue, symbol: symbol) }
}
