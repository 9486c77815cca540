#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// An order that is live, as one book has it.
public struct OpenOrder: Hashable, Codable, Sendable {
  /// Our id of the order, where the book knows it; the venue's id where it does not.
  public var order: String
  /// The venue's id; nil when the book does not know it.
  public var venueOrder: String?
  /// The symbol.
  public var symbol: String
  /// Which way it trades.
  public var side: Side
  /// How much was ordered in all.
  public var quantity: Decimal
  /// How much of it was traded.
  public var filledQuantity: Decimal
  /// The worst price it takes; nil for a market order.
  public var limitPrice: Decimal?

  /// Makes an order.
  public init(
    order: String,
    venueOrder: String? = nil,
    symbol: String,
    side: Side,
    quantity: Decimal,
    filledQuantity: Decimal = 0,
    limitPrice: Decimal? = nil
  ) {
    self.order = order
    self.venueOrder = venueOrder
    self.symbol = symbol
    self.side = side
    self.quantity = quantity
    self.filledQuantity = filledQuantity
    self.limitPrice = limitPrice
  }
}

/// All live orders of one book at one moment.
public struct OrderReport: Hashable, Codable, Sendable {
  /// Whose view it is.
  public var book: Book
  /// The orders, in any order. One that is not in a complete report is not live.
  public var orders: [OpenOrder]
  /// False when the query failed or gave only a part: an order that is missing is then unknown,
  /// never gone.
  public var isComplete: Bool
  /// Which question it answers: ``BookRequest/asked`` of the request. Nil when nobody asked, or the
  /// gateway cannot tell; an old answer may then pass for that of the question at hand.
  public var answers: Instant?

  /// Makes a report.
  public init(
    book: Book,
    orders: [OpenOrder],
    isComplete: Bool = true,
    answers: Instant? = nil
  ) {
    self.book = book
    self.orders = orders
    self.isComplete = isComplete
    self.answers = answers
  }
}
