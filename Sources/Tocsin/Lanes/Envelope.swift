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
