import Tocsin
import TocsinTesting

/// A value with a key: a letter in either case belongs to the key of that letter.
struct Item: KeyedEvent, Hashable, Sendable, LosslessStringConvertible {
  var letter: Character

  init(_ letter: Character) { self.letter = letter }

  @_disfavoredOverload init?(_ text: String) {
    guard let letter = text.first, text.count == 1 else { return nil }
    self.init(letter)
  }

  var key: String { letter.lowercased() }
  var isUpper: Bool { letter.isUppercase }
  var description: String { String(letter) }
}

/// An alert that is drawn as a letter: `i w e c` for its severity, `r` when it is resolved. Capital
/// letters belong to a second key.
struct MarkedAlert: Alerting, Hashable {
  var key: Int
  var severity: Severity
  var phase: Phase
  var occurrences = 1

  init(_ letter: Character) {
    key = letter.isUppercase ? 2 : 1
    phase = letter.lowercased() == "r" ? .resolved : .firing
    severity =
      Severity.allCases.first { $0.description.first == letter.lowercased().first } ?? .info
  }
}

/// The severity's letter; behind it the number it stands for, and `r` when it is resolved: `w`,
/// `w2`, `er`, `c3r`. `r` alone goes in as a mild resolved alert, which comes out as `ir`.
extension MarkedAlert: LosslessStringConvertible {
  @_disfavoredOverload init?(_ text: String) {
    guard let letter = text.first, "iwecr".contains(letter.lowercased()) else { return nil }
    self.init(letter)
    let number = text.dropFirst().prefix { $0.isNumber }
    if !number.isEmpty { occurrences = Int(number) ?? 0 }
    switch text.dropFirst(1 + number.count) {
    case "": break
    case "r": phase = .resolved
    default: return nil
    }
  }

  var description: String {
    let letter = severity.description.prefix(1)
    let cased = key == 1 ? String(letter) : letter.uppercased()
    return cased + (occurrences == 1 ? "" : "\(occurrences)") + (phase == .resolved ? "r" : "")
  }
}

/// A message that is drawn by what matters of it, where a whole value would be too much.
protocol Drawn {
  var mark: String { get }
}

/// How a value is drawn.
func mark(of value: some Any) -> String { (value as? any Drawn)?.mark ?? "\(value)" }

extension Rehearsal {
  /// What came out, each value as it is drawn.
  var marks: Rehearsal<String> { map { TocsinTests.mark(of: $0) } }
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
