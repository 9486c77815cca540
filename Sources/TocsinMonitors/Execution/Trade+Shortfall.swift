#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What an instrument tells of the worth of its orders.
struct ContractTerms: Sendable {
  /// The venue; nil when it is not known, or when there are several.
  var venue: String?
  /// The currency of prices; nil when it is not known.
  var currency: String?
  /// What one unit of quantity is worth at a price of one.
  var multiplier = 1.0
}

extension Trade {
  /// The three parts of the implementation shortfall (Perold 1988), each against the paper value:
  /// the ordered quantity at the decision price.
  mutating func noteShortfall(
    _ order: OrderRecord,
    _ sizes: TradeSizes,
    _ contract: ContractTerms
  ) {
    let fees = fees(order, sizes, contract)
    if let fees { set(.fees, fees) }
    if fees != nil, sizes.value != 0 { define(.feeRate) }
    guard let sign = sizes.sign, let ordered = sizes.ordered else {
      return causes.paper = .noSignal
    }
    guard let decision = order.decisionPrice?.double else { return causes.paper = .noReference }
    let paper = decision * ordered
    guard paper > 0, paper.isFinite else { return causes.paper = .zeroBase }
    set(.paper, paper)
    define(.executionCost)
    if fees != nil { define(.feeCost) }
    guard let missed = missed(order, ordered - sizes.filled, decision) else { return }
    set(.missed, sign * missed)
    define(.opportunityCost)
    if fees != nil { define(.shortfall) }
  }

  /// The fees in units of price × quantity; nil when they are not known in that currency.
  private mutating func fees(
    _ order: OrderRecord,
    _ sizes: TradeSizes,
    _ contract: ContractTerms
  ) -> Double? {
    if order.paid.isEmpty {
      if sizes.filled > 0 { causes.fees = .noFees }
      return sizes.filled > 0 ? nil : 0
    }
    guard let sum = order.paid.sum(in: contract.currency) else {
      causes.fees = .otherCurrency
      return nil
    }
    return sum / contract.multiplier
  }

  /// What was not filled, times the move from the decision price to the mid when the order ended.
  private mutating func missed(
    _ order: OrderRecord,
    _ rest: Double,
    _ decision: Double
  ) -> Double? {
    if rest <= 0 { return 0 }
    guard let mid = order.closing?.middle else {
      causes.closing = order.closing?.cause ?? .noQuote
      return nil
    }
    return rest * (mid - decision)
  }
}
