public import Tocsin

/// Watches the health of a trading system: its feeds, its broker, its machine, and what else you
/// have a check for.
///
/// ```swift
/// let health = HealthMonitor(on: lane, watching: market) {
///   Check.feed("binance", maxAge: .seconds(5))
///   Check.broker("broker", maxAge: .seconds(90))
///   Check.disk(maxUsed: 0.9)
/// }
/// Tap(health.transitions).alert { $0.alert }.route { Otherwise { log } }
/// ```
///
/// Make it on its lane, in the build closure of a graph. It tells only changes, in the order in which
/// they happen; silences at exactly the last sign of life plus their limit. Feeds and heartbeats are
/// judged by the lane's time, live, virtual or recorded alike. Disk, memory and custom checks look
/// at the real world: they run only while ``runChecks(by:)`` does.
public actor HealthMonitor: LaneActor {
  /// The lane it lives on.
  public nonisolated let lane: Lane
  /// What it watches. Send events here when it was not given an outlet.
  public nonisolated let events: Outlet<TradingEvent>
  /// Every change of every component. A feed is named `venue/symbol`, its lateness `venue/symbol
  /// lag`.
  public nonisolated let transitions: Outlet<HealthTransition>
  /// The changes of feeds once more, with their ages.
  public nonisolated let findings: Outlet<FeedAge>

  let probes: [String: Probe]
  var ledger = CheckLedger()
  var running: [CheckRun: RunningCheck] = [:]
  private let board: HealthBoard

  /// Makes a monitor, on its lane.
  ///
  /// - Parameters:
  ///   - lane: The lane it lives on.
  ///   - name: The first part of the names of its outlets and of its steps; unique in a graph.
  ///   - market: What it watches.
  ///   - checks: What it looks after.
  public init(
    on lane: Lane,
    name: String = "health",
    watching market: Outlet<TradingEvent>? = nil,
    @CheckBuilder _ checks: () -> [Check]
  ) {
    let plan = HealthPlan(name, checks(), market ?? Outlet("\(name).events"), on: lane)
    self.lane = lane
    events = plan.events
    transitions = plan.transitions
    findings = plan.findings
    probes = plan.probes
    board = plan.board
    for (name, probe) in plan.probes.sorted(by: { $0.key < $1.key }) {
      ledger.add(name, probe.policy, at: lane.now)
    }
    lane.adopt(self)
  }

  /// How a component is; nil when nothing about it was told yet.
  public func status(of component: String) -> HealthStatus? { board.statuses[component] }

  /// The components of which something was told, each with its status.
  public var statuses: [String: HealthStatus] { board.statuses }

  /// How the whole is: the worst of what was told; healthy when nothing was.
  public var overall: HealthStatus { board.statuses.values.max() ?? .healthy }

  func tell(_ transition: HealthTransition) {
    board.statuses[transition.component] = transition.to
    transitions.send(transition)
  }
}
