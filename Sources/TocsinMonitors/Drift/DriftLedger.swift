public import Tocsin

/// Remembers the differences between the books and tells only what changed.
///
/// A difference is told when it is new, when its tier or either side changed, and when it is gone.
/// The same comparison again tells nothing. What is new or changed is told once so many comparisons
/// in a row found it, each at least the spacing after the one before: the broker may have booked a
/// fill that we were not told of yet, and one report that comes twice is no second witness. Compare
/// again a few seconds after ``hasUnconfirmed`` became true, rather than at the next interval.
/// Failed queries and invalid reports are told at once.
///
/// A difference is gone only when its item was really compared: not when a query failed, a report
/// was invalid for the item, or something was on its way. O(findings + open differences).
public struct DriftLedger: Equatable, Codable, Sendable {
  struct Waiting: Hashable, Codable, Sendable {
    var count: Int
    /// When it was last found.
    var at: Instant
    /// When it was first found.
    var first: Instant
  }

  /// How many comparisons in a row must find what is new. Default: 2.
  public private(set) var confirmations: Int
  /// How far apart they must be at least. Default: 0.
  public private(set) var spacing: Duration
  /// The open differences.
  public private(set) var open: [DriftFinding.Key: DriftFinding] = [:]
  /// When each was last told: new, or as a change.
  public private(set) var toldAt: [DriftFinding.Key: Instant] = [:]
  /// How often items were left out because something was on its way, or a book did not reach far
  /// enough back.
  public private(set) var skippedCount = 0
  /// How often the books could not be compared because a query failed or was partial.
  public private(set) var failedCount = 0
  private var compared: [BookTopic: Instant] = [:]
  private var unconfirmed: [DriftFinding.Key: Waiting] = [:]
  private var changes: DriftHistory

  /// Makes a ledger without differences.
  ///
  /// - Parameters:
  ///   - confirmations: How many comparisons in a row must find what is new; 1 tells it at once.
  ///   - spacing: How far apart they must be; what comes sooner does not count.
  ///   - historyCapacity: How many changes are remembered.
  public init(
    confirmations: Int = 2,
    spacing: Duration = .zero,
    historyCapacity: Int = 1_000
  ) {
    self.confirmations = max(1, confirmations)
    self.spacing = spacing
    changes = DriftHistory(Recent(capacity: historyCapacity))
  }

  /// The latest changes, oldest first.
  public var history: Recent<Recorded<DriftFinding>> { changes.recent }

  /// The worst open difference; nil when there is none. Halt on critical.
  public var worst: DriftTier? { open.values.map(\.tier).max() }

  /// When anything was last compared; nil before the first time.
  public var comparedAt: Instant? { compared.values.max() }

  /// When a topic was last compared; nil before the first time.
  public func comparedAt(_ topic: BookTopic) -> Instant? { compared[topic] }

  /// True while something new or changed waits for another comparison to find it too.
  public var hasUnconfirmed: Bool { !unconfirmed.isEmpty }

  /// The same about one topic.
  public func hasUnconfirmed(_ topic: BookTopic) -> Bool {
    unconfirmed.keys.contains { $0.item.topic == topic }
  }

  /// Takes one comparison; gives what changed, sorted by item and kind.
  public mutating func receive(_ comparison: DriftComparison, at now: Instant) -> [DriftFinding] {
    count(comparison, at: now)
    let known = unconfirmed
    forgetUnconfirmed(comparison)
    let fresh = comparison.findings.filter { isTold($0, known[$0.key], at: now) }
    let news = (fresh + gone(in: comparison)).sorted { $0.key < $1.key }
    for change in news { note(change, at: now) }
    return news
  }

  /// Something happened that may explain what was found about an item: what was found before does
  /// not count, unless it has waited for so long.
  mutating func doubt(_ item: DriftItem, for limit: Duration, at now: Instant) {
    for (key, waiting) in unconfirmed where key.item == item {
      if waiting.first.duration(to: now) < limit { unconfirmed[key]?.count = 0 }
    }
  }

  /// Whether anything waits for another comparison to find it, too.
  var isConfirming: Bool { !unconfirmed.isEmpty }

  /// The items that wait for another comparison to find them, too.
  func unconfirmedItems(_ topic: BookTopic) -> Set<DriftItem> {
    Set(unconfirmed.keys.map(\.item).filter { $0.topic == topic })
  }

  /// Takes a finding that does not come from a comparison.
  mutating func note(_ finding: DriftFinding, at now: Instant) {
    let isOpen = finding.phase == .firing
    open[finding.key] = isOpen ? finding : nil
    toldAt[finding.key] = isOpen ? now : nil
    changes.recent.append(Recorded(finding, at: now))
  }

  /// What this ledger knows, under the settings of another.
  func with(_ settings: DriftLedger) -> DriftLedger {
    var ledger = self
    ledger.confirmations = settings.confirmations
    ledger.spacing = settings.spacing
    return ledger
  }

  private mutating func isTold(
    _ finding: DriftFinding,
    _ waiting: Waiting?,
    at now: Instant
  ) -> Bool {
    guard open[finding.key] != finding else {
      unconfirmed[finding.key] = nil
      return false
    }
    if let waiting, waiting.count > 0, waiting.at.duration(to: now) < spacing,
      !finding.kind.isAboutReports
    {
      return false
    }
    let count = (waiting?.count ?? 0) + 1
    let isConfirmed = count >= (finding.kind.isAboutReports ? 1 : confirmations)
    let first = waiting?.first ?? now
    unconfirmed[finding.key] = isConfirmed ? nil : Waiting(count: count, at: now, first: first)
    return isConfirmed
  }

  private mutating func forgetUnconfirmed(_ comparison: DriftComparison) {
    guard comparison.isComplete else { return }
    let present = Set(comparison.findings.map(\.key))
    let unknown = comparison.unknownItems
    unconfirmed = unconfirmed.filter { key, _ in
      present.contains(key) || key.item.topic != comparison.topic
        || unknown.contains(key.item.id)
    }
  }

  private mutating func count(_ comparison: DriftComparison, at now: Instant) {
    skippedCount += comparison.skipped.count
    failedCount += comparison.isComplete ? 0 : 1
    if comparison.isComplete { compared[comparison.topic] = now }
  }

  private func gone(in comparison: DriftComparison) -> [DriftFinding] {
    let present = Set(comparison.findings.map(\.key))
    let unknown = comparison.unknownItems
    return open.values
      .filter { comparison.isAbout($0) && !present.contains($0.key) && $0.kind != .notConverging }
      .filter {
        $0.kind.isAboutQuery || comparison.isComplete && !unknown.contains($0.item.id)
      }
      .map(\.resolved)
  }
}

extension DriftComparison {
  /// Whether an open difference is among what was compared.
  func isAbout(_ finding: DriftFinding) -> Bool {
    finding.topic == topic && finding.account == account
  }
}
