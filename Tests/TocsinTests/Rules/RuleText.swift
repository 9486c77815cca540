import Tocsin

/// A value that reads well in a line of a test.
protocol RuleText {
  var text: String { get }
}

extension Signal: RuleText {
  var text: String { "\(phase)(\(value)) since \(since.nanoseconds)" }
}

extension AbsenceSignal: RuleText {
  var text: String {
    "\(phase)(\(last.map { "\($0)" } ?? "none")) since \(since.nanoseconds)"
  }
}

extension WindowSummary: RuleText {
  var text: String {
    "\(content) [\(start.nanoseconds), \(end.nanoseconds)) n=\(count)" + (isComplete ? "" : " cut")
  }
}
