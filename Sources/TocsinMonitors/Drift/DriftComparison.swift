/// What a comparison of the two books found.
public struct DriftComparison: Hashable, Codable, Sendable {
  /// What was compared.
  public var topic: BookTopic
  /// The account, where the cash of one that has a name was compared; else empty.
  public var account: String
  /// The differences, in the order of their items, then of their kinds.
  public var findings: [DriftFinding]
  /// The ids of items that were left out because something may be on its way, sorted.
  public var skipped: [String]
  /// How many items were compared.
  public var comparedCount: Int
  /// False when a query failed or was partial: then nothing was compared, and nothing may be
  /// concluded from a difference that is not there.
  public var isComplete: Bool

  /// Makes a comparison.
  public init(
    _ topic: BookTopic = .positions,
    account: String = "",
    findings: [DriftFinding],
    skipped: [String] = [],
    comparedCount: Int = 0,
    isComplete: Bool = true
  ) {
    self.topic = topic
    self.account = account
    self.findings = findings
    self.skipped = skipped
    self.comparedCount = comparedCount
    self.isComplete = isComplete
  }

  /// True when the books were compared in full and agree.
  public var isClean: Bool { isComplete && findings.isEmpty && skipped.isEmpty }

  /// The ids of items of which nothing may be concluded: left out, or not comparable.
  var unknownItems: Set<String> {
    let invalid = findings.filter { $0.kind == .invalidReport }.map(\.item.id)
    return Set(skipped).union(invalid)
  }
}

extension DriftComparison {
  /// The comparison of books of which at least one could not be read: nothing but that.
  ///
  /// - Parameters:
  ///   - topic: What could not be compared.
  ///   - account: The account, for cash.
  ///   - books: Whose query failed.
  /// - Returns: A comparison that is not complete, with a finding for each of the books.
  public static func failed(
    _ topic: BookTopic,
    account: String = "",
    _ books: Set<Book>
  ) -> DriftComparison {
    let kinds: [(Book, DriftFinding.Kind)] = [
      (.broker, .brokerQueryFailed), (.local, .localQueryFailed),
    ]
    let findings = kinds.filter { books.contains($0.0) }.map { _, kind in
      DriftFinding(DriftItem(topic, account), account: account, kind: kind, tier: .moderate)
    }
    return DriftComparison(topic, account: account, findings: findings, isComplete: false)
  }

  /// The books whose report is not complete.
  static func incomplete(_ local: Bool, _ broker: Bool) -> Set<Book> {
    Set((local ? [] : [.local]) + (broker ? [] : [.broker]))
  }
}
