import Tocsin
import TocsinMonitors

/// What the graph of the program is set to.
struct DeskSettings: Sendable {
  /// The venues whose feeds are watched; all when there are none here.
  var venues: [String]
  /// The symbols that are waited for from the start, at each of the venues.
  var symbols: [String] = []
  /// The broker that is waited for from the start; nil for whichever sends heartbeats.
  var broker: String?
  var feedAge = Duration.seconds(185)
  var feedLag: Duration?
  var heartbeatAge = Duration.seconds(90)
  /// After how long without a comparison the books count as unreadable; nil for never.
  var reportAge: Duration?
  var hours = WatchHours.always
  /// Whether the money is real.
  var mode = TradingMode.live
  /// The currency of the account.
  var currency = "USD"
  /// Where trading days begin.
  var calendar = TradingCalendar.roundTheClock
}

/// The monitoring graph of the program: five monitors, eight triggers, and where their alerts go.
enum DeskGraph {
  /// The name of the outlet that events come in by.
  static let market = "market"
  static let sinkNames = ["log", "chat", "mail", "pager"]

  /// The sinks that an alert of a severity goes to, as the route of the graph has them.
  static func sinks(for severity: Severity) -> [String] {
    switch severity {
    case .info: ["log"]
    case .warning: ["log", "chat"]
    case .error: ["log", "chat", "mail"]
    case .critical: ["log", "chat", "pager"]
    }
  }

  static func make(_ settings: DeskSettings, sinks: [Outlet<Alert>] = named()) -> MonitorGraph {
    MonitorGraph("desk", sinks: sinks) { lane in
      let market = lane.input(Self.market, of: TradingEvent.self)
      let health = health(settings, watching: market, on: lane)
      let execution = ExecutionMonitor(on: lane, watching: market)
      let drift = DriftMonitor(
        on: lane,
        watching: market,
        maximumAge: settings.reportAge,
        during: settings.hours
      )
      let performance = performance(settings, watching: market, on: lane)
      let safety = safety(settings, watching: market, drift.findings, on: lane)
      let triggers = Triggers.standard(
        on: TriggerBoard(on: lane),
        performance: performance.snapshots,
        safety: safety,
        cooldown: .hours(8)
      )
      Merge(
        Merge(healthAlerts(health), stuckOrders(execution)).named("lasting")
          .escalate(after: .minutes(30), to: .critical).named("escalate.lasting"),
        endedOrders(execution),
        Tap(execution.findings).alert { $0.alert }.named("execution.findings.alerts"),
        Tap(execution.changes).alert { $0.alert }.named("execution.changes.alerts"),
        driftAlerts(drift),
        triggers
      )
      .named("alerts")
      .cooldown(.minutes(15)).named("cooldown")
      .escalate(.repeats(3, within: .hours(8)), to: .error).named("escalate.repeats")
      .route {
        On(.critical) {
          "log"; "chat"; "pager"
        }
        On(.error) {
          "log"; "chat"; "mail"
        }
        On(.warning) {
          "log"; "chat"
        }
        Otherwise { "log" }
      }
    }
  }

  static func named() -> [Outlet<Alert>] { sinkNames.map { Outlet($0) } }

  private static func health(
    _ settings: DeskSettings,
    watching market: Outlet<TradingEvent>,
    on lane: Lane
  ) -> HealthMonitor {
    HealthMonitor(on: lane, watching: market) {
      for venue in settings.venues.isEmpty ? [nil] : settings.venues.map(Optional.some) {
        Check.feed(
          venue,
          symbols: settings.symbols,
          maxAge: settings.feedAge,
          maxLag: settings.feedLag,
          during: settings.hours
        )
      }
      Check.broker(settings.broker, maxAge: settings.heartbeatAge, during: settings.hours)
    }
  }
}

// What watches the money.
extension DeskGraph {
  private static func performance(
    _ settings: DeskSettings,
    watching market: Outlet<TradingEvent>,
    on lane: Lane
  ) -> PerformanceMonitor {
    let money = PerformanceIntake.Settings(mode: settings.mode, currency: settings.currency)
    return PerformanceMonitor(
      on: lane,
      watching: market,
      reading: PerformanceIntake(money),
      calendar: settings.calendar
    )
  }

  private static func safety(
    _ settings: DeskSettings,
    watching market: Outlet<TradingEvent>,
    _ drift: Outlet<DriftFinding>,
    on lane: Lane
  ) -> SafetyMonitor {
    var watched = SafetySettings()
    watched.account = PerformanceKey(settings.mode)
    watched.link = settings.broker
    watched.linkAge = settings.heartbeatAge
    watched.linkHours = settings.hours
    return SafetyMonitor(
      on: lane,
      from: .absent,
      control: NothingToControl(),
      watching: market,
      drift: drift,
      settings: watched
    )
  }

  /// Recorded trading cannot be halted any more: the changes say what would have been.
  private struct NothingToControl: TradingControl {
    func command(_ mode: SafetyMode, because change: SafetyChange) {}
  }
}

// The chains, each erased to keep the graph's type short.
extension DeskGraph {
  private static func healthAlerts(_ health: HealthMonitor) -> Tap<some FlowPublisher<Alert>> {
    Tap(health.transitions)
      .debounce(.seconds(3), maxWait: .seconds(30)).named("health.debounce")
      .alert { $0.alert }.named("health.alerts")
  }

  private static func stuckOrders(_ monitor: ExecutionMonitor) -> Tap<some FlowPublisher<Alert>> {
    Tap(monitor.stuck).alert { $0.alert }.named("execution.stuck.alerts")
  }

  private static func endedOrders(_ monitor: ExecutionMonitor) -> Tap<some FlowPublisher<Alert>> {
    Tap(monitor.ended).compactMap(to: Alert.self) { $0.alert }.named("execution.ended.alerts")
  }

  private static func driftAlerts(_ drift: DriftMonitor) -> Tap<some FlowPublisher<Alert>> {
    Tap(drift.findings)
      .hold(for: .minutes(1)) { $0.phase == .firing }.named("drift.hold")
      .alert { signal in
        var alert = signal.value.alert
        alert.phase = signal.phase
        return alert
      }
      .named("drift.alerts")
  }
}
