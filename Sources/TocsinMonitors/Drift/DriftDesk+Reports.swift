import Tocsin

extension DriftDesk {
  /// Takes a report; nil when it was not compared.
  mutating func receive(_ report: PositionReport, at now: Instant) -> DriftNews? {
    guard let asOf = accept(report, .positions, at: now),
      let pair = positions.receive(report, asOf: asOf, gap: settings.maximumGap, at: now)
    else { return nil }
    let comparison = DriftComparison.compare(
      local: pair.local,
      broker: pair.broker,
      tolerances: settings.tolerances,
      inFlight: inFlight.moving(since: pair.asOf, at: now).filled
    )
    return conclude(comparison, at: now)
  }

  /// Takes a report; nil when it was not compared.
  mutating func receive(_ report: OrderReport, at now: Instant) -> DriftNews? {
    guard let asOf = accept(report, .orders, at: now),
      let pair = orders.receive(report, asOf: asOf, gap: settings.maximumGap, at: now)
    else { return nil }
    let comparison = DriftComparison.compare(
      local: pair.local,
      broker: pair.broker,
      tolerances: settings.tolerances,
      inFlight: inFlight.moving(since: pair.asOf, at: now)
    )
    return conclude(comparison, at: now)
  }

  /// Takes a report; nil when it was not compared.
  mutating func receive(_ report: FillReport, at now: Instant) -> DriftNews? {
    guard let asOf = accept(report, .fills, at: now),
      let pair = fills.receive(report, asOf: asOf, gap: settings.maximumGap, at: now)
    else { return nil }
    let failed = DriftComparison.incomplete(pair.local.isComplete, pair.broker.isComplete)
    guard failed.isEmpty else { return conclude(.failed(.fills, failed), at: now) }
    state.fillsAsOf = pair.asOf
    state.fills.receive(pair.local, at: now)
    state.fills.receive(pair.broker, at: now)
    let moving = inFlight.moving(since: pair.asOf, at: now)
    return conclude(state.fills.compare(tolerances: settings.tolerances, inFlight: moving), at: now)
  }

  /// Takes a report; nil when it was not compared.
  mutating func receive(_ report: AccountReport, at now: Instant) -> DriftNews? {
    let id = report.account
    guard accounts[id] != nil || accounts.count < settings.accountLimit,
      let asOf = accept(report, .cash, account: id, at: now),
      let pair = accounts[id, default: ReportPairs()]
        .receive(report, asOf: asOf, gap: settings.maximumGap, at: now)
    else { return nil }
    let comparison = DriftComparison.compare(
      local: pair.local,
      broker: pair.broker,
      tolerances: settings.tolerances,
      isInFlight: inFlight.moving(since: pair.asOf, at: now).isCash
    )
    return conclude(comparison, at: now)
  }

  /// Since when the content of a report may date; nil when it is refused.
  private mutating func accept(
    _ report: some BookReport,
    _ topic: BookTopic,
    account: String = "",
    at now: Instant
  ) -> Instant? {
    let answer = asker.receive(topic, report, at: now)
    if answer == .unasked { return nil }
    ages.receive(ReportAges.Channel(topic, account), report.book, at: now)
    if case .asked(let instant) = answer { return instant }
    return now
  }
}

/// What all reports about a book have in common.
protocol BookReport: Sendable {
  var book: Book { get }
  var isComplete: Bool { get }
  var answers: Instant? { get }
}

extension PositionReport: BookReport {}
extension OrderReport: BookReport {}
extension FillReport: BookReport {}
extension AccountReport: BookReport {}
