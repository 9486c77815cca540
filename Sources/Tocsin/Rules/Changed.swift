/// Lets a value pass when it differs from the one before it.
///
///     input     a-a-b-b-a-|
///     Changed   a---b---a-|
///
/// The first value passes (`first`), a different one passes (`changed`), an equal one is dropped
/// (`unchanged`). A value that is not equal to itself, such as a NaN, always passes. Nothing is
/// pending at the end of the stream.
///
/// - Complexity: O(1) time besides the comparison; memory of one value.
@frozen
public struct Changed<Value: Equatable>: Rule {
  /// The last value that passed.
  public var previous: Value?

  /// Makes the rule. The first value passes unless it equals `previous`.
  @inlinable
  public init(from previous: Value? = nil) {
    self.previous = previous
  }

  /// Lets a value pass that differs from the one before.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    if let previous, previous == input { return .drop(.unchanged) }
    let reason: Reason = previous == nil ? .first : .changed
    previous = input
    return .pass(input, reason)
  }
}

extension Changed: Sendable where Value: Sendable {}
extension Changed: Encodable where Value: Encodable {}
extension Changed: Decodable where Value: Decodable {}

/// Lets a value pass when one property of it differs from that of the value before it.
///
///     input                   a1-a2-b2-b2-|
///     ChangedBy(the letter)   a1----b2----|
///
/// Reasons and ends are those of ``Changed``. Save and restore the rule by ``previous``.
///
/// - Complexity: O(1) time besides the closure and the comparison; memory of one property.
@frozen
public struct ChangedBy<Value, Property: Equatable>: Rule {
  /// The property of the last value that passed: the whole state of the rule.
  public var previous: Property?
  @usableFromInline internal let property: @Sendable (Value) -> Property

  /// Makes a rule that compares what `property` gives.
  @inlinable
  public init(_ property: @escaping @Sendable (Value) -> Property) {
    self.property = property
  }

  /// Lets a value pass that differs from the one before.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    let current = property(input)
    if let previous, previous == current { return .drop(.unchanged) }
    let reason: Reason = previous == nil ? .first : .changed
    previous = current
    return .pass(input, reason)
  }
}

extension ChangedBy: Sendable where Property: Sendable {}
