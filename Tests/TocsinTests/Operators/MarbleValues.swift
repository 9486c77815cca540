import Tocsin

/// A value with a key: a letter in either case belongs to the key of that letter.
struct Item: KeyedEvent, Hashable, Sendable, Drawn {
  var letter: Character

  init(_ letter: Character) { self.letter = letter }

  var key: String { letter.lowercased() }
  var isUpper: Bool { letter.isUppercase }
  var mark: String { String(letter) }
}

/// An alert that is drawn as a letter: `i w e c` for its severity, `r` when it is resolved. Capital
/// letters belong to a second key.
struct MarkedAlert: Alerting, Hashable, Drawn {
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

  /// The severity's letter; behind it the number it stands for, and `r` when it is resolved.
  var mark: String {
    let letter = severity.description.prefix(1)
    let cased = key == 1 ? String(letter) : letter.uppercased()
    return cased + (occurrences == 1 ? "" : "\(occurrences)") + (phase == .resolved ? "r" : "")
  }
}
