/// One token of a marble text, and where it stands.
struct MarbleToken: Hashable {
  enum Kind: Hashable {
    case nothing
    case jump(Duration)
    case end
    case failure
    case cancel
    case subscribe
    case ask(Int?)
    /// A value by its name; a quoted one is always a value.
    case name(String, isQuoted: Bool)
    case open
    case close
  }

  var kind: Kind
  /// The token as it is written.
  var text: String
  /// The number of its first character.
  var index: Int
  /// Whether a blank or the beginning is in front of it.
  var isApart: Bool
}

/// Cuts a marble text into tokens: blanks separate them, and so do `(`, `)` and quotes.
struct MarbleTokens {
  private let letters: [Character]
  private let text: String
  private var index = 0
  private var tokens: [MarbleToken] = []

  static func read(_ text: String) throws(MarbleError) -> [MarbleToken] {
    var reading = Self(text)
    while reading.index < reading.letters.count { try reading.next() }
    return reading.tokens
  }

  private init(_ text: String) {
    self.text = text
    letters = Array(text)
  }

  private mutating func next() throws(MarbleError) {
    switch letters[index] {
    case let letter where letter.isWhitespace: index += 1
    case "(": add(.open, "(")
    case ")": add(.close, ")")
    case "'": try quoted()
    default: try word()
    }
  }

  private mutating func add(_ kind: MarbleToken.Kind, _ token: String) {
    let isApart = index == 0 || letters[index - 1].isWhitespace
    tokens.append(MarbleToken(kind: kind, text: token, index: index, isApart: isApart))
    index += token.count
  }

  private mutating func quoted() throws(MarbleError) {
    guard let length = letters[(index + 1)...].firstIndex(of: "'").map({ $0 - index - 1 }) else {
      throw MarbleError(text: text, index: index, problem: .unclosedQuote)
    }
    let name = String(letters[(index + 1)..<(index + 1 + length)])
    add(.name(name, isQuoted: true), "'\(name)'")
  }

  private mutating func word() throws(MarbleError) {
    let word = String(letters[index...].prefix { !$0.isWhitespace && !"()'".contains($0) })
    if Self.isDuration(word) {
      guard let duration = Duration(offsetText: word) else {
        throw MarbleError(text: text, index: index, problem: .badDuration(word))
      }
      add(.jump(duration), word)
    } else {
      add(Self.symbol(word) ?? .name(word, isQuoted: false), word)
    }
  }

  /// What a word means that is no value; nil for others.
  static func symbol(_ word: String) -> MarbleToken.Kind? {
    switch word {
    case ".": return .nothing
    case "|": return .end
    case "#": return .failure
    case "!": return .cancel
    case "^": return .subscribe
    case "?": return .ask(nil)
    default:
      guard word.first == "?", let count = Int(word.dropFirst()), count > 0 else { return nil }
      return .ask(count)
    }
  }

  /// Whether a word is written like a duration, though it may not fit.
  static func isDuration(_ word: String) -> Bool { OffsetPart.parts(of: word) != nil }

  /// Whether a value of this name can be written without quotes.
  static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && !isDuration(name) && symbol(name) == nil
      && !name.contains { $0.isWhitespace || "()'".contains($0) }
  }
}
