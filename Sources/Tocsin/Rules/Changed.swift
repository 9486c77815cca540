/// Lets a value pass when it differs from the last one that passed.
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

  /// Lets a value pass that differs from the last that passed.
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

/// Lets a value pass when it differs from the last that passed in what counts.
///
///     input                        a1-a2-b2-b2-|
///     ChangedBy(same letter)       a1----b2----|
///
/// Reasons and ends are those of ``Changed``. Save and restore the rule by ``previous``. The type of
/// what is compared is not part of the rule's, so that chains stay quick to type-check.
///
/// - Complexity: O(1) time besides the comparison; memory of one value.
@frozen
public struct ChangedBy<Value>: Rule {
  /// The last value that passed: the whole state of the rule.
  public var previous: Value?
  @usableFromInline internal let isSame: @Sendable (Value, Value) -> Bool

  /// Makes a rule that compares values.
  ///
  /// - Parameter isSame: Whether two values that follow each other are the same in what counts.
  @inlinable
  public init(same isSame: @escaping @Sendable (Value, Value) -> Bool) {
    self.isSame = isSame
  }

  /// Makes a rule that compares what `property` gives.
  @inlinable
  public init<Property: Equatable & SendableMetatype>(
    _ property: @escaping @Sendable (Value) -> Property
  ) {
    isSame = { property($0) == property($1) }
  }

  /// Lets a value pass that differs from the last that passed.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    if let previous, isSame(previous, input) { return .drop(.unchanged) }
    let reason: Reason = previous == nil ? .first : .changed
    previous = input
    return .pass(input, reason)
  }
}

extension ChangedBy: Sendable where Value: Sendable {}

/// Whether two values are the same in one property. A stored one is read where it lies in the value,
/// because a key path takes much longer to follow.
@inlinable
internal func sameness<Value, Property: Equatable & SendableMetatype>(
  in property: any KeyPath<Value, Property> & Sendable
) -> @Sendable (Value, Value) -> Bool {
  guard let offset = MemoryLayout<Value>.offset(of: property) else {
    return { $0[keyPath: property] == $1[keyPath: property] }
  }
  return { left, right in
    withUnsafePointer(to: left) { left in
      withUnsafePointer(to: right) { right in
        stored(Property.self, left, offset) == stored(Property.self, right, offset)
      }
    }
  }
}

/// The stored property of a value at an offset that ``MemoryLayout/offset(of:)`` gave for it.
@inlinable
@inline(__always)
internal func stored<Value, Property>(
  _: Property.Type,
  _ value: UnsafePointer<Value>,
  _ offset: Int
) -> Property {
  (UnsafeRawPointer(value) + offset).assumingMemoryBound(to: Property.self).pointee
}
