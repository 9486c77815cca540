/// One thing that is wrong with a graph, found before it runs.
public struct GraphProblem: Hashable, Sendable, CustomStringConvertible {
  /// What kind of thing is wrong. More kinds may come.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The words for it: `dangling tap`.
    public let description: String

    init(_ description: String) { self.description = description }

    /// A chain that nothing takes anything from.
    public static let danglingTap = Code("dangling tap")
    /// An alert that reaches no route.
    public static let alertWithoutRoute = Code("alert without a route")
    /// A severity that a route has no place for.
    public static let severityWithoutSink = Code("severity without a sink")
    /// Two nodes of one name.
    public static let duplicateName = Code("duplicate name")
    /// A keyed chain that may hold any number of keys for ever.
    public static let keyWithoutBound = Code("key without bound")
    /// A cycle that nothing slows down.
    public static let cycleWithoutDelay = Code("cycle without delay")
    /// A sink that is not in the graph.
    public static let unknownSink = Code("unknown sink")
    /// A name that is not in the graph.
    public static let unknownName = Code("unknown name")
  }

  /// What kind of thing is wrong.
  public let code: Code
  /// The node it is about.
  public let node: String
  /// What is wrong and what to do, in one or two sentences.
  public let description: String

  init(_ code: Code, _ node: String, _ description: String) {
    self.code = code
    self.node = node
    self.description = description
  }
}

/// Why a graph does not run.
public struct GraphError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The graph.
  public let graph: String
  /// All that is wrong, in the order of the lines that made it.
  public let problems: [GraphProblem]

  /// One line for a single problem; a list for several.
  public var description: String {
    if problems.count == 1 { return "Graph \"\(graph)\": \(problems[0])" }
    let lines = problems.map { "\n- \($0)" }.joined()
    return "Graph \"\(graph)\" has \(problems.count) problems:\(lines)"
  }
}

/// The nearest of some names, for "did you mean".
func nearest(to name: String, among names: some Sequence<String>) -> String? {
  let ranked = names.map { ($0, distance(name.lowercased(), $0.lowercased())) }
  let best = ranked.min { ($0.1, $0.0) < ($1.1, $1.0) }
  guard let best, best.1 <= max(2, name.count / 3) else { return nil }
  return best.0
}

/// The number of letters to insert, delete, replace or swap to get from one word to the other
/// (optimal string alignment).
private func distance(_ left: String, _ right: String) -> Int {
  let (first, second) = (Array(left), Array(right))
  var rows = [Array(0...second.count)]
  for (row, letter) in first.enumerated() {
    var next = [row + 1]
    for (column, other) in second.enumerated() {
      var best = min(rows[row][column + 1] + 1, next[column] + 1)
      best = min(best, rows[row][column] + (letter == other ? 0 : 1))
      if row > 0, column > 0, letter == second[column - 1], first[row - 1] == other {
        best = min(best, rows[row - 1][column - 1] + 1)
      }
      next.append(best)
    }
    rows.append(next)
  }
  return rows[first.count][second.count]
}

/// The sentence that says a name is unknown, which one may be meant, and which ones there are.
func unknown(_ what: String, _ name: String, known: [String]) -> String {
  var text = "\(what) \"\(name)\" is not in the graph."
  if let meant = nearest(to: name, among: known) { text += " Did you mean \"\(meant)\"?" }
  let list = known.sorted().joined(separator: ", ")
  return text + (known.isEmpty ? " There are none." : " Known: \(list).")
}
