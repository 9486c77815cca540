import Tocsin

/// What one comparison of the books changed.
struct DriftNews: Sendable {
  var findings: [DriftFinding]
}

/// Pairs the reports of both books, compares them and tells what changed.
///
/// A pair are two reports, one of each book, at most `maximumGap` apart; each report is compared
/// once. When no pair has come for `maximumAge`, the query of the book whose report is missing (or
/// older) counts as failed: a comparison that silently stops would look like books that agree.
struct DriftWatch: TimedRule, Sendable {
  struct Settings: Sendable {
    var tolerance = DriftTolerance()
    var confirmations = 2
    var guardTime = Duration.seconds(5)
    var maximumGap = Duration.seconds(10)
    var maximumAge: Duration?
    var hours = WatchHours.always
  }

  private let settings: Settings
  private var ledger: DriftLedger
  private var inFlight: InFlight
  private var reports: [Book: Recorded<PositionReport>] = [:]
  private var lastSeen: [Book: Instant] = [:]
  private var deadline = Instant.distantFuture

  /// Makes a rule that waits for the first pair from `start` on; from the first event on when nil.
  init(_ settings: Settings, from start: Instant?) {
    self.settings = settings
    ledger = DriftLedger(confirmations: settings.confirmations, historyCapacity: 1)
    inFlight = InFlight(guardTime: settings.guardTime)
    if let start { deadline = dueDate(after: start) }
  }

  var nextDeadline: Instant { deadline }

  mutating func receive(_ event: TradingEvent, at now: Instant) -> Verdict<DriftNews> {
    if deadline == .distantFuture { deadline = dueDate(after: now) }
    switch event {
    case .order(let order):
      inFlight.receive(order, at: now)
      return .drop(.filtered)
    case .positions(let report): return take(report, at: now)
    default: return .drop(.filtered)
    }
  }

  mutating func expire(at now: Instant) -> Due<DriftNews>? {
    guard deadline <= now else { return nil }
    let instant = deadline
    deadline = dueDate(after: instant)
    let changes = ledger.receive(missing(at: instant), at: instant)
    guard !changes.isEmpty else { return nil }
    return Due(DriftNews(findings: changes), at: instant, .absent, isMade: true)
  }

  /// Nothing: the end of the stream is no difference.
  mutating func finish(at now: Instant) -> Due<DriftNews>? { nil }

  private mutating func take(_ report: PositionReport, at now: Instant) -> Verdict<DriftNews> {
    lastSeen[report.book] = now
    let other: Book = report.book == .local ? .broker : .local
    guard let partner = reports[other], partner.instant.duration(to: now) <= settings.maximumGap
    else {
      reports[report.book] = Recorded(report, at: now)
      return .drop(.unmatched)
    }
    reports = [:]
    deadline = dueDate(after: now)
    let isLocal = report.book == .local
    return compare(isLocal ? report : partner.event, isLocal ? partner.event : report, at: now)
  }

  private mutating func compare(
    _ local: PositionReport,
    _ broker: PositionReport,
    at now: Instant
  ) -> Verdict<DriftNews> {
    let comparison = DriftComparison.compare(
      local: local,
      broker: broker,
      tolerance: settings.tolerance,
      inFlight: inFlight.symbols(at: now)
    )
    let changes = ledger.receive(comparison, at: now)
    guard !changes.isEmpty else { return .drop(.unchanged) }
    return .pass(DriftNews(findings: changes), .changed)
  }

  /// The comparison that could not be made.
  private func missing(at now: Instant) -> DriftComparison {
    func isMissing(_ book: Book) -> Bool {
      guard let maximum = settings.maximumAge, let last = lastSeen[book] else { return true }
      return last.duration(to: now) >= maximum
    }
    let books = Book.allCases.filter(isMissing)
    func report(_ book: Book) -> PositionReport {
      let isBad = books.contains(book) || books.isEmpty
      return PositionReport(book: book, positions: [], isComplete: !isBad)
    }
    return .compare(local: report(.local), broker: report(.broker))
  }

  private func dueDate(after instant: Instant) -> Instant {
    guard let maximum = settings.maximumAge else { return .distantFuture }
    let due = instant.advanced(by: maximum)
    let opening = settings.hours.nextOpening(due)
    return opening == due ? due : opening.advanced(by: maximum)
  }
}
