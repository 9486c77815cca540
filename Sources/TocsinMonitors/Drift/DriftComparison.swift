#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a comparison of the two books found.
public struct DriftComparison: Hashable, Codable, Sendable {
  /// The differences, in the order of their symbols, then of their kinds.
  public var findings: [DriftFinding]
  /// Symbols that were left out because a fill may be on its way, sorted.
  public var skipped: [String]
  /// How many symbols were compared.
  public var comparedCount: Int
  /// False when a query failed or was partial: then nothing was compared, and nothing may be
  /// concluded from a difference that is not there.
  public var isComplete: Bool

  /// Makes a comparison.
  public init(
    findings: [DriftFinding],
    skipped: [String] = [],
    comparedCount: Int = 0,
    isComplete: Bool = true
  ) {
    self.findings = findings
    self.skipped = skipped
    self.comparedCount = comparedCount
    self.isComplete = isComplete
  }

  /// True when the books were compared in full and agree.
  public var isClean: Bool { isComplete && findings.isEmpty && skipped.isEmpty }
}

extension DriftComparison {
  /// Compares our book with the broker's, over every symbol that is in either.
  ///
  /// A position of zero is the same as none. A report that is not complete is never read as flat:
  /// the only findings then are the failed queries. O(n log n); the result does not depend on the
  /// order of the positions.
  ///
  /// - Parameters:
  ///   - local: What we believe we hold. Its `book` is not looked at.
  ///   - broker: What the broker says we hold. Its `book` is not looked at.
  ///   - tolerance: What counts as a difference, and how bad it is.
  ///   - inFlight: Symbols to leave out because a fill may be in one book and not yet in the other.
  /// - Returns: The differences, what was left out, and whether anything was compared at all.
  public static func compare(
    local: PositionReport,
    broker: PositionReport,
    tolerance: DriftTolerance = DriftTolerance(),
    inFlight: Set<String> = []
  ) -> DriftComparison {
    let failures = failedQueries(local, broker)
    guard failures.isEmpty else { return DriftComparison(findings: failures, isComplete: false) }
    let mine = IndexedBook(local)
    let theirs = IndexedBook(broker)
    let symbols = mine.symbols.union(theirs.symbols)
    let compared = symbols.subtracting(inFlight).sorted()
    return DriftComparison(
      findings: compared.flatMap { findings(about: $0, mine, theirs, tolerance) },
      skipped: symbols.intersection(inFlight).sorted(),
      comparedCount: compared.count
    )
  }

  private static func failedQueries(
    _ local: PositionReport,
    _ broker: PositionReport
  ) -> [DriftFinding] {
    let kinds: [(Bool, DriftFinding.Kind)] = [
      (broker.isComplete, .brokerQueryFailed), (local.isComplete, .localQueryFailed),
    ]
    return kinds.filter { !$0.0 }.map { DriftFinding(symbol: "", kind: $0.1, tier: .moderate) }
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
      DriftFinding(symbol: symbol, kind: kind, tier: tier, local: local, broker: broker)
    }
  }

  private static func kinds(
    _ local: Position?,
    _ broker: Position?,
    _ tolerance: DriftTolerance
  ) -> [(DriftFinding.Kind, DriftTier)] {
    var found: [(DriftFinding.Kind, DriftTier)] = []
    if let local, let broker,
      let tier = tolerance.priceTier(local.averagePrice, broker.averagePrice)
    {
      found.append((.priceMismatch, tier))
    }
    let gap = ((broker?.quantity ?? 0) - (local?.quantity ?? 0)).magnitude
    guard gap > tolerance.quantity else { return found }
    let kind: DriftFinding.Kind =
      local == nil ? .unknownPosition : broker == nil ? .ghostPosition : .quantityMismatch
    found.append((kind, tolerance.tier(of: kind, local, broker)))
    return found
  }
}
