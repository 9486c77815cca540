public import Tocsin

/// What a step took in, made, gave, holds and dropped, at the end of a rehearsal.
///
/// Conservation: `received + made == passed + held + dropped`. Every rehearsal checks it.
public struct NodeBooks: Hashable, Sendable {
  /// The step's id: `input/debounce`; of a rule its type.
  public var id: String
  /// Values that came in.
  public var received = 0
  /// Values that it made itself.
  public var made = 0
  /// Values that went out.
  public var passed = 0
  /// Values that wait inside.
  public var held = 0
  /// Values that went no further, by reason.
  public var dropped: [Reason: Int] = [:]

  /// Makes books without an entry.
  public init(_ id: String) { self.id = id }

  init(_ node: Node) {
    id = node.id
    received = node.received
    made = node.made
    passed = node.passed
    held = node.held
    dropped = node.dropsByReason
  }

  init(_ node: NodePicture) {
    id = node.id
    received = node.received
    made = node.made
    passed = node.passed
    held = node.held
    let reasons = Reason.allCases.map { ($0.description, $0) }
    let named = Dictionary(reasons) { first, _ in first }
    for (words, count) in node.dropped {
      if let reason = named[words] { dropped[reason] = count }
    }
  }

  /// Values that went no further.
  public var droppedCount: Int { dropped.values.reduce(0, +) }

  /// Whether everything that came in or was made is somewhere, and nothing is counted twice.
  public var isConserved: Bool { held >= 0 && received + made == passed + held + droppedCount }

  mutating func drop(_ reason: Reason) { dropped[reason, default: 0] += 1 }
}

extension NodeBooks: CustomStringConvertible {
  /// `debounce: received 3, made 0, passed 1, held 0, dropped 2 (superseded 2)`.
  public var description: String {
    let reasons = dropped.sorted { $0.key.index < $1.key.index }
      .map { "\($0.key) \($0.value)" }
      .joined(separator: ", ")
    return "\(id): received \(received), made \(made), passed \(passed), held \(held), "
      + "dropped \(droppedCount)" + (reasons.isEmpty ? "" : " (\(reasons))")
  }
}
