public import Tocsin

/// Halts trading, keeps it halted until a person resets, and tells how safe the whole is.
///
/// ```swift
/// let safety = SafetyMonitor(on: lane, from: start, control: gate, watching: market)
/// Tap(safety.alerts).route { Otherwise { pager } }
/// ```
///
/// Make it on its lane, in the build closure of a graph, before whatever else taps the same outlets:
/// then the command comes before every notification of what caused it. In the turn in which a
/// verdict falls the order is: the ``TradingControl``, the history, the outlets, and what is saved.
/// Nothing outside the lane can delay the command.
///
/// A mode that is stricter than active is commanded at the start, active when ``SafetyCommand/begin``
/// comes, which ``keep(in:by:)`` says. On a lane in event time nothing is commanded at all: a replay
/// of yesterday must not touch today; the changes tell what would have been.
public actor SafetyMonitor: LaneActor {
  /// The lane it lives on.
  public nonisolated let lane: Lane
  /// What it watches. Send events here when it was not given an outlet.
  public nonisolated let events: Outlet<TradingEvent>
  /// What it may be told, from anywhere: halts, resets, confirmations.
  public nonisolated let commands: Outlet<SafetyCommand>
  /// Every change of the kill switch.
  public nonisolated let changes: Outlet<SafetyChange>
  /// Every change of the circuit breaker.
  public nonisolated let breakerChanges: Outlet<BreakerChange>
  /// Every change of the whole state, in order, none left out. The latency of the link is no change.
  public nonisolated let states: Outlet<SafetyState>
  /// Kill switch, control, store, refused resets and the first start, as alerts.
  public nonisolated let alerts: Outlet<Alert>

  nonisolated let records: Outlet<SavedSafety>
  private let desk: SafetyDesk

  /// Makes a monitor, on its lane.
  ///
  /// - Parameters:
  ///   - lane: The lane it lives on.
  ///   - name: The first part of the names of its outlets and of its steps; unique in a graph.
  ///   - start: What was saved by the run before: `await store.load()`, or `.absent`.
  ///   - control: What carries out its commands.
  ///   - market: What it watches.
  ///   - drift: Differences of the books. Those of tier critical halt trading.
  ///   - performance: Figures of the account; see ``SafetySettings/limits``.
  ///   - settings: What it watches, and its limits.
  public init(
    on lane: Lane,
    name: String = "safety",
    from start: SafetyStart,
    control: any TradingControl,
    watching market: Outlet<TradingEvent>? = nil,
    drift: Outlet<DriftFinding>? = nil,
    performance: Outlet<PerformanceSnapshot>? = nil,
    settings: SafetySettings = SafetySettings()
  ) {
    self.lane = lane
    let outlets = SafetyOutlets(name)
    let events = market ?? Outlet<TradingEvent>("\(name).events")
    let control = lane.isEventTime ? nil : control
    var settings = settings
    // Nobody gets a command of recorded time, so nobody can confirm it.
    if lane.isEventTime { settings.confirmWithin = nil }
    let desk = SafetyDesk(SafetyWatch(settings), outlets, control)
    desk.start(from: start, at: lane.isEventTime ? .epoch : lane.now)
    if !lane.isEventTime { desk.wait(from: lane.now) }
    _ = Merge(
      Tap(outlets.commands).map(to: SafetyInput.self) { .command($0) },
      Tap(drift ?? Outlet("\(name).drift")).map(to: SafetyInput.self) { .drift($0) },
      Tap(performance ?? Outlet("\(name).performance")).compactMap(to: SafetyInput.self) {
        [account = settings.account] in
        $0.key == account ? .performance(SafetyFigures($0)) : nil
      },
      Tap(events, selecting: SafetyInput.self) { [waiting = desk.waiting, settings] event in
        settings.concerns(event) || !waiting.hasBegun ? .event(event) : nil
      }
    )
    .timed(SafetyDesk.Decide(desk: desk), "safety").named("\(name).decide").each(desk.tell)
    let begun = Outlet<Bool>("\(name).start")
    _ = Tap(begun).each { _ in desk.open() }
    // In a turn of its own: the graph is complete then, and runs. One that is only checked or drawn
    // never gets there, and must command nothing.
    lane.execute { begun.send(true) }
    self.events = events
    commands = outlets.commands
    changes = outlets.changes
    breakerChanges = outlets.breakerChanges
    states = outlets.states
    alerts = outlets.alerts
    records = outlets.records
    self.desk = desk
    lane.adopt(self)
  }

  /// The state as it is now, with the newest latency.
  public var state: SafetyState { desk.watch.current(at: lane.now) }
  /// The last 1,000 states, oldest first.
  public var history: [SafetyState] { Array(desk.states) }
  /// The last 1,000 changes of the kill switch, oldest first.
  public var changeHistory: [SafetyChange] { Array(desk.changes) }
  /// How much of the permitted positions of a key is in use.
  public func use(of key: String) -> UseRatio { desk.watch.uses.ratio(of: key) }

  /// What is to be saved now.
  func record(isOpen: Bool) -> SavedSafety { desk.watch.record(isOpen: isOpen) }

  /// Halts trading. From anywhere; returns at once.
  public nonisolated func halt(by person: String, because reason: String) {
    commands.send(.halt(by: person, because: reason))
  }

  /// Makes the kill switch less strict, if nothing speaks against it. From anywhere; returns at once.
  public nonisolated func reset(_ reset: SafetyReset) { commands.send(.reset(reset)) }

  /// Trips the circuit breaker. From anywhere; returns at once.
  public nonisolated func trip(by person: String, because reason: String) {
    commands.send(.trip(by: person, because: reason))
  }
}
