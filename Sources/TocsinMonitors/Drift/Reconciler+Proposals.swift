import Tocsin

extension Reconciler {
  mutating func propose(
    _ proposal: ReconciliationProposal,
    _ findings: [DriftFinding],
    at now: Instant,
    into review: inout Review
  ) {
    let item = proposal.item
    if let known = pending[item], known.proposal.id != proposal.id {
      withdraw(item, .changed, into: &review)
    }
    if let last = trials[item]?.last, last.duration(to: now) < limits.retryAfter { return }
    guard mayTry(item, at: now) else { return latch(findings, into: &review) }
    trials[item, default: Trials()].attempts.append(now)
    trials[item]?.last = now
    let account = findings.first?.account ?? ""
    pending[item] = Pending(proposal: proposal, account: account, madeAt: now)
    items[proposal.id] = item
    review.proposals.append(proposal)
    if trials.count > pruneAt { prune(at: now) }
  }

  /// Forgets trials that are too old to matter.
  private mutating func prune(at now: Instant) {
    trials = trials.filter { _, known in
      (known.attempts + known.settled).contains { $0.duration(to: now) <= limits.memory }
    }
    pruneAt = max(1_024, trials.count * 2)
  }

  private mutating func mayTry(_ item: DriftItem, at now: Instant) -> Bool {
    guard var known = trials[item] else { return true }
    known.attempts.removeAll { $0.duration(to: now) > limits.memory }
    known.settled.removeAll { $0.duration(to: now) > limits.memory }
    trials[item] = known
    return known.attempts.count < max(1, limits.attempts)
      && known.settled.count < max(1, limits.recurrences)
  }

  private mutating func latch(_ findings: [DriftFinding], into review: inout Review) {
    guard var finding = findings.first else { return }
    withdraw(finding.item, .notConverging, into: &review)
    finding.kind = .notConverging
    finding.tier = limits.tier
    latched[finding.item] = finding
    review.findings.append(finding)
  }

  mutating func settle(
    _ item: DriftItem,
    at now: Instant,
    into review: inout Review
  ) {
    let wasMade = pending[item] != nil
    let wasApplied = pending[item]?.result == .applied
    if wasApplied { drop(item) } else { withdraw(item, .gone, into: &review) }
    if wasMade { trials[item, default: Trials()].settled.append(now) }
    trials[item]?.attempts = []
    if let finding = latched.removeValue(forKey: item) { review.findings.append(finding.resolved) }
    if let known = trials[item], known.settled.allSatisfy({ $0.duration(to: now) > limits.memory })
    {
      trials[item] = nil
    }
  }

  /// What was overtaken was no try: it had no chance.
  mutating func overtake(_ item: DriftItem, into review: inout Review) {
    guard let known = pending[item], known.result == nil else { return }
    trials[item]?.attempts.removeAll { $0 == known.madeAt }
    withdraw(item, .overtaken, into: &review)
  }

  mutating func withdraw(
    _ item: DriftItem,
    _ reason: ReconciliationProposal.Withdrawal,
    into review: inout Review
  ) {
    guard let known = pending[item] else { return }
    drop(item)
    if known.result == nil { review.proposals.append(known.proposal.withdrawn(reason)) }
  }

  private mutating func drop(_ item: DriftItem) {
    if let known = pending.removeValue(forKey: item) { items[known.proposal.id] = nil }
  }
}
