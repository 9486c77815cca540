#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension DriftComparison {
  /// Compares the cash of one account as both books have it, over every currency that is in either.
  ///
  /// Totals are compared, frozen cash included; a currency that is not in a complete report is zero.
  /// A report that is not complete is never read as zero. O(n log n).
  ///
  /// - Parameters:
  ///   - local: What we believe the account has. Its `book` is not looked at.
  ///   - broker: What the broker says. Its `account` names the account.
  ///   - tolerances: What counts as a difference, and how bad it is.
  ///   - isInFlight: True while the cash of a fill may be in one book and not yet in the other: then
  ///     all currencies are left out.
  /// - Returns: The differences, what was left out, and whether anything was compared at all.
  public static func compare(
    local: AccountReport,
    broker: AccountReport,
    tolerances: DriftTolerances = DriftTolerances(),
    isInFlight: Bool = false
  ) -> DriftComparison {
    let account = broker.account
    let failed = incomplete(local.isComplete, broker.isComplete)
    guard failed.isEmpty else { return .failed(.cash, account: account, failed) }
    let mine = IndexedCash(local)
    let theirs = IndexedCash(broker)
    let currencies = mine.currencies.union(theirs.currencies).sorted()
    let compared = isInFlight ? [] : currencies
    return DriftComparison(
      .cash,
      account: account,
      findings: compared.compactMap {
        finding($0, of: broker, mine, theirs, tolerances[currency: $0])
      },
      skipped: isInFlight ? currencies.map { broker.driftItem($0).id } : [],
      comparedCount: compared.count
    )
  }

  private static func finding(
    _ currency: String,
    of report: AccountReport,
    _ mine: IndexedCash,
    _ theirs: IndexedCash,
    _ tolerance: CashTolerance
  ) -> DriftFinding? {
    let local = mine.balances[currency]
    let broker = theirs.balances[currency]
    func finding(_ kind: DriftFinding.Kind, _ tier: DriftTier) -> DriftFinding {
      DriftFinding(
        report.driftItem(currency),
        account: report.account,
        kind: kind,
        tier: tier,
        local: kind == .invalidReport ? nil : local.map { .balance($0) },
        broker: kind == .invalidReport ? nil : broker.map { .balance($0) }
      )
    }
    guard !mine.invalid.contains(currency), !theirs.invalid.contains(currency) else {
      return finding(.invalidReport, .moderate)
    }
    let tier = tolerance.tier(local?.total ?? 0, broker?.total ?? 0)
    return tier.map { finding(.cashMismatch, $0) }
  }
}

/// The balances of a report by currency; what cannot be compared is set apart.
private struct IndexedCash {
  private(set) var balances: [String: Balance] = [:]
  private(set) var invalid: Set<String> = []

  init(_ report: AccountReport) {
    for balance in report.balances {
      let isNumber = balance.total.isUsable && balance.frozen.isUsable
      if !isNumber || balances[balance.currency] != nil { invalid.insert(balance.currency) }
      balances[balance.currency] = balance
    }
  }

  var currencies: Set<String> { Set(balances.keys) }
}
