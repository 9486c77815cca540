public import Tocsin

/// Why a rehearsal cannot take place, or cannot be asked something.
public enum RehearsalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Something is wrong with an input as it is written. The words say what.
  case input(name: String?, mistakes: [String])
  /// An input asks for something that its subject cannot do. The words say what.
  case impossible(String)
  /// The graph is not valid, or has no input of that name and type.
  case graph(GraphError)
  /// Something that the rehearsal does not have was asked for.
  case unknown(what: String, name: String, known: [String])

  /// What was wrong and what to do, in a few lines.
  public var description: String {
    switch self {
    case .input(let name, let mistakes):
      let place = name.map { "The input \"\($0)\"" } ?? "The input"
      return "\(place) cannot be read.\n" + mistakes.joined(separator: "\n")
    case .impossible(let words): return words
    case .graph(let error): return error.description
    case .unknown(let what, let name, let known):
      var text = "\(what) \"\(name)\" is not in this rehearsal."
      if let meant = nearestName(to: name, among: known) { text += " Did you mean \"\(meant)\"?" }
      let list = known.sorted().joined(separator: ", ")
      return text + (known.isEmpty ? " There are none." : " Known: \(list).")
    }
  }
}
