import Tocsin

extension ReconciliationProposal {
  /// The change that would end the differences of one item; nil when no change may be guessed.
  ///
  /// Nothing is invented: a fill is booked as the broker has it, with its id. That an order has more
  /// filled at the broker changes nothing by itself, because the fill that explains it comes, or is
  /// found missing, with its own id: to book it twice would be worse than late.
  init?(for findings: [DriftFinding]) {
    guard let finding = findings.first, findings.allSatisfy({ $0.item == finding.item }) else {
      return nil
    }
    let kinds = Set(findings.map(\.kind))
    guard kinds.isDisjoint(with: Self.unexplained) else { return nil }
    self.init(
      finding.item,
      symbol: finding.symbol,
      from: finding.local,
      to: Self.wanted(finding),
      reason: findings.map { $0.alert.message }.joined(separator: " ")
    )
  }

  private static let unexplained: Set<DriftFinding.Kind> = [
    .orderFilledMismatch, .contradictedOrder, .invalidReport, .localQueryFailed,
    .brokerQueryFailed, .notConverging,
  ]

  /// The broker's side. Of an order that both have, only the quantity and the limit.
  private static func wanted(_ finding: DriftFinding) -> DriftValue? {
    guard var order = finding.local?.order, let theirs = finding.broker?.order else {
      return finding.broker
    }
    order.quantity = theirs.quantity
    order.limitPrice = theirs.limitPrice
    return .order(order)
  }
}
