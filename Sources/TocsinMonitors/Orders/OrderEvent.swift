#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// One step in the life of an order.
public struct OrderEvent: Hashable, Codable, Sendable, KeyedEvent {
  /// What happened.
  public enum Kind: Hashable, Codable, Sendable {
    /// A strategy wants to trade: the order was created. `decisionPrice` is the mid price it saw, the
    /// reference of slippage, and `limitPrice` the worst price it takes; nil when there is none.
    case signalled(
      side: Side,
      quantity: Decimal,
      decisionPrice: Decimal?,
      limitPrice: Decimal? = nil,
      strategy: String? = nil
    )
    /// We sent the order to the broker.
    case submitted
    /// The outcome of sending is unknown: a time-out, a lost connection. The order may be live or
    /// even filled, so it stays open until the broker says what became of it. Never a rejection.
    case unconfirmed(reason: String)
    /// The broker confirmed that it has the order.
    case acknowledged
    /// A part, or all, was traded. `fill` is the broker's id of this fill: equal ids of one order
    /// are the same fill told twice. A fee is positive when it costs, negative when it is a rebate,
    /// whatever the venue's own sign is.
    case filled(quantity: Decimal, price: Decimal, fill: String, fee: Money? = nil)
    /// We asked for another quantity or limit. What is nil stays as it is.
    case replaceRequested(quantity: Decimal? = nil, limitPrice: Decimal? = nil)
    /// The order has another quantity (in all, what is filled included) or another limit. What is
    /// nil stays as it was.
    case replaced(quantity: Decimal? = nil, limitPrice: Decimal? = nil)
    /// The broker refused to change the order; it stays as it was.
    case replaceRejected(reason: String)
    /// We asked to cancel the order. It may still fill.
    case cancelRequested
    /// The broker refused to cancel the order, for instance because it was filled meanwhile.
    case cancelRejected(reason: String)
    /// The broker, or our own risk check, refused the order.
    case rejected(reason: String)
    /// The order was cancelled; what was filled before stays filled.
    case cancelled
    /// The order reached the end of its time in force.
    case expired
  }

  /// Our id of the order. It stays the same through every replacement.
  public var order: String
  /// The symbol.
  public var symbol: String
  /// What happened.
  public var kind: Kind
  /// The venue's id of the order, where the event has one.
  public var venueOrder: String?
  /// When the venue says it happened, on the venue's own clock; nil where it does not say, or where
  /// the step is our own. May be before the step that caused it: two clocks never agree exactly.
  public var venueInstant: Instant?

  /// Makes an order event.
  public init(
    order: String,
    symbol: String,
    kind: Kind,
    venueOrder: String? = nil,
    venueInstant: Instant? = nil
  ) {
    self.order = order
    self.symbol = symbol
    self.kind = kind
    self.venueOrder = venueOrder
    self.venueInstant = venueInstant
  }

  /// The order's id.
  public var key: String { order }
}
