/// What every event carries on its way through a graph: when it came in, and where its trail is.
///
/// The lane keeps the stamp of the event at hand beside the event, not inside it: no event type has
/// to know of it, and stock OpenCombine operators between ours do not lose it. Edges and operators
/// that hold an event keep its stamp in an ``Envelope``.
@frozen
public struct Stamp: Hashable, Sendable {
  /// When the event entered the first lane.
  public var ingested: Instant
  /// When it was sent on last: by a feed, an operator or a timer.
  public var sent: Instant
  /// The number of the event on the lane it entered, modulo 2^32.
  public var sequence: UInt32
  /// The newest step of the event in the lane's trail; zero when no step is recorded.
  @usableFromInline var trail: UInt32

  /// Makes the stamp of an event that enters at `ingested`.
  @inlinable
  @inline(__always)
  public init(ingested: Instant, sequence: UInt32) {
    self.ingested = ingested
    sent = ingested
    self.sequence = sequence
    trail = 0
  }
}

/// A value with its stamp: what waits in edges and in operators that hold.
@frozen
public struct Envelope<Value> {
  /// The event.
  public var value: Value
  /// When it came in, and its trail.
  public var stamp: Stamp

  /// Puts a value and its stamp together.
  @inlinable
  @inline(__always)
  public init(_ value: Value, _ stamp: Stamp) {
    self.value = value
    self.stamp = stamp
  }
}

extension Envelope: Sendable where Value: Sendable {}
extension Envelope: Equatable where Value: Equatable {}
extension Envelope: Hashable where Value: Hashable {}

extension Envelope: KeyedEvent where Value: KeyedEvent {
  /// The value's key.
  @inlinable public var key: Value.Key { value.key }
}

extension Envelope: Phased where Value: Phased {
  /// The value's phase.
  @inlinable public var phase: Phase { value.phase }
}

extension Envelope: Alerting where Value: Alerting {
  /// The value's severity.
  @inlinable public var severity: Severity {
    get { value.severity }
    set { value.severity = newValue }
  }
  /// How many alerts the value stands for.
  @inlinable public var occurrences: Int {
    get { value.occurrences }
    set { value.occurrences = newValue }
  }
}
