import Tocsin

/// What happens at one tick of a stream that is drawn as text.
enum MarbleEvent: Equatable {
  case value(Character)
  case end
}

/// Reads a stream that is drawn as text: one character is one tick of a second.
///
/// `-` nothing, a letter or a digit its value, `|` the end; what stands in parentheses happens at
/// one tick, in order. Spaces mean nothing.
func readMarbles(_ text: String) -> [(tick: Int, event: MarbleEvent)] {
  var events: [(tick: Int, event: MarbleEvent)] = []
  var (tick, isGrouped) = (0, false)
  for letter in text where letter != " " {
    switch letter {
    case "(": isGrouped = true
    case ")": isGrouped = false
    case "-": break
    case "|": events.append((tick, .end))
    default: events.append((tick, .value(letter)))
    }
    if !isGrouped { tick += 1 }
  }
  return events
}

/// What came out of a chain, drawn as ``readMarbles(_:)`` reads it. A value whose text is longer
/// than a letter stands in angle brackets, which count as one tick.
func drawMarbles(_ happened: [(tick: Int, text: String)], until end: Int) -> String {
  let last = max(end, happened.last?.tick ?? 0)
  return (0...last).map { tick in
    let texts = happened.filter { $0.tick == tick }.map {
      $0.text.count == 1 ? $0.text : "<\($0.text)>"
    }
    switch texts.count {
    case 0: return "-"
    case 1: return texts[0]
    default: return "(\(texts.joined()))"
    }
  }.joined()
}

/// A value that knows how it is drawn.
protocol Drawn {
  var mark: String { get }
}

/// How a value is drawn.
func mark(of value: some Any) -> String {
  (value as? any Drawn)?.mark ?? (value as? any RuleText)?.text ?? "\(value)"
}

extension Signal: Drawn {
  var mark: String { phase == .firing ? "F" : "R" }
}

extension AbsenceSignal: Drawn {
  var mark: String { phase == .firing ? "F" : "R" }
}

extension WindowSummary: Drawn {
  var mark: String {
    if let values = content as? [Any] { return values.map { "\($0)" }.joined() }
    return "\(content)"
  }
}

extension Latest2: Drawn {
  var mark: String { "\(first)\(second)" }
}

extension Latest3: Drawn {
  var mark: String { "\(first)\(second)\(third)" }
}

extension Pair: Drawn {
  var mark: String { "\(first)\(second)" }
}
