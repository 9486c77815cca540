public import OpenCombine

/// Merges any number of taps into one; see ``Merged``.
///
/// ```swift
/// MergeAll(of: Alert.self) {
///   stale
///   for venue in venues { Tap(venue.alerts) }
/// }
/// ```
@inlinable
public func MergeAll<Output: Sendable>(
  of output: Output.Type,
  @MergeBuilder<Output> _ taps: () -> [MergeInput<Output>]
) -> Tap<Merged<Output>> {
  mergeTaps(taps().map(\.input), on: requiredLane("MergeAll"))
}

/// One input of ``MergeAll(of:_:)``.
public struct MergeInput<Output> {
  @usableFromInline let input: JoinInput<Output>

  @inlinable
  init(_ input: JoinInput<Output>) { self.input = input }
}

/// Collects taps of different chains and one output type.
@resultBuilder
public enum MergeBuilder<Output: Sendable> {
  @inlinable
  @inline(__always)
  public static func buildExpression<Upstream: FlowPublisher>(
    _ tap: Tap<Upstream>
  ) -> [MergeInput<Output>] where Upstream.Output == Output { [MergeInput(tap.input)] }

  public static func buildBlock(_ inputs: [MergeInput<Output>]...) -> [MergeInput<Output>] {
    inputs.flatMap { $0 }
  }
  public static func buildOptional(_ inputs: [MergeInput<Output>]?) -> [MergeInput<Output>] {
    inputs ?? []
  }
  public static func buildEither(first: [MergeInput<Output>]) -> [MergeInput<Output>] { first }
  public static func buildEither(second: [MergeInput<Output>]) -> [MergeInput<Output>] { second }
  public static func buildArray(_ inputs: [[MergeInput<Output>]]) -> [MergeInput<Output>] {
    inputs.flatMap { $0 }
  }
}

@usableFromInline
func requiredLane(_ what: String) -> Lane { Lane.required(what) }
