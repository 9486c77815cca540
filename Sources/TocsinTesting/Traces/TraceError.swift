internal import Tocsin

/// A question to traces that they have no answer to.
public enum TraceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No decision was made about this alert; nil: about none at all.
  case noDecision(alert: String?, known: [String])
  /// There were fewer decisions about the alert.
  case noSuchNumber(alert: String, number: Int, count: Int)
  /// No decision went through such a step, or through both of two.
  case unknownStep(String, known: [String])

  /// What was asked, and what is there.
  public var description: String {
    switch self {
    case .noDecision(let alert, let known): noDecision(alert, distinct(known))
    case .noSuchNumber(let alert, let number, let count):
      "There is no decision number \(number) about \(alert): there are \(count), counted from 1."
    case .unknownStep(let name, let known): unknownStep(name, distinct(known))
    }
  }

  private func noDecision(_ alert: String?, _ known: [String]) -> String {
    guard !known.isEmpty else {
      return "No decision was traced. Did an alert reach a route, and does the graph run with this "
        + "tracer?"
    }
    return "No decision was made about \(alert ?? "an alert"). Decisions were made about: "
      + known.joined(separator: ", ") + "."
      + suggestion(alert, known.map { String($0.prefix { $0 != "(" }) })
  }

  private func unknownStep(_ name: String, _ known: [String]) -> String {
    "No decision went through \(name). Steps on the way: \(known.joined(separator: ", "))."
      + suggestion(name, known.compactMap { $0.split(separator: "/").last.map(String.init) })
  }

  private func suggestion(_ name: String?, _ known: [String]) -> String {
    name.flatMap { nearestName(to: $0, among: known) }.map { " Did you mean \($0)?" } ?? ""
  }

  private func distinct(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
