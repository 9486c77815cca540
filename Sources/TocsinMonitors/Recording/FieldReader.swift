#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// Reads the values of the fields of one scanned line.
struct FieldReader {
  let object: FlatObject
  let bytes: [UInt8]

  func has(_ field: RecordedField) -> Bool { object.token(field) != nil }

  func text(_ field: RecordedField, of what: String) throws(LineFault) -> String {
    guard let token = object.token(field) else { throw missing(field, of: what) }
    return try text(token, field)
  }

  func text(_ token: Token, _ field: RecordedField) throws(LineFault) -> String {
    switch token.kind {
    case .text: return String(decoding: bytes[token.range], as: UTF8.self)
    case .escapedText: return try EscapedText.decode(bytes[token.range])
    default: throw bad(field, token, "a string in quotation marks")
    }
  }

  func decimal(_ field: RecordedField, of what: String) throws(LineFault) -> Decimal {
    guard let token = object.token(field) else { throw missing(field, of: what) }
    return try decimal(token, field)
  }

  func optionalDecimal(_ field: RecordedField) throws(LineFault) -> Decimal? {
    guard let token = object.token(field) else { return nil }
    return try decimal(token, field)
  }

  func decimal(_ token: Token, _ field: RecordedField) throws(LineFault) -> Decimal {
    guard let value = try number(token, field).decimal else {
      throw bad(field, token, "a number between 1e-128 and 1e127")
    }
    return value
  }

  /// A number, also in quotation marks, as exchanges send them to keep their digits.
  func number(_ token: Token, _ field: RecordedField) throws(LineFault) -> DecimalText {
    guard token.kind == .number || token.kind == .text else { throw bad(field, token, "a number") }
    if let value = DecimalText(bytes, token.range) { return value }
    if NotANumber.isName(bytes[token.range]) { throw NotANumber.fault(bytes[token.range]) }
    throw bad(field, token, "a number of at most 38 significant digits")
  }

  /// True when the field is `true`; false when it is `false` or not there.
  func flag(_ field: RecordedField, absent: Bool = false) throws(LineFault) -> Bool {
    guard let token = object.token(field) else { return absent }
    switch token.kind {
    case .yes: return true
    case .no: return false
    default: throw bad(field, token, "true or false")
    }
  }

  func instant(_ field: RecordedField, of what: String) throws(LineFault) -> Instant {
    guard let token = object.token(field) else { throw missing(field, of: what) }
    let nanoseconds = try nanoseconds(token, field)
    guard nanoseconds < Int128(Int64.max) else {
      throw LineFault(.futureDated, "\"\(field.name)\" is after the year 2262; correct its date")
    }
    guard nanoseconds > Int128(Int64.min) else { throw bad(field, token, "a date after 1677") }
    return Instant(nanoseconds: Int64(nanoseconds))
  }

  private func nanoseconds(_ token: Token, _ field: RecordedField) throws(LineFault) -> Int128 {
    let found: Int128? =
      switch token.kind {
      case .text: RFC3339.nanoseconds(bytes, token.range)
      case .number: DecimalText(bytes, token.range)?.scaled(byPowerOfTen: 0)
      default: nil
      }
    if let found { return found }
    if NotANumber.isName(bytes[token.range]) { throw NotANumber.fault(bytes[token.range]) }
    throw bad(field, token, "like \"2004-03-01T14:30:00.000Z\", or whole nanoseconds since 1970")
  }

  func duration(_ field: RecordedField) throws(LineFault) -> Duration? {
    guard let token = object.token(field) else { return nil }
    let attoseconds = try number(token, field).scaled(byPowerOfTen: 18)
    guard let attoseconds, let duration = Duration(exactAttoseconds: attoseconds) else {
      throw bad(field, token, "seconds with at most 18 digits after the point")
    }
    return duration
  }

  func missing(_ field: RecordedField, of what: String) -> LineFault {
    LineFault(.missingField, "\(what) needs \"\(field.name)\"; add it")
  }

  func bad(_ field: RecordedField, _ token: Token, _ wanted: String) -> LineFault {
    let shown = LineFault.quote(bytes[token.range])
    return LineFault(.badValue, "\"\(field.name)\" is \(shown); it must be \(wanted)")
  }
}

extension Duration {
  /// The duration of that many attoseconds, or nil when it is beyond what a `Duration` holds.
  init?(exactAttoseconds: Int128) {
    let (seconds, rest) = exactAttoseconds.quotientAndRemainder(
      dividingBy: 1_000_000_000_000_000_000
    )
    guard let seconds = Int64(exactly: seconds) else { return nil }
    self.init(secondsComponent: seconds, attosecondsComponent: Int64(rest))
  }
}
