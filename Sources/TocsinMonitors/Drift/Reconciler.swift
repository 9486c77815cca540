import Tocsin

/// Decides which differences are to be reconciled, and sees whether that helps.
///
/// A minor difference is proposed once it is told, again with the same id when it is still there a
/// while later, and as another proposal when it became another difference. After as many tries as
/// are allowed, or when the item was reconciled and came back too often within the memory, no more
/// are made: the item is latched until it is reset by hand or its difference is truly gone. An item
/// has one proposal at a time, so proposals never pull in two directions. O(items in question).
public struct Reconciler: Hashable, Codable, Sendable {
  /// How long and how often it tries.
  public struct Limits: Hashable, Codable, Sendable {
    /// How often one difference is proposed before it counts as not converging. Default: 3.
    public var attempts = 3
    /// How often an item may be reconciled within ``memory`` before it counts so. Default: 10.
    public var recurrences = 10
    /// For how long tries and reconciliations are remembered. Default: 1 h.
    public var memory = Duration.seconds(3_600)
    /// After how long a proposal is made again; the gateway's answer should come before. Default:
    /// 30 s.
    public var retryAfter = Duration.seconds(30)
    /// How bad it is when something does not converge. Default: critical.
    public var tier = DriftTier.critical

    /// The defaults.
    public init() {}
  }

  /// A proposal that was made.
  struct Pending: Hashable, Codable, Sendable {
    var proposal: ReconciliationProposal
    var account: String
    var madeAt: Instant
    var result: ProposalOutcome.Result?
  }

  /// What was tried about an item.
  struct Trials: Hashable, Codable, Sendable {
    var attempts: [Instant] = []
    /// When it was last proposed, whatever came of that.
    var last: Instant?
    var settled: [Instant] = []
  }

  /// What a review brought about.
  struct Review {
    var proposals: [ReconciliationProposal] = []
    var findings: [DriftFinding] = []
  }

  /// How long and how often it tries.
  public internal(set) var limits: Limits
  /// What does not converge, and how its difference was when that became clear.
  public internal(set) var latched: [DriftItem: DriftFinding] = [:]
  /// Answers about proposals that are not open.
  public private(set) var unmatchedCount = 0
  var pending: [DriftItem: Pending] = [:]
  var trials: [DriftItem: Trials] = [:]
  var items: [String: DriftItem] = [:]
  var pruneAt = 1_024

  /// Makes a reconciler that tried nothing yet.
  public init(_ limits: Limits = Limits()) { self.limits = limits }

  /// The proposals that wait for an answer or for their effect, sorted by item.
  public var proposals: [ReconciliationProposal] {
    pending.values.map(\.proposal).sorted { $0.item < $1.item }
  }

  /// Looks at one item that was compared, and what is open about it: nothing when the books agree.
  /// Nothing is proposed while it is withheld.
  mutating func review(
    _ item: DriftItem,
    _ findings: [DriftFinding],
    isWithheld: Bool,
    at now: Instant,
    into review: inout Review
  ) {
    guard !findings.isEmpty else { return settle(item, at: now, into: &review) }
    guard latched[item] == nil else { return }
    let isMinor = findings.allSatisfy { $0.tier == .minor }
    guard isMinor, !isWithheld, let proposal = ReconciliationProposal(for: findings) else {
      return withdraw(item, .changed, into: &review)
    }
    propose(proposal, findings, at: now, into: &review)
  }

  /// Takes an answer; gives the proposal that was applied.
  mutating func receive(_ outcome: ProposalOutcome) -> ReconciliationProposal? {
    guard let item = items[outcome.id], let known = pending[item] else {
      unmatchedCount += 1
      return nil
    }
    pending[item]?.result = outcome.result
    return outcome.result == .applied ? known.proposal : nil
  }

  /// Withdraws what a step of an order overtakes: a fill that comes by itself is not booked again.
  mutating func receive(_ event: OrderEvent, into review: inout Review) {
    guard !pending.isEmpty else { return }
    overtake(DriftItem(.orders, event.order), into: &review)
    if let id = event.venueOrder { overtake(DriftItem(.orders, id), into: &review) }
    guard case .filled(_, _, let fill, _) = event.kind else { return }
    overtake(DriftItem(.fills, "\(event.order)/\(fill)"), into: &review)
    overtake(DriftItem(.positions, event.symbol), into: &review)
    for item in pending.keys.filter({ $0.topic == .cash }).sorted() {
      overtake(item, into: &review)
    }
  }

  /// The items of a comparison that it has to hear of though nothing is open about them.
  func items(of comparison: DriftComparison) -> [DriftItem] {
    let made = pending.filter {
      $0.key.topic == comparison.topic && $0.value.account == comparison.account
    }
    return made.keys + latched.values.filter { comparison.isAbout($0) }.map(\.item)
  }

  /// Withdraws what is proposed about an item, because a person has it now.
  mutating func release(_ item: DriftItem, into review: inout Review) {
    withdraw(item, .byHand, into: &review)
  }

  /// Forgets what was tried about an item, by hand.
  mutating func reset(_ item: DriftItem, into review: inout Review) {
    withdraw(item, .byHand, into: &review)
    trials[item] = nil
    if let finding = latched.removeValue(forKey: item) { review.findings.append(finding.resolved) }
  }
}
