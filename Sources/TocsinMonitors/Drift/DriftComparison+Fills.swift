#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

extension FillMemory {
  /// Compares the fills that both books have told of. O(fills remembered).
  ///
  /// A fill of one book only is as bad as it is worth, a fill that is different in both as what is
  /// different is worth; another symbol or side is critical. Of a fill that is older than the other
  /// book's reports nothing is concluded.
  ///
  /// - Parameters:
  ///   - tolerances: What counts as a difference, and how bad it is.
  ///   - moving: What may be on its way from one book to the other.
  /// - Returns: The differences, and what was left out.
  public func compare(
    tolerances: DriftTolerances = DriftTolerances(),
    inFlight moving: InFlight.Moving = .nothing
  ) -> DriftComparison {
    var comparison = DriftComparison(.fills, findings: [])
    for (id, entry) in entries {
      guard let fill = (entry.sights[.broker] ?? entry.sights[.local])?.fill else { continue }
      if moving.contains(fill) || !isJudgeable(entry) {
        comparison.skipped.append(id)
      } else {
        comparison.comparedCount += 1
        comparison.findings +=
          finding(id, entry, tolerances[symbol: fill.symbol]).map { [$0] } ?? []
      }
    }
    comparison.skipped.sort()
    comparison.findings.sort { $0.key < $1.key }
    return comparison
  }

  private func finding(_ id: String, _ entry: Entry, _ tolerance: DriftTolerance) -> DriftFinding? {
    let local = entry.sights[.local]?.fill
    let broker = entry.sights[.broker]?.fill
    guard let fill = broker ?? local, let (kind, tier) = kind(id, local, broker, tolerance) else {
      return nil
    }
    return DriftFinding(
      fill.driftItem,
      symbol: fill.symbol,
      kind: kind,
      tier: tier,
      local: local.map { .fill($0) },
      broker: broker.map { .fill($0) }
    )
  }

  private func kind(
    _ id: String,
    _ local: Fill?,
    _ broker: Fill?,
    _ tolerance: DriftTolerance
  ) -> (DriftFinding.Kind, DriftTier)? {
    if invalid.values.contains(where: { $0.contains(id) }) { return (.invalidReport, .moderate) }
    switch (local, broker) {
    case (nil, let fill?): return (.missingFill, tolerance.tier(of: fill))
    case (let fill?, nil): return (.unexpectedFill, tolerance.tier(of: fill))
    case (let mine?, let theirs?):
      return tolerance.tier(mine, theirs).map { (.fillMismatch, $0) }
    case (nil, nil): return nil
    }
  }
}

extension DriftTolerance {
  fileprivate func tier(of fill: Fill) -> DriftTier { tier(ofValue: fill.quantity, at: fill.price) }

  fileprivate func tier(_ mine: Fill, _ theirs: Fill) -> DriftTier? {
    guard mine.symbol == theirs.symbol, mine.side == theirs.side else { return .critical }
    let isEqual = isEqual(mine.quantity, theirs.quantity, at: theirs.price)
    let quantity =
      isEqual ? nil : tier(ofValue: theirs.quantity - mine.quantity, at: theirs.price)
    return [quantity, priceTier(mine.price, theirs.price)].compactMap { $0 }.max()
  }
}

extension InFlight.Moving {
  /// Whether a fill, or another of its symbol, may be on its way.
  func contains(_ fill: Fill) -> Bool {
    filled.contains(fill.symbol) || orders.contains(fill.order)
  }
}

extension Fill {
  /// What was traded, without what it cost.
  var trade: Fill {
    var fill = self
    fill.fee = nil
    return fill
  }

  /// Whether its numbers can be those of a fill.
  var isPossible: Bool { quantity.isUsable && quantity > 0 && price.isUsable }
}
