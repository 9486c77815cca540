#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension DriftComparison {
  /// Compares our live orders with the broker's, over every order that is in either.
  ///
  /// Orders are matched by our id, then by the venue's. A live order of one book only is as bad as
  /// what is left of it is worth; without a limit it is moderate when we have it, for it moves
  /// nothing, and critical when only the broker does. A report that is not complete is never read as
  /// orders that are gone. O(n log n); the result does not depend on the order of the orders.
  ///
  /// - Parameters:
  ///   - local: What we believe is live. Its `book` is not looked at.
  ///   - broker: What the broker says is live. Its `book` is not looked at.
  ///   - tolerances: What counts as a difference, and how bad it is.
  ///   - moving: What may be on its way from one book to the other.
  /// - Returns: The differences, what was left out, and whether anything was compared at all.
  public static func compare(
    local: OrderReport,
    broker: OrderReport,
    tolerances: DriftTolerances = DriftTolerances(),
    inFlight moving: InFlight.Moving = .nothing
  ) -> DriftComparison {
    let failed = incomplete(local.isComplete, broker.isComplete)
    guard failed.isEmpty else { return .failed(.orders, failed) }
    let pairs = OrderMatching(local: local.orders, broker: broker.orders).pairs
    let compared = pairs.filter { !moving.contains($0) }
    return DriftComparison(
      .orders,
      findings: compared.flatMap { findings($0, tolerances[symbol: $0.symbol]) },
      skipped: pairs.filter { moving.contains($0) }.map(\.id),
      comparedCount: compared.count
    )
  }

  private static func findings(
    _ pair: OrderMatching.Pair,
    _ tolerance: DriftTolerance
  ) -> [DriftFinding] {
    kinds(pair, tolerance).map { kind, tier in
      DriftFinding(
        DriftItem(.orders, pair.id),
        symbol: pair.symbol,
        kind: kind,
        tier: tier,
        local: pair.local.map { .order($0) },
        broker: pair.broker.map { .order($0) }
      )
    }
  }

  private static func kinds(
    _ pair: OrderMatching.Pair,
    _ tolerance: DriftTolerance
  ) -> [(DriftFinding.Kind, DriftTier)] {
    guard pair.isValid else { return [(.invalidReport, .moderate)] }
    switch (pair.local, pair.broker) {
    case (let mine?, let theirs?): return differences(mine, theirs, tolerance)
    case (let mine?, nil):
      let tier = mine.limitPrice.map { tolerance.tier(ofValue: mine.remainingQuantity, at: $0) }
      return [(.missingOrder, tier ?? .moderate)]
    case (nil, let theirs?):
      let tier = tolerance.tier(ofValue: theirs.remainingQuantity, at: theirs.limitPrice)
      return [(.unexpectedOrder, tier)]
    case (nil, nil): return []
    }
  }

  private static func differences(
    _ mine: OpenOrder,
    _ theirs: OpenOrder,
    _ tolerance: DriftTolerance
  ) -> [(DriftFinding.Kind, DriftTier)] {
    guard mine.symbol == theirs.symbol, mine.side == theirs.side else {
      return [(.contradictedOrder, .critical)]
    }
    let price = DriftTolerance.price(theirs.limitPrice, mine.limitPrice)
    func tier(_ one: Decimal, _ other: Decimal) -> DriftTier? {
      tolerance.isEqual(one, other, at: price)
        ? nil : tolerance.tier(ofValue: other - one, at: price)
    }
    let found: [(DriftFinding.Kind, DriftTier?)] = [
      (.orderFilledMismatch, tier(mine.filledQuantity, theirs.filledQuantity)),
      (.orderLimitMismatch, tolerance.priceTier(mine.limitPrice, theirs.limitPrice)),
      (.orderQuantityMismatch, tier(mine.quantity, theirs.quantity)),
    ]
    return found.compactMap { kind, tier in tier.map { (kind, $0) } }
  }
}

extension InFlight.Moving {
  /// Whether an order may be on its way. One that only one book has may also be one of ours whose id
  /// is not known there yet, so steps of its symbol count.
  func contains(_ pair: OrderMatching.Pair) -> Bool {
    let ids = [
      pair.local?.order, pair.local?.venueOrder, pair.broker?.order, pair.broker?.venueOrder,
    ]
    if ids.contains(where: { $0.map(orders.contains) ?? false }) { return true }
    return pair.local == nil && symbols.contains(pair.symbol)
  }
}
