import Tocsin

extension DriftDesk {
  /// Takes a comparison: tells what changed, and what to do about it.
  mutating func conclude(_ comparison: DriftComparison, at now: Instant) -> DriftNews {
    ages.compared(ReportAges.Channel(comparison.topic, comparison.account), at: now)
    let changes = state.ledger.receive(comparison, at: now)
    let review = review(comparison, at: now)
    for finding in review.findings { state.ledger.note(finding, at: now) }
    confirmSoon(comparison.topic, at: now)
    if !changes.isEmpty, comparison.topic != .fills {
      asker.hurry(.fills, by: now.advanced(by: settings.guardTime), .confirmation)
    }
    var news = news(changes + review.findings, review)
    if comparison.topic == .fills { news.state = state }
    return news
  }

  func news(_ findings: [DriftFinding], _ review: Reconciler.Review) -> DriftNews {
    let isNews = !findings.isEmpty || !review.proposals.isEmpty
    return DriftNews(
      findings: findings,
      proposals: review.proposals,
      state: isNews ? state : nil
    )
  }

  /// What is new is looked at again after the guard time.
  private mutating func confirmSoon(_ topic: BookTopic, at now: Instant) {
    guard state.ledger.hasUnconfirmed(topic) else { return }
    let soon = now.advanced(by: settings.guardTime)
    asker.hurry(topic, by: soon, .confirmation)
  }

  private mutating func review(
    _ comparison: DriftComparison,
    at now: Instant
  ) -> Reconciler.Review {
    var review = Reconciler.Review()
    guard comparison.isComplete else { return review }
    let open = differences(comparison)
    let found = Dictionary(grouping: comparison.findings, by: \.item)
    let unknown = comparison.unknownItems
    let items = Set(open.keys).union(state.reconciler.items(of: comparison))
    for item in items.sorted() where !unknown.contains(item.id) {
      let told = open[item] ?? []
      let isWithheld = told != (found[item] ?? []) || !mayPropose(item, told)
      state.reconciler.review(item, told, isWithheld: isWithheld, at: now, into: &review)
    }
    return review
  }

  /// What is open about the items of a comparison, by item, each sorted by kind.
  private func differences(_ comparison: DriftComparison) -> [DriftItem: [DriftFinding]] {
    let open = state.ledger.open.values.filter {
      comparison.isAbout($0) && $0.kind != .notConverging && !$0.kind.isAboutQuery
    }
    return Dictionary(grouping: open.sorted { $0.key < $1.key }, by: \.item)
  }

  /// Nothing is proposed about what a person looks after, nor about what a fill may still explain:
  /// when fills are compared, both books must have been read after the difference was told, and have
  /// the same fills.
  private func mayPropose(_ item: DriftItem, _ findings: [DriftFinding]) -> Bool {
    guard state.flags[item] == nil else { return false }
    guard item.topic != .fills, watchesFills else { return true }
    guard areFillsRead(after: findings) else { return false }
    return !state.fills.mayExplain(findings.first.flatMap { $0.symbol.isEmpty ? nil : $0.symbol })
  }

  private func areFillsRead(after findings: [DriftFinding]) -> Bool {
    guard let told = findings.compactMap({ state.ledger.toldAt[$0.key] }).max(),
      let asOf = state.fillsAsOf
    else { return false }
    return asOf >= told
  }

  private var watchesFills: Bool { settings.schedule.fills != nil || state.fillsAsOf != nil }
}
