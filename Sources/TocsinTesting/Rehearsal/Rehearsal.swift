public import Tocsin

/// What a rule, a chain, a publisher or a monitor did in virtual time.
///
/// `rehearse` makes it; ``expect(sourceLocation:_:)`` compares its output with what should have
/// happened. It is a value: the subject is gone when it exists.
public struct Rehearsal<Output> {
  /// What came out, by offsets from the start.
  public let output: EventTimeline<Output>
  /// Why each input and each timer of a rule led to what it did. Empty for other subjects: their
  /// reasons are counted in ``books``.
  public let reasons: EventTimeline<Reason>
  /// What every step took in and gave, in the order in which they were built. Steps that are not
  /// of this package keep no books.
  public let books: [NodeBooks]
  /// What went in, for messages.
  public let script: RehearsalScript

  init(
    output: EventTimeline<Output>,
    reasons: EventTimeline<Reason> = EventTimeline([]),
    books: [NodeBooks],
    script: RehearsalScript
  ) {
    self.output = output
    self.reasons = reasons
    self.books = books
    self.script = script
  }

  /// The books of a step by its id, or by the last part of its id where only one has it.
  ///
  /// - Throws: ``RehearsalError/unknown(what:name:known:)``, with the id that may be meant.
  public func books(of id: String) throws(RehearsalError) -> NodeBooks { try books.of(id) }

  /// The same with other output values, of which an expectation is shorter to write.
  ///
  /// ```swift
  /// run.map { "\($0.phase)" }.expect(marbles: ". . . firing")
  /// ```
  public func map<Other>(_ transform: (Output) -> Other) -> Rehearsal<Other> {
    Rehearsal<Other>(
      output: output.map(transform),
      reasons: reasons,
      books: books,
      script: script
    )
  }
}

extension Rehearsal: Sendable where Output: Sendable {}

/// What a rehearsal was given, and how far it went.
public struct RehearsalScript: Sendable, CustomStringConvertible {
  /// The inputs in the order in which they are served at one offset, their values in words. A single
  /// input has no name.
  public var inputs: [(name: String?, timeline: EventTimeline<String>)]
  /// How far time has run.
  public var end: Duration
  /// The earliest timer that was left; nil when nothing is left to do.
  public var nextTimer: Duration?

  /// The inputs as lines of moments.
  public var description: String {
    inputs.map { name, timeline in
      let title = name.map { "Input \"\($0)\"" } ?? "Input"
      let rows = timeline.moments.map { ($0.offset.offsetText, $0.event.words) }
      let lines = alignedLines(rows).map { "\n    \($0)" }
      return title + ":" + (lines.isEmpty ? " nothing" : cut(lines).joined())
    }
    .joined(separator: "\n") + ending
  }

  private var ending: String {
    guard let nextTimer else { return "" }
    return "\nThe rehearsal ended at \(end.offsetText), before a timer at "
      + "\(nextTimer.offsetText). Give it an `until:` to let it run further."
  }

  private func cut(_ lines: [String]) -> [String] {
    guard lines.count > 40 else { return lines }
    return lines.prefix(20) + ["\n    … \(lines.count - 40) more"] + lines.suffix(20)
  }
}

extension [NodeBooks] {
  func of(_ id: String) throws(RehearsalError) -> NodeBooks {
    if let exact = first(where: { $0.id == id }) { return exact }
    let similar = filter { $0.id.hasSuffix("/\(id)") }
    if similar.count == 1 { return similar[0] }
    throw .unknown(what: "A step with the id", name: id, known: map(\.id))
  }
}
