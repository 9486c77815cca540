public import Tocsin

/// Remembers the differences between the books and tells only what changed.
///
/// A difference is told when it is new, when its tier or either position changed, and when it is
/// gone. The same comparison again tells nothing. What is new or changed is told once so many
/// comparisons in a row found it: the broker may have booked a fill that we were not told of yet.
/// Compare again a few seconds after ``hasUnconfirmed`` became true, rather than at the next
/// interval. Failed queries and invalid reports are told at once.
///
/// A difference is gone only when its symbol was really compared: not when a query failed, a report
/// was invalid for the symbol, or a fill was on its way. O(findings + open differences).
public struct DriftLedger: Sendable {
  /// How many comparisons in a row must find what is new. Default: 2.
  public let confirmations: Int
  /// The open differences.
  public private(set) var open: [DriftFinding.Key: DriftFinding] = [:]
  /// The latest changes, oldest first.
  public private(set) var history: Recent<Recorded<DriftFinding>>
  /// How often symbols were left out because a fill was on its way.
  public private(set) var skippedCount = 0
  /// How often the books could not be compared because a query failed or was partial.
  public private(set) var failedCount = 0
  /// When the books were last compared; nil before the first time.
  public private(set) var comparedAt: Instant?

  private var unconfirmed: [DriftFinding.Key: Int] = [:]

  /// Makes a ledger without differences.
  ///
  /// - Parameters:
  ///   - confirmations: How many comparisons in a row must find what is new; 1 tells it at once.
  ///   - historyCapacity: How many changes are remembered.
  public init(confirmations: Int = 2, historyCapacity: Int = 1_000) {
    self.confirmations = max(1, confirmations)
    history = Recent(capacity: historyCapacity)
  }

  /// The worst open difference; nil when there is none. Halt on critical.
  public var worst: DriftTier? { open.values.map(\.tier).max() }

  /// True while something new or changed waits for another comparison to find it too.
  public var hasUnconfirmed: Bool { !unconfirmed.isEmpty }

  /// Takes one comparison; gives what changed, sorted by symbol and kind.
  public mutating func receive(_ comparison: DriftComparison, at now: Instant) -> [DriftFinding] {
    count(comparison, at: now)
    forgetUnconfirmed(comparison)
    let fresh = comparison.findings.filter { isTold($0) }
    let changes = (fresh + gone(in: comparison)).sorted(by: Self.isBefore)
    for change in changes {
      open[change.key] = change.phase == .firing ? change : nil
      history.append(Recorded(change, at: now))
    }
    return changes
  }

  private mutating func isTold(_ finding: DriftFinding) -> Bool {
    let count = open[finding.key] == finding ? 0 : unconfirmed[finding.key, default: 0] + 1
    let isConfirmed = count >= (finding.isAboutReports ? 1 : confirmations)
    unconfirmed[finding.key] = isConfirmed || count == 0 ? nil : count
    return isConfirmed && count > 0
  }

  private mutating func forgetUnconfirmed(_ comparison: DriftComparison) {
    guard comparison.isComplete else { return }
    let present = Set(comparison.findings.map(\.key))
    let unknown = unknownSymbols(in: comparison)
    unconfirmed = unconfirmed.filter { key, _ in
      present.contains(key) || unknown.contains(key.symbol)
    }
  }

  private mutating func count(_ comparison: DriftComparison, at now: Instant) {
    skippedCount += comparison.skipped.count
    failedCount += comparison.isComplete ? 0 : 1
    if comparison.isComplete { comparedAt = now }
  }

  private func gone(in comparison: DriftComparison) -> [DriftFinding] {
    let present = Set(comparison.findings.map(\.key))
    let unknown = unknownSymbols(in: comparison)
    return open.values
      .filter { !present.contains($0.key) }
      .filter { $0.isAboutQuery || comparison.isComplete && !unknown.contains($0.symbol) }
      .map { finding in
        var finding = finding
        finding.phase = .resolved
        return finding
      }
  }

  private func unknownSymbols(in comparison: DriftComparison) -> Set<String> {
    let invalid = comparison.findings.filter { $0.kind == .invalidReport }.map(\.symbol)
    return Set(comparison.skipped).union(invalid)
  }

  private static func isBefore(_ left: DriftFinding, _ right: DriftFinding) -> Bool {
    (left.symbol, left.kind.rawValue) < (right.symbol, right.kind.rawValue)
  }
}

extension DriftFinding {
  /// True for what a fill on its way cannot explain.
  var isAboutReports: Bool { isAboutQuery || kind == .invalidReport }

  /// True for a query that failed.
  var isAboutQuery: Bool { kind == .localQueryFailed || kind == .brokerQueryFailed }
}
