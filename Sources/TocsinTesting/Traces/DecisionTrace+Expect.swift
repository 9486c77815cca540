public import Testing
internal import Tocsin

extension DecisionTrace {
  /// Expects these steps on the way, in this order.
  ///
  /// A step in which the event spent time has to be named, so that no wait goes unseen; those that
  /// took no time may be left out. A failure is one issue at the caller's line, with the difference
  /// line by line: `-` is expected and was not, `+` was and is not expected.
  public func expect(
    sourceLocation: SourceLocation = #_sourceLocation,
    @StepsBuilder _ steps: () -> [Step]
  ) {
    guard let text = difference(from: steps()) else { return }
    Issue.record("\(text)", sourceLocation: sourceLocation)
  }

  /// What is different from expected steps, in words; nil when nothing is. As ``expect``, without
  /// Swift Testing.
  public func difference(from expected: [Step]) -> String? {
    let lines = StepDiff(expected, steps).lines
    guard lines.contains(where: { $0.sign != " " }) else { return nil }
    let cut = isCut ? "\n  (Older steps were overwritten: give the graph more trailBits.)" : ""
    return "The trace of \(alert), decided at \(decided.offsetText), is not as expected:\n"
      + lines.map { "  \($0.sign) \($0.text)" }.joined(separator: "\n") + cut
  }
}

/// Expected and actual steps, line by line.
private struct StepDiff {
  private(set) var lines: [(sign: Character, text: String)] = []
  private var rest: ArraySlice<TraceStep>

  init(_ expected: [Step], _ actual: [TraceStep]) {
    rest = actual[...]
    for step in expected { take(step) }
    for step in rest { pass(step) }
  }

  private mutating func take(_ step: Step) {
    guard let place = rest.firstIndex(where: { $0.isNamed(step.name) }) else {
      return lines.append(("-", "\(step)"))
    }
    for between in rest[..<place] { pass(between) }
    let found = rest[place]
    rest = rest[(place + 1)...]
    if step.matches(found) { return lines.append((" ", found.words)) }
    lines.append(("-", "\(step)"))
    lines.append(("+", found.words))
  }

  /// A step that was not expected.
  private mutating func pass(_ step: TraceStep) {
    lines.append((step.took > .zero ? "+" : " ", step.words))
  }
}

extension TraceStep {
  /// `quotes/debounce  3s  (quiet)`.
  fileprivate var words: String {
    let links = linkCount > 0 ? "  \(linkWords(linkCount))" : ""
    return "\(id)  \(took.offsetText)  (\(reason))\(links)"
  }
}

extension DecisionTrace: CustomStringConvertible {
  /// The alert and the steps, as a tree of two levels.
  public var description: String {
    let way = steps.map { "\n  \($0.words)" }.joined()
    return "\(alert)  \(took.offsetText)  at \(decided.offsetText)" + way
  }
}
