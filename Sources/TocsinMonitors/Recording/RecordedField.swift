/// The fields of the recording format. The raw value is the place of the field's token.
enum RecordedField: Int, CaseIterable {
  case at, id, note
  case tick, venue, price, venueAt, snapshot
  case heartbeat, latency
  case order, symbol, signalled, submitted, unconfirmed, acknowledged, filled, rejected
  case cancelled, expired, quantity, fill
  case book, positions, complete

  /// The name in the file.
  var name: String { RecordedField.names[rawValue] }

  /// `,"price":` for every field: what stands before its value.
  static let prefixes = names.map { Array(",\"\($0)\":".utf8) }

  private static let names = allCases.map { String(describing: $0) }
}

/// A value of a line, as a range of the line's bytes.
struct Token {
  enum Kind {
    case text, escapedText, number, yes, no, null, rows
  }

  var kind: Kind
  var range: Range<Int>

  static let none = Token(kind: .null, range: 0..<0)
}

/// A row of the field `positions`: symbol, quantity, average price.
struct RowToken {
  var symbol: Token
  var quantity: Token
  var averagePrice: Token
}

/// Finds a field by the bytes of its name: no string is made.
struct FieldTable {
  private var entries: [(packed: UInt128, field: RecordedField)]

  init() {
    entries = RecordedField.allCases.map { field in
      let bytes = Array(field.name.utf8)
      return (FieldTable.pack(bytes, 0..<bytes.count), field)
    }
  }

  func field(_ bytes: [UInt8], _ range: Range<Int>) -> RecordedField? {
    guard range.count <= 16 else { return nil }
    let packed = FieldTable.pack(bytes, range)
    for entry in entries where entry.packed == packed { return entry.field }
    return nil
  }

  /// At most 16 bytes; no field name holds a zero byte, so lengths cannot be confused.
  private static func pack(_ bytes: [UInt8], _ range: Range<Int>) -> UInt128 {
    var high: UInt64 = 0
    var low: UInt64 = 0
    for at in range {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(bytes[at])
    }
    return UInt128(high) << 64 | UInt128(low)
  }
}
