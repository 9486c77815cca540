#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// What is known of one order. Instants are our own, of receipt.
public struct OrderRecord: Hashable, Codable, Sendable, KeyedEvent {
  /// Our id of the order.
  public let order: String
  /// The symbol.
  public let symbol: String
  /// Where the order is in its life.
  public internal(set) var state = OrderState.signalled
  /// Which way it trades; nil until its signal is seen.
  public internal(set) var side: Side?
  /// How much was ordered; nil until its signal is seen.
  public internal(set) var quantity: Decimal?
  /// The price the strategy saw; nil when it saw none.
  public internal(set) var decisionPrice: Decimal?
  /// The worst price it takes now; nil for a market order.
  public internal(set) var limitPrice: Decimal?
  /// The strategy that wanted it; nil when its signal did not say.
  public internal(set) var strategy: String?
  /// The venue's id of the order; nil until an event has it.
  public internal(set) var venueOrder: String?
  /// What we asked the broker to do with it and got no answer to; nil when nothing is.
  public internal(set) var pending: PendingChange?
  /// When it was signalled.
  public internal(set) var signalledAt: Instant?
  /// When it was sent.
  public internal(set) var submittedAt: Instant?
  /// When the broker confirmed it.
  public internal(set) var acknowledgedAt: Instant?
  /// When the first fill came.
  public internal(set) var firstFillAt: Instant?
  /// When the last fill came.
  public internal(set) var lastFillAt: Instant?
  /// When the venue says it took the order, on the venue's own clock.
  public internal(set) var venueAcknowledgedAt: Instant?
  /// The earliest instant of a fill on the venue's own clock, in whatever order the fills came.
  public internal(set) var venueFirstFillAt: Instant?
  /// The latest instant of a fill on the venue's own clock.
  public internal(set) var venueLastFillAt: Instant?
  /// When it came into its state.
  public internal(set) var stateSince: Instant
  /// How much was traded, every fill counted once.
  public internal(set) var filledQuantity: Decimal = 0
  /// Quantity times price, summed over the fills; exact to 38 digits.
  public internal(set) var filledValue: Decimal = 0
  /// What was paid for the fills, by currency: positive is a cost, negative a rebate.
  public var fees: [String: Decimal] { paid.byCurrency }
  /// The market when it was sent; nil until then, or when nobody looked.
  public internal(set) var arrival: Touch?
  /// The market when it ended; nil until then, or when nobody looked.
  public internal(set) var closing: Touch?
  var fills = FillIDs()
  var paid = PaidFees()
  /// A request for another quantity that is not answered, and that a later request has overtaken.
  var overtaken: PendingChange?
  /// What was pending when the order ended; its refusal is no surprise.
  var raced: PendingChange.Kind?
  /// The latest instant of a replacement on the venue's own clock.
  var replacedVenueAt: Instant?

  init(order: String, symbol: String, at now: Instant) {
    self.order = order
    self.symbol = symbol
    stateSince = now
  }

  /// The order's id.
  public var key: String { order }

  /// Whether anything shows that it left us.
  var wasSent: Bool {
    submittedAt != nil || acknowledgedAt != nil || firstFillAt != nil || state == .unconfirmed
  }

  /// The price per unit over all fills; nil without fills.
  public var averagePrice: Decimal? {
    filledQuantity > 0 ? filledValue / filledQuantity : nil
  }

  /// What the fills cost above the decision price, in the currency of the quotation: positive is
  /// worse for the trader, on both sides. Nil without a fill, a side or a decision price.
  ///
  /// side × (Σ quantity × price − decision price × Σ quantity), after Perold (1988).
  public var slippageCost: Decimal? {
    guard let side, let decisionPrice, filledQuantity > 0 else { return nil }
    let cost = filledValue - decisionPrice * filledQuantity
    return side == .buy ? cost : -cost
  }

  /// The filled quantity at the decision price; nil where the cost is nil.
  public var decisionValue: Decimal? {
    guard side != nil, let decisionPrice, filledQuantity > 0 else { return nil }
    return decisionPrice * filledQuantity
  }

  /// The slippage as a fraction of the decision price: 0.001 is 0.1 %, positive is worse on both
  /// sides. Nil where the cost is nil, or where the decision price is not positive.
  public var slippage: Double? {
    guard let cost = slippageCost, let value = decisionValue, value > 0 else { return nil }
    return cost.double / value.double
  }

  /// From the signal to sending; nil when one of them was not seen in order.
  public var timeToSubmit: Duration? { Self.time(signalledAt, submittedAt) }

  /// From sending to the last fill; nil when one of them was not seen in order.
  public var timeToFill: Duration? { Self.time(submittedAt, lastFillAt) }

  private static func time(_ start: Instant?, _ end: Instant?) -> Duration? {
    guard let start, let end, start <= end else { return nil }
    return start.duration(to: end)
  }
}
