internal import Testing
internal import Tocsin

extension EventTimeline {
  /// Refuses what cannot be read, and what makes no sense as an input.
  func check(named name: String? = nil, until end: Duration? = nil) throws(RehearsalError) {
    var mistakes = mistakes
    if let mistake = afterTheEnd { mistakes.append(mistake) }
    if let end, let last = moments.last, last.offset > end {
      mistakes.append(
        "It has \"\(last.eventText)\" at \(last.offset.offsetText), and time runs until "
          + "\(end.offsetText) only. Move `until:` on."
      )
    }
    if !mistakes.isEmpty { throw .input(name: name, mistakes: mistakes) }
  }

  /// What is wrong when a value comes after the end.
  private var afterTheEnd: String? {
    var end: Moment<Value>?
    for moment in moments {
      switch moment.event {
      case .value, .end, .failure:
        if let end {
          return "It has \"\(moment.eventText)\" at \(moment.offset.offsetText), after the "
            + "\"\(end.eventText)\" at \(end.offset.offsetText)."
        }
        if moment.value == nil { end = moment }
      case .cancel, .subscribe, .demand: break
      }
    }
    return nil
  }

  /// The same with the values in words.
  var inWords: EventTimeline<String> { map(valueText) }

  /// Whether the subscriber asks by itself only for what the timeline says.
  var asks: Bool {
    moments.contains { if case .demand = $0.event { true } else { false } }
  }

  /// Whether the timeline says when the subscriber subscribes.
  var subscribes: Bool {
    moments.contains { if case .subscribe = $0.event { true } else { false } }
  }

  /// The first failure.
  var failure: Moment<Value>? {
    moments.first { if case .failure = $0.event { true } else { false } }
  }
}

extension [NodeBooks] {
  /// What is wrong with the books: values that are nowhere, or that are still held when all is over.
  func breaches(isDone: Bool) -> [String] {
    flatMap { books -> [String] in
      if !books.isConserved {
        return [
          "The books do not balance: received + made is not passed + held + dropped.\n    \(books)"
        ]
      }
      if isDone && books.held != 0 {
        return ["A step still holds values after the stream is over.\n    \(books)"]
      }
      return []
    }
  }
}

/// What is wrong when a timer waits although all is over.
func leftTimer(_ offset: Duration) -> String {
  "A timer is left after the stream is over, at \(offset.offsetText)."
}

/// Records breaches as issues, at the place of the caller.
func report(
  _ breaches: [String],
  _ script: RehearsalScript,
  _ sourceLocation: SourceLocation
) {
  for breach in breaches {
    Issue.record("\(breach)\n\(script)", sourceLocation: sourceLocation)
  }
}
