/// How fast a number has changed up to a value.
@frozen
public struct Rate<Value> {
  /// The value at the end of the span.
  public var value: Value
  /// The number of the value, less the number at the beginning of the span.
  public var change: Double
  /// The change for each unit of time. Infinite when it cannot be written.
  public var rate: Double
  /// From the beginning of the span to the value. Longer than zero.
  public var span: Duration

  /// Makes a rate.
  @inlinable
  public init(_ value: Value, change: Double, rate: Double, span: Duration) {
    self.value = value
    self.change = change
    self.rate = rate
    self.span = span
  }
}

extension Rate: KeyedEvent where Value: KeyedEvent {
  /// The value's key.
  @inlinable public var key: Value.Key { value.key }
}

extension Rate: Carrier where Value: Carrier {
  /// The rate in an envelope, with the stamp of its value.
  @inlinable
  public consuming func unpacked(orStampedAs fallback: Stamp) -> Envelope<Rate<Value.Plain>> {
    let inner = value.unpacked(orStampedAs: fallback)
    let rate = Rate<Value.Plain>(inner.value, change: change, rate: rate, span: span)
    return Envelope(rate, inner.stamp)
  }
}

extension Rate: Sendable where Value: Sendable {}
extension Rate: Equatable where Value: Equatable {}
extension Rate: Hashable where Value: Hashable {}
extension Rate: Encodable where Value: Encodable {}
extension Rate: Decodable where Value: Decodable {}
