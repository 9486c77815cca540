#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// Which way an order trades.
public enum Side: String, Hashable, Codable, Sendable, CaseIterable {
  case buy, sell

  /// 1 for buy, -1 for sell.
  public var sign: Int { self == .buy ? 1 : -1 }
}

/// One step in the life of an order.
public struct OrderEvent: Hashable, Codable, Sendable, KeyedEvent {
  /// What happened.
  public enum Kind: Hashable, Codable, Sendable {
    /// A strategy wants to trade. `decisionPrice` is the mid price it saw, the reference of
    /// slippage; nil when it saw none.
    case signalled(side: Side, quantity: Decimal, decisionPrice: Decimal?)
    /// We sent the order to the broker.
    case submitted
    /// The outcome of sending is unknown: a time-out, a lost connection. The order may be live or
    /// even filled, so it stays open until the broker says what became of it. Never a rejection.
    case unconfirmed(reason: String)
    /// The broker confirmed that it has the order.
    case acknowledged
    /// A part, or all, was traded. `fill` is the broker's id of this fill: equal ids of one order
    /// are the same fill told twice.
    case filled(quantity: Decimal, price: Decimal, fill: String)
    /// The broker, or our own risk check, refused the order.
    case rejected(reason: String)
    /// The order was cancelled; what was filled before stays filled.
    case cancelled
    /// The order reached the end of its time in force.
    case expired
  }

  /// Our id of the order.
  public var order: String
  /// The symbol.
  public var symbol: String
  /// What happened.
  public var kind: Kind

  /// Makes an order event.
  public init(order: String, symbol: String, kind: Kind) {
    self.order = order
    self.symbol = symbol
    self.kind = kind
  }

  /// The order's id.
  public var key: String { order }
}
