/// What ``Rollup`` keeps of a summary that still grows, besides its sample. Without the sample, so that
/// it is moved as plain memory where its values are.
@frozen
@usableFromInline
internal struct GrowingSummary<Value> {
  @usableFromInline internal var first: Value
  @usableFromInline internal var last: Value
  @usableFromInline internal var worst: Severity?
  /// Whether the last value is in the sample, although it is not in its list.
  @usableFromInline internal var isLastKept = false
  @usableFromInline internal var count = 1
  @usableFromInline internal var start: Instant

  @inlinable
  internal init(_ value: Value, _ worst: Severity?, at instant: Instant) {
    (first, last) = (value, value)
    self.worst = worst
    start = instant
  }

  /// Adds a value. It is the last now; whether it is kept in the sample then is the caller's matter.
  @inlinable
  @inline(__always)
  internal mutating func add(_ value: Value, _ severity: Severity?, isKept: Bool) {
    last = value
    isLastKept = isKept
    count = count.addingSaturating(1)
    if let severity { worst = max(worst ?? severity, severity) }
  }
}

extension GrowingSummary {
  /// The same of other values.
  @inlinable
  internal func map<Other>(_ change: (Value) -> Other) -> GrowingSummary<Other> {
    var other = GrowingSummary<Other>(change(first), worst, at: start)
    other.last = change(last)
    (other.count, other.isLastKept) = (count, isLastKept)
    return other
  }
}

extension GrowingSummary: Equatable where Value: Equatable {}
extension GrowingSummary: Hashable where Value: Hashable {}
extension GrowingSummary: Sendable where Value: Sendable {}
extension GrowingSummary: Encodable where Value: Encodable {}
extension GrowingSummary: Decodable where Value: Decodable {}
