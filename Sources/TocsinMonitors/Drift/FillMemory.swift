public import Tocsin

/// Remembers which fills each book has told of.
///
/// A fill report has the fills since some moment, and a fill does not say when it was booked. So
/// that a fill is missing can be concluded only when the other book's reports reach further back
/// than the fill: each book's coverage begins at the earliest `since` of its reports, as long as
/// each began before the one before it came, and a fill was booked after the latest `since` of the
/// reports that have it. Two books whose reports have one `since` are compared in full; ask one of
/// them further back when fills at that very moment are likely. A fill that has left both reports
/// stays what it was: out of the window is not gone. One that a book's report no longer has, though
/// it reaches back to it, was withdrawn there.
///
/// Bounded: when it is full, it forgets the fills that both books have, then refuses and counts.
public struct FillMemory: Hashable, Codable, Sendable {
  struct Sight: Hashable, Codable, Sendable {
    var fill: Fill
    /// It was booked at or after this.
    var since: Instant
  }

  struct Entry: Hashable, Codable, Sendable {
    var sights: [Book: Sight] = [:]
    var isSettled: Bool {
      sights[.local] != nil && sights[.local]?.fill.trade == sights[.broker]?.fill.trade
    }
  }

  struct Coverage: Hashable, Codable, Sendable {
    var since: Instant
    var reportedAt: Instant
  }

  /// How many fills are remembered at most.
  public let limit: Int
  /// Fills that were not taken because there were too many.
  public private(set) var refusedCount = 0
  private(set) var entries: [String: Entry] = [:]
  private(set) var coverage: [Book: Coverage] = [:]
  /// Ids with an impossible number, or twice with different trades, in the latest report of a book.
  private(set) var invalid: [Book: Set<String>] = [:]

  /// Makes an empty memory. A limit below 1 counts as 1.
  public init(limit: Int = 20_000) { self.limit = max(1, limit) }

  /// How many fills are remembered.
  public var count: Int { entries.count }

  /// Takes a complete report; one that is not complete changes nothing. O(fills remembered).
  public mutating func receive(_ report: FillReport, at now: Instant) {
    guard report.isComplete else { return }
    let fills = index(report)
    withdraw(report, fills)
    cover(report, at: now)
    makeRoom(for: fills)
    for (id, fill) in fills { note(id, fill, report) }
  }

  /// Forgets a fill, by hand; it is found again when a book still tells of it.
  mutating func forget(_ id: String) { entries[id] = nil }

  private mutating func index(_ report: FillReport) -> [String: Fill] {
    var fills: [String: Fill] = [:]
    var bad: Set<String> = []
    for fill in report.fills {
      let id = fill.driftItem.id
      if !fill.isPossible || fills[id].map({ $0.trade != fill.trade }) ?? false { bad.insert(id) }
      fills[id] = fill
    }
    invalid[report.book] = bad
    return fills
  }

  private mutating func withdraw(_ report: FillReport, _ fills: [String: Fill]) {
    for (id, entry) in entries where fills[id] == nil {
      guard let sight = entry.sights[report.book] else { continue }
      let isWithdrawn = sight.since >= report.since
      // It left the window before the other book reached back to it: nothing can be said any more.
      let isUnknowable = !isJudgeable(entry)
      guard isWithdrawn || isUnknowable else { continue }
      entries[id]?.sights[report.book] = nil
      if entries[id]?.sights.isEmpty == true { entries[id] = nil }
    }
  }

  /// Whether the books reach back far enough to say that a fill is in one of them only.
  func isJudgeable(_ entry: Entry) -> Bool {
    guard entry.sights.count == 1, let (book, sight) = entry.sights.first else { return true }
    return coverage[book.other].map { $0.since <= sight.since } ?? false
  }

  /// Whether a fill of a symbol, or of any when nil, is not the same in both books, whether it was
  /// told, waits, or cannot be judged: it may explain another difference. O(fills remembered).
  func mayExplain(_ symbol: String?) -> Bool {
    entries.values.contains { entry in
      guard !entry.isSettled else { return false }
      return symbol == nil || entry.sights.values.contains { $0.fill.symbol == symbol }
    }
  }

  private mutating func cover(_ report: FillReport, at now: Instant) {
    let known = coverage[report.book]
    let isConnected = known.map { report.since <= $0.reportedAt } ?? false
    let since = isConnected ? min(known?.since ?? report.since, report.since) : report.since
    coverage[report.book] = Coverage(since: since, reportedAt: now)
  }

  private mutating func makeRoom(for fills: [String: Fill]) {
    guard entries.count + fills.count > limit else { return }
    entries = entries.filter { fills[$0.key] != nil || !$0.value.isSettled }
  }

  private mutating func note(_ id: String, _ fill: Fill, _ report: FillReport) {
    guard entries[id] != nil || entries.count < limit else {
      refusedCount += 1
      return
    }
    let before = entries[id]?.sights[report.book]?.since ?? report.since
    let sight = Sight(fill: fill, since: max(before, report.since))
    entries[id, default: Entry()].sights[report.book] = sight
  }
}
