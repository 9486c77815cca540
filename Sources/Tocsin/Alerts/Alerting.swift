/// Whether a condition holds or has ended.
@frozen
public enum Phase: UInt8, Codable, Hashable, Sendable {
  /// The condition holds.
  case firing
  /// The condition held and has ended.
  case resolved
}

/// A value that belongs to a key: a symbol, a component, an order.
///
/// The time operators treat values of different keys as separate streams: a quiet `AAPL` never
/// delays a noisy `IBM`.
public protocol KeyedEvent<Key>: SendableMetatype {
  associatedtype Key: Hashable & Sendable
  /// What the value is about.
  var key: Key { get }
}

/// A value whose condition can end.
public protocol Phased {
  /// Whether the condition holds or has ended.
  var phase: Phase { get }
}

/// What the alert operators need to know of a value.
///
/// ``Alert`` conforms. Conform a type of your own (for instance one of 24 plain bytes) when a graph
/// has to carry millions of alerts a second.
public protocol Alerting: KeyedEvent, Phased, Sendable {
  /// How bad it is. Escalation raises it.
  var severity: Severity { get set }
  /// How many alerts this one stands for: 1, and 1 for every one held back before it.
  var occurrences: Int { get set }
}

extension Alerting {
  /// `firing`: the phase of an alert type that has no closing messages.
  @inlinable public var phase: Phase { .firing }
}
