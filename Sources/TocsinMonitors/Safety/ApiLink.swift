public import Tocsin

/// The link to the broker.
public struct ApiLink: Hashable, Codable, Sendable {
  /// How a link is.
  public enum Status: String, CaseIterable, Hashable, Codable, Sendable {
    /// The first sign of life has not come yet.
    case waiting
    case connected
    /// It answers, but slowly.
    case degraded
    /// It has not answered for too long.
    case disconnected
  }

  /// The component, as in ``Heartbeat/source``.
  public var source: String
  /// How it is.
  public var status: Status
  /// How long the last call took; nil when none was measured.
  public var latency: Duration?
  /// Since when it is so; nil while it waits.
  public var since: Instant?
  /// Why, in words for a person.
  public var reason: String

  /// Makes a link that waits for its first sign of life.
  public init(source: String) {
    self.source = source
    status = .waiting
    reason = "no heartbeat yet"
  }

  /// Whether it is the same but for the latency.
  func isSame(as other: ApiLink) -> Bool {
    status == other.status && since == other.since && reason == other.reason
  }
}

/// Watches one link by its heartbeats; see ``HeartbeatAge``.
struct LinkWatch: Sendable {
  private(set) var link: ApiLink
  private var age: WithinHours<HeartbeatAge>

  init(_ source: String, _ age: HeartbeatAge, during hours: WatchHours = .always) {
    link = ApiLink(source: source)
    self.age = WithinHours(age, during: hours, grace: age.maximumAge)
  }

  var nextDeadline: Instant { age.nextDeadline }

  mutating func begin(at now: Instant) { age.change { $0.expect(link.source, at: now) } }

  /// True when the status changed.
  mutating func receive(_ heartbeat: Heartbeat, at now: Instant) -> Bool {
    guard heartbeat.source == link.source else { return false }
    if let latency = heartbeat.latency { link.latency = latency }
    let change = age.receive(heartbeat, at: now).output
    let status = Self.status(age.base.status(of: link.source))
    guard status != link.status else { return false }
    become(status, change?.reason ?? "it answers", at: now)
    return true
  }

  /// True when the status changed.
  mutating func expire(at now: Instant) -> Bool {
    guard let due = age.expire(at: now) else { return false }
    become(.disconnected, due.output.reason, at: due.instant)
    return true
  }

  private mutating func become(_ status: ApiLink.Status, _ reason: String, at now: Instant) {
    link.status = status
    link.since = now
    link.reason = reason
  }

  private static func status(_ health: HealthStatus) -> ApiLink.Status {
    switch health {
    case .healthy: .connected
    case .degraded: .degraded
    case .unhealthy: .disconnected
    }
  }
}
