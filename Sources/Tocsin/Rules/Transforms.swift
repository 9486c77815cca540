/// Lets through what a condition holds for.
@frozen
public struct Filter<Value>: Rule {
  @usableFromInline let isIncluded: (Value) -> Bool

  /// Makes a filter.
  @inlinable
  public init(_ isIncluded: @escaping (Value) -> Bool) { self.isIncluded = isIncluded }

  /// Passes what the condition holds for; drops the rest as filtered.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    isIncluded(input) ? .pass(input, .passed) : .drop(.filtered)
  }
}

/// Makes another value of each.
@frozen
public struct Transform<Input, Output>: Rule {
  @usableFromInline let transform: (Input) -> Output?

  /// Makes a transform. Nil drops the value as filtered.
  @inlinable
  public init(_ transform: @escaping (Input) -> Output?) { self.transform = transform }

  /// Passes what the closure makes; drops nil as filtered.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Input, at now: Instant) -> Verdict<Output> {
    if let output = transform(input) { .pass(output, .passed) } else { .drop(.filtered) }
  }
}
