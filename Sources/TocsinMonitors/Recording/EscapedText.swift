/// Strings of JSON with backslashes in them.
enum EscapedText {
  /// The string that stands between quotation marks; `bytes` are valid UTF-8.
  static func decode(_ bytes: ArraySlice<UInt8>) throws(LineFault) -> String {
    var text = ""
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let stop = bytes[at...].firstIndex(of: UInt8(ascii: "\\")) ?? bytes.endIndex
      text += String(decoding: bytes[at..<stop], as: UTF8.self)
      at = stop
      if at < bytes.endIndex { text.unicodeScalars.append(try escape(bytes, &at)) }
    }
    return text
  }

  /// Reads one escape, which begins at `at`.
  private static func escape(
    _ bytes: ArraySlice<UInt8>,
    _ at: inout Int
  ) throws(LineFault) -> Unicode.Scalar {
    at += 2
    guard at <= bytes.endIndex else { throw fault }
    switch bytes[at - 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicode(bytes, &at)
    default: throw fault
    }
  }

  private static func unicode(
    _ bytes: ArraySlice<UInt8>,
    _ at: inout Int
  ) throws(LineFault) -> Unicode.Scalar {
    let first = try unit(bytes, &at)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[at...].starts(with: "\\u".utf8) else { throw fault }
    at += 2
    let second = try unit(bytes, &at)
    guard (0xDC00...0xDFFF).contains(second) else { throw fault }
    let code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    guard let scalar = Unicode.Scalar(code) else { throw fault }
    return scalar
  }

  private static func unit(
    _ bytes: ArraySlice<UInt8>,
    _ at: inout Int
  ) throws(LineFault) -> UInt32 {
    guard at + 4 <= bytes.endIndex else { throw fault }
    var value: UInt32 = 0
    for byte in bytes[at..<at + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw fault
      }
      value = value << 4 | UInt32(digit)
    }
    at += 4
    return value
  }

  private static var fault: LineFault {
    LineFault(.badText, "a string has a backslash that is no escape of JSON; write “\\\\” for one")
  }

  /// Writes a string with its quotation marks; control characters are escaped.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        bytes += "\\u00".utf8
        bytes += (byte < 16 ? "0" : "").utf8
        bytes += String(byte, radix: 16).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
