/// What is known of the values of a summary, while it grows and when it is given. Without the sample but
/// for its ends, so that it is moved as plain memory where its values are.
@frozen
@usableFromInline
internal struct RolledUpFacts<Value> {
  @usableFromInline internal var first: Value
  @usableFromInline internal var last: Value
  @usableFromInline internal var worst: Severity?
  /// Whether the last value is in the sample, when it is not the first.
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

extension RolledUpFacts {
  /// The same of other values.
  @inlinable
  internal func map<Other>(_ change: (Value) -> Other) -> RolledUpFacts<Other> {
    var other = RolledUpFacts<Other>(change(first), worst, at: start)
    other.last = change(last)
    (other.count, other.isLastKept) = (count, isLastKept)
    return other
  }
}

extension RolledUpFacts: Equatable where Value: Equatable {}
extension RolledUpFacts: Hashable where Value: Hashable {}
extension RolledUpFacts: Sendable where Value: Sendable {}
extension RolledUpFacts: Encodable where Value: Encodable {}
extension RolledUpFacts: Decodable where Value: Decodable {}
