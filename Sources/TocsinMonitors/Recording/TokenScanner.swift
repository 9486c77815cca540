/// Walks over the tokens of one line of JSON.
struct TokenScanner {
  let bytes: [UInt8]
  private(set) var at: Int
  private let start: Int
  private let end: Int

  init(bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    start = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { at == end }

  mutating func skipSpace() {
    while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0D { at += 1 }
  }

  mutating func take(_ letter: Unicode.Scalar) -> Bool {
    guard at < end, bytes[at] == UInt8(ascii: letter) else { return false }
    at += 1
    return true
  }

  mutating func expect(
    _ letter: Unicode.Scalar,
    _ what: @autoclosure () -> String
  ) throws(LineFault) {
    guard take(letter) else { throw unexpected(what()) }
  }

  mutating func spacedValue() throws(LineFault) -> Token {
    skipSpace()
    let token = try value()
    skipSpace()
    return token
  }

  /// A string, a number, `true`, `false` or `null`.
  mutating func value() throws(LineFault) -> Token {
    guard at < end else { throw unexpected("a value") }
    switch bytes[at] {
    case UInt8(ascii: "\""): return try text()
    case UInt8(ascii: "-"), 0x30...0x39: return try number()
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      throw LineFault(.malformed, "a value is nested at column \(column); write flat objects")
    default: return try word()
    }
  }

  /// A string; the token's range is between its quotation marks.
  mutating func text() throws(LineFault) -> Token {
    try expect("\"", "a string")
    let first = at
    var isEscaped = false
    var isASCII = true
    while at < end {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        let token = Token(kind: isEscaped ? .escapedText : .text, range: first..<at)
        at += 1
        if !isASCII { try checkText(token.range) }
        return token
      }
      guard byte >= 0x20 else { throw unexpected("no control character in a string") }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        at += 1
      } else if byte >= 0x80 {
        isASCII = false
      }
      at += 1
    }
    at = end
    throw truncated
  }

  private func checkText(_ range: Range<Int>) throws(LineFault) {
    guard String(validating: bytes[range], as: UTF8.self) != nil else {
      throw LineFault(.badText, "a string is not valid UTF-8; save the file as UTF-8")
    }
  }

  private mutating func number() throws(LineFault) -> Token {
    let first = at
    at += 1
    while at < end, TokenScanner.isNumberByte(bytes[at]) { at += 1 }
    if at < end, bytes[at] | 0x20 == UInt8(ascii: "i") {
      at = first
      return try word()
    }
    return Token(kind: .number, range: first..<at)
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private mutating func word() throws(LineFault) -> Token {
    let first = at
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    while at < end, (bytes[at] | 0x20) &- 0x61 < 26 { at += 1 }
    let word = bytes[first..<at]
    if word.elementsEqual("true".utf8) { return Token(kind: .yes, range: first..<at) }
    if word.elementsEqual("false".utf8) { return Token(kind: .no, range: first..<at) }
    if word.elementsEqual("null".utf8) { return Token(kind: .null, range: first..<at) }
    if NotANumber.isName(word) { throw NotANumber.fault(word) }
    at = first
    throw unexpected("a value")
  }

  private var column: Int { at - start + 1 }

  private var truncated: LineFault {
    LineFault(.truncated, "the line ends inside its object; record the whole line again")
  }

  private func unexpected(_ what: String) -> LineFault {
    guard at < end else { return truncated }
    let found = LineFault.quote(bytes[at..<min(end, at + 12)])
    return LineFault(.malformed, "expected \(what) at column \(column), found \(found)")
  }
}

/// The spellings of NaN and the infinities that programs write into files.
enum NotANumber {
  static func isName(_ bytes: some Collection<UInt8>) -> Bool {
    let names = ["nan", "inf", "infinity"]
    let letters =
      bytes.first.map { $0 == 0x2B || $0 == 0x2D } == true ? bytes.dropFirst() : bytes[...]
    return names.contains { $0.utf8.elementsEqual(letters.map { $0 | 0x20 }) }
  }

  static func fault(_ bytes: some Collection<UInt8>) -> LineFault {
    LineFault(.notANumber, "\(LineFault.quote(bytes)) is no number; leave the field out instead")
  }
}
