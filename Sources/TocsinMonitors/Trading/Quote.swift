#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// The best bid and the best ask of one symbol at one venue.
///
/// The instant of receipt, on our own clock, is not part of it: see ``Recorded``.
public struct Quote: Hashable, Codable, Sendable, KeyedEvent {
  /// The symbol, as the venue spells it.
  public var symbol: String
  /// The venue, as the feed names it.
  public var venue: String
  /// What buyers pay at best; nil when nobody buys.
  public var bid: Decimal?
  /// What sellers ask at best; nil when nobody sells.
  public var ask: Decimal?
  /// How much is wanted at the bid; nil when the feed does not say.
  public var bidSize: Decimal?
  /// How much is offered at the ask; nil when the feed does not say.
  public var askSize: Decimal?
  /// When the venue says it was so, on the venue's own clock; nil where the venue sends none.
  public var venueInstant: Instant?
  /// True when the venue repeats old state, as it does after a subscription.
  public var isSnapshot: Bool

  /// Makes a quote.
  public init(
    symbol: String,
    venue: String,
    bid: Decimal?,
    ask: Decimal?,
    bidSize: Decimal? = nil,
    askSize: Decimal? = nil,
    venueInstant: Instant? = nil,
    isSnapshot: Bool = false
  ) {
    self.symbol = symbol
    self.venue = venue
    self.bid = bid
    self.ask = ask
    self.bidSize = bidSize
    self.askSize = askSize
    self.venueInstant = venueInstant
    self.isSnapshot = isSnapshot
  }

  /// The stream it belongs to.
  public var key: StreamKey { StreamKey(venue: venue, symbol: symbol) }
}

extension Quote {
  /// True when both sides are there, are numbers, and the ask is not below the bid. Only such a
  /// quote is a reference for slippage. A locked quote (bid equal to ask) is one.
  public var isUsable: Bool {
    guard let bid, let ask, bid.isFinite, ask.isFinite else { return false }
    return bid <= ask
  }

  /// Half way between bid and ask; nil when the quote is not usable.
  public var mid: Decimal? {
    guard isUsable, let bid, let ask else { return nil }
    return (bid + ask) / 2
  }

  /// Ask less bid; nil when the quote is not usable.
  public var spread: Decimal? {
    guard isUsable, let bid, let ask else { return nil }
    return ask - bid
  }

  /// The price at which an order of a side trades at once: the ask for a buyer, the bid for a
  /// seller. Nil when the quote is not usable.
  public func touch(_ side: Side) -> Decimal? {
    guard isUsable else { return nil }
    return side == .buy ? ask : bid
  }
}
