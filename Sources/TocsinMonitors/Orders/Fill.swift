#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// One trade of one order.
public struct Fill: Hashable, Codable, Sendable {
  /// The broker's id of it, unique within its order. Equal ids are the same fill told twice.
  public var id: String
  /// Our id of the order.
  public var order: String
  /// The symbol.
  public var symbol: String
  /// Which way it traded.
  public var side: Side
  /// How much.
  public var quantity: Decimal
  /// The price of one unit.
  public var price: Decimal
  /// What it cost: positive is a cost, negative a rebate, on every venue alike. Nil when the venue
  /// does not say.
  public var fee: Money?

  /// Makes a fill.
  public init(
    id: String,
    order: String,
    symbol: String,
    side: Side,
    quantity: Decimal,
    price: Decimal,
    fee: Money? = nil
  ) {
    self.id = id
    self.order = order
    self.symbol = symbol
    self.side = side
    self.quantity = quantity
    self.price = price
    self.fee = fee
  }
}

/// The fills of one book since some moment.
public struct FillReport: Hashable, Codable, Sendable {
  /// Whose view it is.
  public var book: Book
  /// The report has every fill that was booked at or after this instant, by the clock of the book.
  public var since: Instant
  /// The fills, in any order.
  public var fills: [Fill]
  /// False when the query failed or gave only a part: a fill that is missing is then unknown.
  public var isComplete: Bool
  /// Which question it answers: ``BookRequest/asked`` of the request. Nil when nobody asked, or the
  /// gateway cannot tell; an old answer may then pass for that of the question at hand.
  public var answers: Instant?

  /// Makes a report.
  public init(
    book: Book,
    since: Instant,
    fills: [Fill],
    isComplete: Bool = true,
    answers: Instant? = nil
  ) {
    self.book = book
    self.since = since
    self.fills = fills
    self.isComplete = isComplete
    self.answers = answers
  }
}
