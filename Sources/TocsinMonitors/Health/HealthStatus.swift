public import Tocsin

/// How a component is. `healthy < degraded < unhealthy`.
public enum HealthStatus: String, CaseIterable, Hashable, Codable, Sendable, Comparable {
  /// As it should be.
  case healthy
  /// It works, but not as it should; or it failed less often than counts as broken.
  case degraded
  /// It does not work, or nobody can tell.
  case unhealthy

  private var rank: Int {
    switch self {
    case .healthy: 0
    case .degraded: 1
    case .unhealthy: 2
    }
  }

  public static func < (left: HealthStatus, right: HealthStatus) -> Bool {
    left.rank < right.rank
  }

  /// The severity of an alert about it: info, warning, error.
  public var severity: Severity {
    switch self {
    case .healthy: .info
    case .degraded: .warning
    case .unhealthy: .error
    }
  }
}

/// A component changed from one status to another.
public struct HealthTransition: Hashable, Codable, Sendable, KeyedEvent, Phased {
  /// The component: `broker`, `disk`, or a name of the user's.
  public var component: String
  /// What it was. A component counts as healthy before its first check.
  public var from: HealthStatus
  /// What it is now.
  public var to: HealthStatus
  /// Why, in words for a person.
  public var reason: String
  /// The number behind it, where there is one: a latency in seconds, a fraction in use.
  public var value: Double?
  /// Why nobody is told: the reason of the maintenance it happened in. Nil for what is told.
  public var mutedBecause: String?

  /// Makes a transition.
  public init(
    component: String,
    from: HealthStatus,
    to: HealthStatus,
    reason: String,
    value: Double? = nil,
    mutedBecause: String? = nil
  ) {
    self.component = component
    self.from = from
    self.to = to
    self.reason = reason
    self.value = value
    self.mutedBecause = mutedBecause
  }

  /// The component.
  public var key: String { component }
  /// Resolved when it became healthy, firing otherwise.
  public var phase: Phase { to == .healthy ? .resolved : .firing }

  /// The same as an alert: `health.changed`, about the component.
  public var alert: Alert {
    Alert(
      "health.changed",
      max(from, to).severity,
      subject: component,
      message: "\(component) went from \(from.rawValue) to \(to.rawValue): \(reason).",
      value: value,
      phase: phase
    )
  }
}
