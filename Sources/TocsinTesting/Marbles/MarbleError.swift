internal import Tocsin

/// What is wrong with a marble text, and where.
public struct MarbleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Hashable, Sendable {
    /// A token that is no value, with the names that are known; nil when values have no list.
    case unknownName(String, known: [String]?)
    /// The name of a value that would be read as something else, for instance `5m`.
    case reservedName(String)
    /// A group without blanks that is a name as a whole and by its letters.
    case ambiguousGroup(String)
    /// A `(` without a `)`.
    case unclosedGroup
    /// A `)` without a `(`.
    case strayClosing
    /// A `(` within a group.
    case nestedGroup
    /// `()`.
    case emptyGroup
    /// A `.` or a duration within a group.
    case timeInGroup(String)
    /// A quote that does not end.
    case unclosedQuote
    /// A second `^`.
    case secondSubscription
    /// Something that comes after `|` or `#`.
    case afterEnd(String)
    /// A duration that does not fit, or is finer than a nanosecond.
    case badDuration(String)
    /// A tick that is not longer than zero.
    case badTick
  }

  /// The marble text.
  public let text: String
  /// The place in it: the number of the character, from 0.
  public let index: Int
  /// What is wrong.
  public let problem: Problem

  /// What is wrong and what to do, with the text and a caret below the place.
  public var description: String {
    let caret = String(repeating: " ", count: index) + "^"
    return "Marbles, character \(index + 1): \(problem.words)\n    \(text)\n    \(caret)"
  }
}

extension MarbleError.Problem {
  var words: String {
    switch self {
    case .unknownName(let name, let known): Self.unknown(name, known)
    case .reservedName(let name):
      "\"\(name)\" cannot name a value: it \(Self.meaning(of: name)). Give the value another name."
    case .ambiguousGroup(let text):
      "(\(text)) may be the value \"\(text)\" or the values "
        + text.map { "\"\($0)\"" }.joined(separator: ", ")
        + ". Put blanks between the values, or leave the parentheses out."
    case .unclosedGroup: "This group has no end. Add `)`."
    case .strayClosing: "This `)` closes no group. Add `(`, or leave it out."
    case .nestedGroup: "A group within a group. Everything in a group is one column already."
    case .emptyGroup: "This group is empty. Write `.` for a column in which nothing happens."
    case .timeInGroup(let token):
      "\"\(token)\" lets time pass, and a group is one column. Put it in front of the group or "
        + "behind it."
    case .unclosedQuote: "This quote has no end. Add `'`."
    case .secondSubscription: "A second `^`. One subscription is what offsets count from."
    case .afterEnd(let token):
      "\"\(token)\" comes after the end of the stream. Only `.`, a duration and `!` can."
    case .badDuration(let text):
      "\"\(text)\" is not a duration: it is finer than a nanosecond or does not fit."
    case .badTick: "The tick must be longer than zero."
    }
  }

  private static func unknown(_ name: String, _ known: [String]?) -> String {
    guard let known else { return "\"\(name)\" is no value here." }
    var text = "\"\(name)\" is not a known value."
    if let meant = nearestName(to: name, among: known) { text += " Did you mean \"\(meant)\"?" }
    let list = known.sorted().joined(separator: ", ")
    return text + (known.isEmpty ? " There are none." : " Known: \(list).")
  }

  private static func meaning(of name: String) -> String {
    if Duration(offsetText: name) != nil { return "reads as a duration" }
    return name.isEmpty ? "is empty" : "has a meaning of its own in marbles"
  }
}
