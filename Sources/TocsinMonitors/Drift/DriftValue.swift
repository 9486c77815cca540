#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What one book has of an item.
public enum DriftValue: Hashable, Codable, Sendable {
  /// What is held of a symbol.
  case position(Position)
  /// A live order.
  case order(OpenOrder)
  /// A fill.
  case fill(Fill)
  /// The cash of one currency.
  case balance(Balance)

  /// The position, when it is one.
  public var position: Position? {
    if case .position(let position) = self { position } else { nil }
  }
  /// The order, when it is one.
  public var order: OpenOrder? { if case .order(let order) = self { order } else { nil } }
  /// The fill, when it is one.
  public var fill: Fill? { if case .fill(let fill) = self { fill } else { nil } }
  /// The balance, when it is one.
  public var balance: Balance? { if case .balance(let balance) = self { balance } else { nil } }

  /// How much of it there is: held, ordered, traded, or in the account, frozen cash included.
  public var quantity: Decimal {
    switch self {
    case .position(let position): position.quantity
    case .order(let order): order.quantity
    case .fill(let fill): fill.quantity
    case .balance(let balance): balance.total
    }
  }

  /// At what price: on average held, at worst, traded; nil for a market order and for cash.
  public var price: Decimal? {
    switch self {
    case .position(let position): position.averagePrice
    case .order(let order): order.limitPrice
    case .fill(let fill): fill.price
    case .balance: nil
    }
  }
}
