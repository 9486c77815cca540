internal import Tocsin

/// Compares what came out with what is expected, and says how they differ.
struct Expectation<Expected, Actual> {
  /// Named in the message: a sink.
  var name: String?
  var expected: EventTimeline<Expected>
  var actual: EventTimeline<Actual>
  var script: RehearsalScript
  /// Both timelines drawn as marbles, where the expectation is.
  var drawings: [String] = []

  /// The text of the failure; nil when all is as expected.
  func failure(by matches: (Expected, Actual) -> Bool) -> String? {
    let what = name.map { "Sink \"\($0)\"" } ?? "The output"
    if !expected.mistakes.isEmpty {
      return "\(what): the expectation cannot be read.\n"
        + expected.mistakes.joined(separator: "\n")
    }
    if let difference = TimelineDiff(expected.moments, actual.moments, by: matches).text {
      let pictures = drawings.isEmpty ? "" : drawings.map { "\n  \($0)" }.joined() + "\n"
      return "\(what) is not as expected (- expected, + came):\n\(pictures)\n\(difference)\n\n"
        + "\(script)"
    }
    return tooShort.map { "\(what): \($0)\n\(script)" }
  }

  /// What is wrong when the expectation speaks of a time that the rehearsal has not seen.
  private var tooShort: String? {
    guard script.nextTimer != nil, let horizon = expected.horizon, horizon > script.end else {
      return nil
    }
    return "silence is expected until \(horizon.offsetText), and the rehearsal ended at "
      + "\(script.end.offsetText)."
  }
}
