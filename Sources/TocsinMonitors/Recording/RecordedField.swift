/// The fields of the recording format. The raw value is the place of the field's token.
enum RecordedField: Int, CaseIterable {
  case at, id, note
  case tick, venue, price, venueAt, snapshot
  case heartbeat, latency
  case order, symbol, signalled, submitted, unconfirmed, acknowledged, filled, rejected
  case cancelled, expired, quantity, fill
  case book, positions, complete
  case quote, bid, ask, bidSize, askSize
  case connection, state, reason
  case limit, strategy, venueOrder, fee, feeCurrency
  case replaceRequested, replaced, replaceRejected, cancelRequested, cancelRejected
  case orders, fills, since, balances, account, equity, currency
  case transfer, amount
  case answers

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

/// A field whose value is rows of values.
struct RowShape {
  var field: RecordedField
  /// How many values a row has.
  var width: Int
  /// A row as it should be.
  var example: String

  static let all = [
    RowShape(field: .positions, width: 3, example: #"["AAPL", 100, 23.92]"#),
    RowShape(
      field: .orders,
      width: 7,
      example: #"["o-17", "v-1", "AAPL", "buy", 100, 40, 23.92]"#
    ),
    RowShape(
      field: .fills,
      width: 8,
      example: #"["f-1", "o-17", "AAPL", "buy", 100, 23.93, 0.5, "USD"]"#
    ),
    RowShape(field: .balances, width: 3, example: #"["USD", 1000, 250]"#),
  ]

  static func of(_ field: RecordedField) -> RowShape? { all.first { $0.field == field } }
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
