#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// What is held of one symbol.
public struct Position: Hashable, Codable, Sendable {
  /// The symbol.
  public var symbol: String
  /// How much; negative when short, zero when flat.
  public var quantity: Decimal
  /// The average price of entry.
  public var averagePrice: Decimal

  /// Makes a position.
  public init(symbol: String, quantity: Decimal, averagePrice: Decimal) {
    self.symbol = symbol
    self.quantity = quantity
    self.averagePrice = averagePrice
  }
}

/// All positions of one book at one moment.
public struct PositionReport: Hashable, Codable, Sendable {
  /// Whose view it is.
  public var book: Book
  /// The positions, in any order. A symbol that is not in a complete report is flat.
  public var positions: [Position]
  /// False when the query failed or gave only a part: a symbol that is missing is then unknown,
  /// never flat.
  public var isComplete: Bool
  /// Which question it answers: ``BookRequest/asked`` of the request. Nil when nobody asked, or the
  /// gateway cannot tell; an old answer may then pass for that of the question at hand.
  public var answers: Instant?

  /// Makes a report.
  public init(
    book: Book,
    positions: [Position],
    isComplete: Bool = true,
    answers: Instant? = nil
  ) {
    self.book = book
    self.positions = positions
    self.isComplete = isComplete
    self.answers = answers
  }
}
