#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension DriftComparison {
  /// Compares our positions with the broker's, over every symbol that is in either.
  ///
  /// A position of zero is the same as none. A report that is not complete is never read as flat:
  /// the only findings then are the failed queries. O(n log n); the result does not depend on the
  /// order of the positions.
  ///
  /// - Parameters:
  ///   - local: What we believe we hold. Its `book` is not looked at.
  ///   - broker: What the broker says we hold. Its `book` is not looked at.
  ///   - tolerances: What counts as a difference, and how bad it is.
  ///   - inFlight: Symbols to leave out because a fill may be in one book and not yet in the other.
  /// - Returns: The differences, what was left out, and whether anything was compared at all.
  public static func compare(
    local: PositionReport,
    broker: PositionReport,
    tolerances: DriftTolerances = DriftTolerances(),
    inFlight: Set<String> = []
  ) -> DriftComparison {
    let failed = incomplete(local.isComplete, broker.isComplete)
    guard failed.isEmpty else { return .failed(.positions, failed) }
    let mine = IndexedBook(local)
    let theirs = IndexedBook(broker)
    let symbols = mine.symbols.union(theirs.symbols)
    let compared = symbols.subtracting(inFlight).sorted()
    return DriftComparison(
      findings: compared.flatMap { findings(about: $0, mine, theirs, tolerances[symbol: $0]) },
      skipped: symbols.intersection(inFlight).sorted(),
      comparedCount: compared.count
    )
  }

  private static func findings(
    about symbol: String,
    _ mine: IndexedBook,
    _ theirs: IndexedBook,
    _ tolerance: DriftTolerance
  ) -> [DriftFinding] {
    guard !mine.invalid.contains(symbol), !theirs.invalid.contains(symbol) else {
      return [DriftFinding(symbol: symbol, kind: .invalidReport, tier: .moderate)]
    }
    let local = mine.positions[symbol]
    let broker = theirs.positions[symbol]
    return kinds(local, broker, tolerance).map { kind, tier in
      DriftFinding(
        symbol: symbol,
        kind: kind,
        tier: tier,
        local: local.map { .position($0) },
        broker: broker.map { .position($0) }
      )
    }
  }

  private static func kinds(
    _ local: Position?,
    _ broker: Position?,
    _ tolerance: DriftTolerance
  ) -> [(DriftFinding.Kind, DriftTier)] {
    let mine = local?.quantity ?? 0
    let theirs = broker?.quantity ?? 0
    let price = DriftTolerance.price(broker?.averagePrice, local?.averagePrice)
    var found: [(DriftFinding.Kind, DriftTier)] = []
    if let local, let broker,
      let tier = tolerance.priceTier(local.averagePrice, broker.averagePrice)
    {
      found.append((.priceMismatch, tier))
    }
    guard !tolerance.isEqual(mine, theirs, at: price) else { return found }
    guard local != nil, broker != nil else {
      let kind: DriftFinding.Kind = local == nil ? .unknownPosition : .ghostPosition
      return found + [(kind, tolerance.tier(ofValue: theirs - mine, at: price))]
    }
    return found + [(.quantityMismatch, tolerance.tier(mine, theirs, at: price))]
  }
}
