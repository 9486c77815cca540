#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin
import TocsinMonitors

/// A trade that both books learn of, at instants that differ when the fill is lost on its way.
struct PaperFill {
  var symbol: String
  /// Signed: negative when sold.
  var quantity: Int64
  /// In ten-thousandths of a dollar.
  var price: Int64
  var booked: Instant
  var told: Instant
}

/// What one side believes is held: quantities and average prices, in whole numbers.
struct PaperBook: Hashable, Sendable {
  struct Holding: Hashable, Sendable {
    var quantity: Int64 = 0
    /// In ten-thousandths of a dollar, rounded toward zero after every purchase.
    var averagePrice: Int64 = 0
  }

  private(set) var holdings: [String: Holding] = [:]
  /// In ten-thousandths of a dollar.
  private(set) var cash = PaperBook.startingCash

  /// Half a million dollars.
  static let startingCash: Int64 = 500_000 * 10_000

  func quantity(of symbol: String) -> Int64 { holdings[symbol]?.quantity ?? 0 }

  mutating func apply(_ fill: PaperFill) {
    var holding = holdings[fill.symbol] ?? Holding()
    let total = holding.quantity + fill.quantity
    if fill.quantity > 0, total > 0 {
      let cost = holding.quantity * holding.averagePrice + fill.quantity * fill.price
      holding.averagePrice = cost / total
    }
    holding.quantity = total
    holdings[fill.symbol] = total == 0 ? nil : holding
    cash -= fill.quantity * fill.price
  }

  func report(_ book: Book) -> PositionReport {
    let positions = holdings.keys.sorted().map { symbol in
      let holding = holdings[symbol] ?? Holding()
      return Position(
        symbol: symbol,
        quantity: Decimal(holding.quantity),
        averagePrice: Decimal(tenThousandths: holding.averagePrice)
      )
    }
    return PositionReport(book: book, positions: positions)
  }

  /// The cash, and what all is worth at some prices; what has no price is left out with its equity.
  func account(_ book: Book, prices: [String: Int64]) -> AccountReport {
    let values = holdings.map { symbol, holding in prices[symbol].map { $0 * holding.quantity } }
    let worth = values.reduce(cash as Int64?) { sum, value in
      value.flatMap { value in sum.map { $0 + value } }
    }
    let balance = Balance(currency: "USD", total: Decimal(tenThousandths: cash))
    return AccountReport(
      book: book,
      balances: [balance],
      equity: worth.map { Money(Decimal(tenThousandths: $0), "USD") }
    )
  }

  /// The book with other cash.
  func charged(_ amount: Int64) -> PaperBook {
    var copy = self
    copy.cash -= amount
    return copy
  }

  /// The book with one holding booked differently.
  func altered(_ symbol: String, _ change: (inout Holding) -> Void) -> PaperBook {
    var copy = self
    guard var holding = holdings[symbol] else { return self }
    change(&holding)
    copy.holdings[symbol] = holding
    return copy
  }
}
