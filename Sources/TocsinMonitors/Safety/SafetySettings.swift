import Tocsin

import Tocsin

/// What a ``SafetyMonitor`` watches, and its limits.
public struct SafetySettings: Sendable {
  /// Data without which nothing may be decided. Default: none.
  public var required: [RequiredData] = []
  /// Limits of figures. Default: none.
  public var limits: [SafetyLimit] = []
  /// Whose performance the limits and the breaker look at; that of others is not looked at. Default:
  /// the whole live account.
  public var account = PerformanceKey(.live)
  /// When the circuit breaker trips, and how it recovers.
  public var breaker = BreakerSettings()
  /// The component whose heartbeats are the API link; nil: no link is watched. Default: `broker`.
  public var link: String? = "broker"
  /// After how long without a heartbeat the link counts as disconnected. Default: 90 s.
  public var linkAge = Duration.seconds(90)
  /// When a missing heartbeat means something. Default: always.
  public var linkHours = WatchHours.always
  /// Calls that take longer are slow. Default: 1 s.
  public var linkLatency = Duration.seconds(1)
  /// A utilisation of more than this is degraded. Default: 0.8.
  public var useLimit = 0.8
  /// It is until it is at or below this. Default: 0.75.
  public var useEnd = 0.75
  /// Whether the utilisation of the whole is unknown, and so degraded, before the first report.
  /// Default: false, for a system that reports none.
  public var expectsUse = false
  /// Within what time a command has to be confirmed; nil: it may take for ever. Default: 5 s.
  public var confirmWithin: Duration? = .seconds(5)
  /// What a differing book of tier critical demands. Default: ``SafetyMode/halted``.
  public var onCriticalDrift = SafetyMode.halted
  /// What is demanded when the last run did not end in an orderly way, because its newest change may
  /// not have been saved. Default: ``SafetyMode/halted``.
  public var afterUncleanStop = SafetyMode.halted

  /// Makes settings with the defaults.
  public init() {}

  /// Whether an event may mean something. Most ticks do not, and go no further.
  func concerns(_ event: TradingEvent) -> Bool {
    switch event {
    case .heartbeat, .order: true
    default: !required.isEmpty && required.contains { $0.matches(event) }
    }
  }
}
