public import Tocsin

/// Watches the health of a trading system: its feeds, its broker, its orders and books, its machine,
/// and what else you have a check for.
///
/// ```swift
/// let health = HealthMonitor(on: lane, watching: market) {
///   Check.feed("BINANCE")
///   Check.broker("broker", maxAge: .seconds(90))
///   Check.orders()
///   Check.reconciliation()
///   Check.disk(maxUsed: 0.9)
///   Check.memory(maxUsed: 0.8)
/// }
/// Tap(health.transitions).alert { $0.alert }.route { Otherwise { log } }
/// ```
///
/// Make it on its lane, in the build closure of a graph. It tells only changes, in the order in which
/// they happen; silences at exactly the last sign of life plus their limit. What was told is told
/// back: nothing unhealthy goes away without a transition to healthy. Feeds, heartbeats, orders and
/// books are judged by the lane's time, live, virtual or recorded alike. Disk, memory and custom
/// checks look at the real world: they run only while ``runChecks(by:)`` does.
public actor HealthMonitor: LaneActor {
  /// The lane it lives on.
  public nonisolated let lane: Lane
  /// What it watches. Send events here when it was not given an outlet.
  public nonisolated let events: Outlet<TradingEvent>
  /// What the clients of feeds do with their connections. Send events here when it was not given an
  /// outlet; nothing has to come.
  public nonisolated let connections: Outlet<Connection>
  /// Every change of every component that is not muted. A feed is named `venue/symbol`, its lateness
  /// `venue/symbol lag`; a venue as a whole `venue link`, `venue lag`, `venue clock` and
  /// `venue reconnects`; then `orders`, `reconciliation`, `machine`, and the names of checks.
  public nonisolated let transitions: Outlet<HealthTransition>
  /// The changes of single streams once more, with their ages; muted ones too.
  public nonisolated let findings: Outlet<FeedAge>
  /// The changes of venues once more; muted ones too.
  public nonisolated let links: Outlet<LinkFinding>
  /// How everything is, after each change, muted ones too.
  public nonisolated let reports: Outlet<HealthReport>

  var probes: [String: Probe]
  var ledger = CheckLedger()
  var running: [CheckRun: RunningCheck] = [:]
  let board: HealthBoard
  private let signals: Outlet<FeedSignal>

  /// Makes a monitor, on its lane.
  ///
  /// - Parameters:
  ///   - lane: The lane it lives on.
  ///   - name: The first part of the names of its outlets and of its steps; unique in a graph.
  ///   - market: What it watches.
  ///   - connections: What the clients of feeds do with their connections.
  ///   - checks: What it looks after.
  public init(
    on lane: Lane,
    name: String = "health",
    watching market: Outlet<TradingEvent>? = nil,
    connections: Outlet<Connection>? = nil,
    @CheckBuilder _ checks: () -> [Check]
  ) {
    let events = market ?? Outlet("\(name).events")
    let links = connections ?? Outlet("\(name).connections")
    let plan = HealthPlan(name, checks(), events, links, on: lane)
    self.lane = lane
    self.events = events
    self.connections = links
    transitions = plan.board.transitions
    findings = plan.findings
    self.links = plan.links
    reports = plan.board.reports
    signals = plan.signals
    board = plan.board
    probes = Dictionary(plan.probes.map { ($0.name, $0) }) { first, _ in first }
    for probe in plan.probes { ledger.add(probe.name, probe.policy, at: lane.now) }
    lane.adopt(self)
  }

  /// How a component is; nil when nothing about it was told yet.
  public func status(of component: String) -> HealthStatus? { board.book.status(of: component) }

  /// The components of which something was told, each with its status.
  public var statuses: [String: HealthStatus] { board.book.statuses }

  /// How the whole is: the worst of what was told; healthy when nothing was. O(components).
  public var overall: HealthStatus { board.book.overall }

  /// The last 1,000 changes, oldest first; those that nobody was told say why.
  public var history: [Recorded<HealthTransition>] { Array(board.book.history) }

  /// How everything is now.
  public var report: HealthReport { board.book.report(at: lane.now) }

  /// How many ends of checks came after they were cut off; their outcomes were ignored.
  public var lateCount: Int { ledger.lateCount }
}

extension HealthMonitor {
  /// Tells nobody of a component for a while, or of all of a venue. Its state is kept up.
  ///
  /// The end of what was told before is told in any case, and what is wrong at the end of the
  /// maintenance is told then. A second call replaces the first.
  ///
  /// - Parameters:
  ///   - component: A component, or a venue.
  ///   - time: How long.
  ///   - reason: Why; stands in the history and in reports.
  public func mute(_ component: String, for time: Duration, because reason: String) {
    board.mute(component, until: lane.now.advanced(by: time), because: reason)
  }

  /// Ends a maintenance early.
  public func unmute(_ component: String) { board.unmute(component) }

  /// Watches a component no longer: a stream until its next tick, a check for good. What was told of
  /// it is told back.
  public func remove(_ component: String) {
    board.remove(component)
    probes[component] = nil
    ledger.remove(component)
    for (run, check) in running where run.component == component {
      check.task.cancel()
      running[run] = nil
    }
    guard let slash = component.firstIndex(of: "/") else { return }
    let symbol = component[component.index(after: slash)...]
    signals.send(.release(StreamKey(venue: String(component[..<slash]), symbol: String(symbol))))
  }
}
