public import Tocsin

/// How everything is at one instant.
public struct HealthReport: Hashable, Codable, Sendable {
  /// When it became so.
  public var instant: Instant
  /// The worst of the components; healthy without one. Maintenance does not better it.
  public var overall: HealthStatus
  /// The components of which something is known, sorted by name.
  public var components: [HealthComponent]

  /// Makes a report; the whole is the worst of the components.
  public init(at instant: Instant, _ components: [HealthComponent]) {
    self.instant = instant
    self.components = components
    overall = components.map(\.status).max() ?? .healthy
  }
}

/// How one component is.
public struct HealthComponent: Hashable, Codable, Sendable, KeyedEvent {
  /// Its name: `broker`, `disk /`, `BINANCE/BTCUSDT`.
  public var name: String
  /// How it is.
  public var status: HealthStatus
  /// Since when.
  public var since: Instant
  /// Why, in words for a person.
  public var reason: String
  /// The number behind it, where there is one.
  public var value: Double?
  /// Why nobody is told of it now; nil outside maintenance.
  public var mutedBecause: String?

  /// Makes a component.
  public init(
    name: String,
    status: HealthStatus,
    since: Instant,
    reason: String,
    value: Double? = nil,
    mutedBecause: String? = nil
  ) {
    self.name = name
    self.status = status
    self.since = since
    self.reason = reason
    self.value = value
    self.mutedBecause = mutedBecause
  }

  /// The name.
  public var key: String { name }
}
