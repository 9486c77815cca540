/// What of the execution is measured. Fractions are of one: 0.001 is 0.1 % or 10 basis points. Every
/// cost is positive when it is worse for the trader, on both sides.
public enum ExecutionMetric: String, CaseIterable, Hashable, Codable, Sendable {
  /// Completely filled orders ÷ ended orders, over the look-back. 0…1.
  case fillRate
  /// Filled ÷ ordered quantity, per order, averaged over the look-back; a partly filled order
  /// counts in part. 0…1.
  case filledShare
  /// Σ filled ÷ Σ ordered quantity over the look-back. 0…1. Over several symbols it only means
  /// something when their quantities do.
  case filledQuantity
  /// Slippage against the decision price per order, every order counted alike.
  case slippage
  /// The same, weighted by value: Σ cost ÷ Σ value at the decision price. Over several symbols it
  /// only means something when all are quoted in one currency.
  case weightedSlippage
  /// Slippage against the touch at arrival: the ask for a buyer and the bid for a seller, of the
  /// last quote before the order was sent. Every order counted alike.
  case arrivalSlippage
  /// The same, weighted by value at the touch.
  case weightedArrivalSlippage
  /// Slippage against the limit: how much better than its limit an order traded, as a negative
  /// number. Every order counted alike.
  case limitSlippage
  /// The same, weighted by value at the limit.
  case weightedLimitSlippage
  /// Implementation shortfall (Perold 1988): the three parts below in sum, of the orders of which
  /// all are known. Each part is Σ cost ÷ Σ ordered quantity at the decision price.
  case shortfall
  /// What the fills cost above the decision price.
  case executionCost
  /// What was paid in fees, less rebates.
  case feeCost
  /// What was missed by not filling the rest: the move from the decision price to the mid when the
  /// order ended.
  case opportunityCost
  /// Σ fees ÷ Σ value of the fills. Negative when rebates are more.
  case feeRate
  /// Mean seconds from signal to submit.
  case timeToSubmit
  /// Mean seconds from submit to the broker's answer.
  case timeToAcknowledge
  /// Mean seconds from the broker's answer to the first fill.
  case timeToFirstFill
  /// Mean seconds from the first to the last fill; 0 for an order of one fill.
  case timeBetweenFills
  /// Mean seconds from submit to the last fill, of completely filled orders.
  case timeToFill
  /// Mean seconds from our submit to when the venue says it took the order. Two clocks: may be
  /// negative, and then shows how far they are apart.
  case timeToVenue
  /// Mean seconds from when the venue says it took the order to our hearing of it. Two clocks.
  case timeFromVenue
  /// Mean seconds from when the venue took the order to its first fill, on the venue's clock.
  case timeAtVenue
  /// Rejected ÷ ended orders. 0…1.
  case rejectionRate
  /// Cancelled ÷ ended orders, partly filled ones too. 0…1.
  case cancelRate
}
