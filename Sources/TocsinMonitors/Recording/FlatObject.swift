/// The members of one line, found without copying: which fields are there, and where their values
/// are.
///
/// Strict JSON (RFC 8259) with a fixed set of fields and no nesting but rows (``RowShape``).
/// One value is kept and reused for all lines, so that a line costs no allocation here. Field names
/// are compared byte by byte: an escape in a name makes it unknown.
struct FlatObject {
  private let table = FieldTable()
  private var tokens = [Token](repeating: .none, count: RecordedField.allCases.count)
  private(set) var present: UInt64 = 0
  /// The values of all rows, one row after the other.
  private(set) var cells: [Token] = []
  private var rowField: RecordedField?

  /// The token of a field; nil when the field is not there or null.
  func token(_ field: RecordedField) -> Token? {
    guard present & (1 << UInt64(field.rawValue)) != 0 else { return nil }
    let token = tokens[field.rawValue]
    return token.kind == .null ? nil : token
  }

  /// Reads one line, which must be one object.
  mutating func scan(_ bytes: [UInt8], _ range: Range<Int>) throws(LineFault) {
    present = 0
    cells.removeAll(keepingCapacity: true)
    rowField = nil
    var scanner = TokenScanner(bytes: bytes, range: range)
    scanner.skipSpace()
    try scanner.expect("{", "an object")
    scanner.skipSpace()
    if !scanner.take("}") { try scanMembers(&scanner) }
    scanner.skipSpace()
    guard scanner.isAtEnd else {
      throw LineFault(.malformed, "something follows the object; write one object per line")
    }
  }

  private mutating func scanMembers(_ scanner: inout TokenScanner) throws(LineFault) {
    repeat {
      scanner.skipSpace()
      let field = try scanField(&scanner)
      scanner.skipSpace()
      try scanner.expect(":", "“:” after \"\(field.name)\"")
      scanner.skipSpace()
      tokens[field.rawValue] = try scanValue(&scanner, field)
      scanner.skipSpace()
    } while scanner.take(",")
    try scanner.expect("}", "“,” or “}” after a value")
  }

  private mutating func scanField(_ scanner: inout TokenScanner) throws(LineFault) -> RecordedField
  {
    let name = try scanner.text()
    guard let field = table.field(scanner.bytes, name.range) else {
      let shown = LineFault.quote(scanner.bytes[name.range])
      throw LineFault(
        .unknownField,
        "\(shown) is no field of this format; correct it, or put it into \"note\""
      )
    }
    let bit: UInt64 = 1 << UInt64(field.rawValue)
    guard present & bit == 0 else {
      throw LineFault(.malformed, "the field \"\(field.name)\" is there twice; keep one")
    }
    present |= bit
    return field
  }

  private mutating func scanValue(
    _ scanner: inout TokenScanner,
    _ field: RecordedField
  ) throws(LineFault) -> Token {
    guard field.rawValue >= RecordedField.positions.rawValue, let shape = RowShape.of(field),
      scanner.take("[")
    else { return try scanner.value() }
    guard rowField == nil else {
      throw LineFault(.malformed, "the line has rows of two kinds; write two lines")
    }
    rowField = field
    let start = scanner.at
    scanner.skipSpace()
    if !scanner.take("]") {
      repeat { try scanRow(&scanner, shape) } while scanner.take(",")
      try scanner.expect("]", "“,” or “]” after a row of \(field.name)")
    }
    return Token(kind: .rows, range: start..<scanner.at)
  }

  private mutating func scanRow(
    _ scanner: inout TokenScanner,
    _ shape: RowShape
  ) throws(LineFault) {
    let words = "a row of \(shape.field.name): \(shape.example)"
    scanner.skipSpace()
    try scanner.expect("[", words)
    for column in 0..<shape.width {
      if column > 0 { try scanner.expect(",", words) }
      cells.append(try scanner.spacedValue())
    }
    try scanner.expect("]", words)
    scanner.skipSpace()
  }
}
