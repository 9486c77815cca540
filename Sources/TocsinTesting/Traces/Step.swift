public import Tocsin

/// A step that is expected on the way of an event, in ``DecisionTrace/expect(sourceLocation:_:)``.
public struct Step: Hashable, Sendable, CustomStringConvertible {
  let name: String
  let took: Duration?
  let reason: Reason?
  let linkCount: Int?

  /// Expects a step.
  ///
  /// - Parameters:
  ///   - name: The id of the step, or the last part of it: `debounce`.
  ///   - took: How long the event was there, to the nanosecond; any time when not given.
  ///   - reason: Why it waited, or went on; any reason when not given.
  ///   - links: How many other events flowed into the step; any number when not given.
  public init(
    _ name: String,
    took: Duration? = nil,
    reason: Reason? = nil,
    links: Int? = nil
  ) {
    (self.name, self.took, self.reason, linkCount) = (name, took, reason, links)
  }

  /// `debounce  3s  (quiet)`, without what does not matter.
  public var description: String {
    let parts: [String?] = [
      name, took?.offsetText, reason.map { "(\($0))" }, linkCount.map(linkWords),
    ]
    return parts.compactMap { $0 }.joined(separator: "  ")
  }

  func matches(_ step: TraceStep) -> Bool {
    step.isNamed(name) && took ?? step.took == step.took
      && reason?.description ?? step.reason == step.reason
      && linkCount ?? step.linkCount == step.linkCount
  }
}

/// Collects expected steps.
@resultBuilder
public enum StepsBuilder {
  public static func buildExpression(_ step: Step) -> [Step] { [step] }
  public static func buildBlock(_ steps: [Step]...) -> [Step] { steps.flatMap { $0 } }
  public static func buildOptional(_ steps: [Step]?) -> [Step] { steps ?? [] }
  public static func buildEither(first: [Step]) -> [Step] { first }
  public static func buildEither(second: [Step]) -> [Step] { second }
  public static func buildArray(_ steps: [[Step]]) -> [Step] { steps.flatMap { $0 } }
}

/// `with 1 link`, `with 3 links`.
func linkWords(_ count: Int) -> String { "with \(count) \(count == 1 ? "link" : "links")" }
