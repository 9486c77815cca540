/// How a property failed. A smaller input counts only if it fails in the same way.
public enum PropertyFailureKind: Hashable, Sendable, CustomStringConvertible {
  /// It threw an error of this type.
  case threw(type: String)
  /// An expectation of Swift Testing inside it failed.
  case expectation
  /// It returned a text.
  case returnedText
  /// It returned false.
  case returnedFalse

  /// `it threw GraphError`, `an expectation failed`, `it returned false`.
  public var description: String {
    switch self {
    case .threw(let type): "it threw \(type)"
    case .expectation: "an expectation failed"
    case .returnedText: "it says"
    case .returnedFalse: "it returned false"
    }
  }
}

/// A property that does not hold, with the smallest input found that shows it.
public struct PropertyFailure<Value> {
  /// The seed of the stream that failed.
  public var seed: UInt64
  /// How many seeds were tried before it, and passed.
  public var passedSeeds: Int
  /// How many events the stream had.
  public var originalCount: Int
  /// The smallest stream found that fails in the same way.
  public var input: [Timed<Value>]
  /// How it failed.
  public var kind: PropertyFailureKind
  /// What the smallest stream gave, in words.
  public var message: String
  /// How many smaller candidates were tried.
  public var runs: Int
  /// False when the same stream passed, or failed in another way, when it was run again: then the
  /// property looks at something beside its input, and nothing was shrunk.
  public var isSteady: Bool
}

extension PropertyFailure: Sendable where Value: Sendable {}

extension PropertyFailure: CustomStringConvertible {
  /// Everything a reader needs: what failed, the input as a time line, and how to run it again.
  public var description: String {
    (heading + ["", shrinking] + timeline + ["", replay]).joined(separator: "\n")
  }

  private var heading: [String] {
    let passed = passedSeeds == 0 ? "" : ", after \(passedSeeds) that passed"
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.prefix(16).map { $0.isEmpty ? "" : "  \($0)" }
    let more = lines.count > 16 ? ["  … \(lines.count - 16) more lines"] : []
    let end = message.isEmpty ? "." : ":"
    let title = "The property does not hold for seed \(seed)\(passed): \(kind)\(end)"
    return [title] + shown + more
  }

  private var shrinking: String {
    guard isSteady else {
      return
        "Run again with the same input it did not fail in the same way. It depends on more than "
        + "its input (a clock, a global, an order of tasks), so the input was not shrunk:"
    }
    return
      "Input, shrunk from \(counted(originalCount)) to \(input.count) in \(runs) runs:"
  }

  private var timeline: [String] {
    if input.isEmpty { return ["  (no events)"] }
    let shown = input.prefix(40).map { ($0.offset.offsetText, valueText($0.value)) }
    let lines = alignedLines(shown.map { (left: $0.0, right: $0.1) }).map { "  \($0)" }
    return lines + (input.count > 40 ? ["  … \(counted(input.count - 40)) more"] : [])
  }

  private var replay: String { "Replay with  seeds: 1, startingAt: \(seed)" }
}

private func counted(_ events: Int) -> String { events == 1 ? "1 event" : "\(events) events" }
