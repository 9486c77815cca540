import Tocsin

/// The ways in and out of a drift monitor.
struct DriftOutlets {
  let events: Outlet<TradingEvent>
  let findings: Outlet<DriftFinding>
  let proposals: Outlet<ReconciliationProposal>
  let requests: Outlet<BookRequest>
  let outcomes: Outlet<ProposalOutcome>
  let commands: Outlet<DriftCommand>
  let states: Outlet<DriftState>

  init(_ name: String, _ market: Outlet<TradingEvent>?) {
    events = market ?? Outlet("\(name).events")
    findings = Outlet("\(name).findings")
    proposals = Outlet("\(name).proposals")
    requests = Outlet("\(name).requests")
    outcomes = Outlet("\(name).outcomes")
    commands = Outlet("\(name).commands")
    states = Outlet("\(name).states")
  }

  /// Connects the ways in with the rule, and the rule with the ways out.
  func connect(_ rule: DriftWatch, _ name: String, _ board: DriftBoard) {
    let opening = rule.opening
    let market = Tap(events, selecting: DriftInput.self) { event in
      opening.heard(DriftInput(event)).map { $0 ?? .other }
    }
    let answers = Tap(outcomes).map(to: DriftInput.self) { .outcome($0) }
    let orders = Tap(commands).map(to: DriftInput.self) { .command($0) }
    let inputs = Merge(
      market.named("\(name).market"),
      answers.named("\(name).answers"),
      orders.named("\(name).orders")
    )
    _ = inputs.named("\(name).inputs").timed(rule, "compare").named("\(name).compare")
      .each { tell($0, board) }
  }

  /// Tells what a run before left open and critical, once the graph is complete: what halts trading
  /// remembers no differences over a restart.
  func tellCritical(of state: DriftState, on lane: Lane) {
    let left = state.ledger.open.values.filter { $0.tier == .critical }.sorted { $0.key < $1.key }
    guard !left.isEmpty else { return }
    lane.execute { [findings] in findings.send(contentsOf: left) }
  }

  /// Findings first: what halts trading waits for nothing.
  private func tell(_ news: DriftNews, _ board: DriftBoard) {
    if let state = news.state { board.state = state }
    if !news.findings.isEmpty { findings.send(contentsOf: news.findings) }
    if !news.proposals.isEmpty { proposals.send(contentsOf: news.proposals) }
    if !news.requests.isEmpty { requests.send(contentsOf: news.requests) }
    if let state = news.state { states.send(state) }
  }
}

/// What a drift monitor knows. Of one lane.
final class DriftBoard {
  var state: DriftState

  init(_ state: DriftState) { self.state = state }
}
