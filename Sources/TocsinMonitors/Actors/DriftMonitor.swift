public import Tocsin

/// Watches whether our book and the broker's agree: positions, live orders, fills and cash.
///
/// ```swift
/// let drift = DriftMonitor(on: lane, watching: market)
/// Tap(drift.findings).alert { $0.alert }.route { Otherwise { pager } }
/// Tap(drift.requests).each { gateway.answer($0) }
/// ```
///
/// Make it on its lane, in the build closure of a graph. While somebody listens to ``requests`` it
/// asks for reports as its schedule says, and a question without an answer is a failed query. While
/// nobody does, it compares every two reports, one of each book, that come within `maximumGap` of
/// each other. It leaves out what may be on its way, and tells only changes that `confirmations`
/// comparisons have found. Minor differences are of severity info and are proposed for
/// reconciliation, moderate ones are warnings, critical ones critical: halt trading on them.
public actor DriftMonitor: LaneActor {
  /// The lane it lives on.
  public nonisolated let lane: Lane
  /// What it watches. Send events here when it was not given an outlet.
  public nonisolated let events: Outlet<TradingEvent>
  /// Differences that are new, changed or gone, sorted by item within one comparison.
  public nonisolated let findings: Outlet<DriftFinding>
  /// Changes to our book that would end minor differences, and their withdrawals.
  public nonisolated let proposals: Outlet<ReconciliationProposal>
  /// What the gateway is asked to read; it answers with report events.
  public nonisolated let requests: Outlet<BookRequest>
  /// What became of proposals: the gateway sends here, from any thread.
  public nonisolated let outcomes: Outlet<ProposalOutcome>
  /// What people do: flag, clear, reset, check. From any thread.
  public nonisolated let commands: Outlet<DriftCommand>
  /// All that has to be saved, after each change of it.
  public nonisolated let states: Outlet<DriftState>

  private let board: DriftBoard

  /// Makes a monitor, on its lane.
  ///
  /// - Parameters:
  ///   - lane: The lane it lives on.
  ///   - name: The first part of the names of its outlets and of its steps; unique in a graph.
  ///   - market: What it watches.
  ///   - state: What a former monitor saved. What of it is open and critical is told once more at
  ///     the start: what halts trading on it may not know it any longer.
  ///   - tolerances: What counts as a difference, and how bad it is.
  ///   - schedule: When it asks for reports.
  ///   - limits: How long and how often it tries to reconcile.
  ///   - confirmations: How many comparisons in a row must find what is new.
  ///   - guardTime: For how long after a fill or another step the books may differ.
  ///   - maximumDeferral: For how long steps without a pause may keep something from being compared.
  ///   - maximumGap: How far apart two reports may be and still be compared.
  ///   - maximumAge: After how long without a comparison the books count as unreadable. Never when
  ///     nil; give it wherever reports come regularly and nobody listens to the requests.
  ///   - hours: When a missing comparison means something.
  public init(
    on lane: Lane,
    name: String = "drift",
    watching market: Outlet<TradingEvent>? = nil,
    restoring state: DriftState? = nil,
    tolerances: DriftTolerances = DriftTolerances(),
    schedule: DriftSchedule = DriftSchedule(),
    limits: Reconciler.Limits = Reconciler.Limits(),
    confirmations: Int = 2,
    guardTime: Duration = .seconds(5),
    maximumDeferral: Duration = .seconds(300),
    maximumGap: Duration = .seconds(10),
    maximumAge: Duration? = nil,
    during hours: WatchHours = .always
  ) {
    self.lane = lane
    let outlets = DriftOutlets(name, market)
    events = outlets.events
    findings = outlets.findings
    proposals = outlets.proposals
    requests = outlets.requests
    outcomes = outlets.outcomes
    commands = outlets.commands
    states = outlets.states
    let settings = DriftDesk.Settings(
      tolerances: tolerances,
      confirmations: confirmations,
      guardTime: guardTime,
      maximumDeferral: maximumDeferral,
      maximumGap: maximumGap,
      maximumAge: maximumAge,
      hours: hours,
      schedule: schedule,
      limits: limits,
      isHeard: { [requests = outlets.requests] in requests.subscriberCount > 0 }
    )
    let desk = DriftDesk(settings, restoring: state)
    let board = DriftBoard(desk.state)
    self.board = board
    outlets.connect(DriftWatch(desk, from: lane.isEventTime ? nil : lane.now), name, board)
    outlets.tellCritical(of: desk.state, on: lane)
    lane.adopt(self)
  }

  /// The open differences, sorted by item and kind.
  public var open: [DriftFinding] {
    board.state.ledger.open.values.sorted { $0.key < $1.key }
  }

  /// The worst open difference; nil when there is none. Halt trading on critical.
  public var worst: DriftTier? { board.state.ledger.worst }

  /// The latest changes, oldest first; 1,000 at most.
  public var history: Recent<Recorded<DriftFinding>> { board.state.ledger.history }

  /// The proposals that wait for an answer or for their effect, sorted by item.
  public var openProposals: [ReconciliationProposal] { board.state.reconciler.proposals }

  /// What people look after, sorted by item.
  public var flags: [DriftFlag] { board.state.flags.values.sorted { $0.item < $1.item } }

  /// All that has to be saved, as it is now.
  public var state: DriftState { board.state }
}
