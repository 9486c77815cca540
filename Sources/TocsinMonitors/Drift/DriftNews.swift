/// What one input, or the passing of time, brought about.
struct DriftNews: Sendable {
  var findings: [DriftFinding] = []
  var proposals: [ReconciliationProposal] = []
  var requests: [BookRequest] = []
  private var box: Boxed<DriftState>?

  init(
    findings: [DriftFinding] = [],
    proposals: [ReconciliationProposal] = [],
    requests: [BookRequest] = [],
    state: DriftState? = nil
  ) {
    (self.findings, self.proposals, self.requests) = (findings, proposals, requests)
    box = state.map { .value($0) }
  }

  /// All that is known now; nil when nothing of it changed.
  var state: DriftState? {
    get { box?.value }
    set { box = newValue.map { .value($0) } }
  }

  var isEmpty: Bool {
    findings.isEmpty && proposals.isEmpty && requests.isEmpty && box == nil
  }
}

extension DriftNews {
  mutating func add(_ other: DriftNews) {
    findings += other.findings
    proposals += other.proposals
    requests += other.requests
    state = other.state ?? state
  }
}

/// What a drift monitor takes in.
enum DriftInput: Sendable {
  /// An order's step or a report.
  case event(TradingEvent)
  /// Something else happened: only its instant counts.
  case other
  /// A gateway carried out a proposal, or did not.
  indirect case outcome(ProposalOutcome)
  /// A person did something.
  indirect case command(DriftCommand)

  /// An event; nil when it says nothing about the books.
  init?(_ event: TradingEvent) {
    switch event {
    case .order, .positions, .orders, .fills, .account: self = .event(event)
    default: return nil
    }
  }
}
