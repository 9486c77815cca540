import Tocsin

/// Pairs the reports of both books about one thing.
///
/// A pair are two reports, one of each book, at most the gap apart; each is paired once. A report
/// whose partner comes too late is replaced by the next of its book.
struct ReportPairs<Report: BookReport>: Sendable {
  /// A report, since when its content may date, and when it came.
  struct Entry: Sendable {
    var report: Report
    var asOf: Instant
    var instant: Instant
  }

  /// Two reports to compare, and since when the older content may date.
  struct Pair {
    var local: Report
    var broker: Report
    var asOf: Instant
  }

  private var waiting: [Book: Entry] = [:]

  mutating func receive(
    _ report: Report,
    asOf: Instant,
    gap: Duration,
    at now: Instant
  ) -> Pair? {
    let book = report.book
    guard let partner = waiting[book.other], partner.instant.duration(to: now) <= gap else {
      waiting[book] = Entry(report: report, asOf: asOf, instant: now)
      return nil
    }
    waiting = [:]
    let start = min(asOf, partner.asOf)
    return book == .local
      ? Pair(local: report, broker: partner.report, asOf: start)
      : Pair(local: partner.report, broker: report, asOf: start)
  }
}
