package import Tocsin

/// Instants as RFC 3339 text, exact to the nanosecond.
package enum RFC3339 {
  /// `2004-03-01T14:30:00.000Z`: always UTC, with three, six or nine digits of the second.
  package static func text(_ instant: Instant) -> String {
    var bytes: [UInt8] = []
    append(instant, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func append(_ instant: Instant, to bytes: inout [UInt8]) {
    let seconds = Int(floorDivide(instant.nanoseconds, 1_000_000_000))
    let days = Int(floorDivide(Int64(seconds), 86_400))
    let date = CivilDate(daysSinceEpoch: days)
    let clock = seconds - days * 86_400
    append(date.year, 4, "-", to: &bytes)
    append(date.month, 2, "-", to: &bytes)
    append(date.day, 2, "T", to: &bytes)
    append(clock / 3600, 2, ":", to: &bytes)
    append(clock / 60 % 60, 2, ":", to: &bytes)
    append(clock % 60, 2, ".", to: &bytes)
    append(fraction: Int(Int128(instant.nanoseconds) - Int128(seconds) * 1_000_000_000), to: &bytes)
  }

  private static func append(fraction: Int, to bytes: inout [UInt8]) {
    if fraction % 1_000_000 == 0 {
      append(fraction / 1_000_000, 3, "Z", to: &bytes)
    } else if fraction % 1000 == 0 {
      append(fraction / 1000, 6, "Z", to: &bytes)
    } else {
      append(fraction, 9, "Z", to: &bytes)
    }
  }

  private static func append(
    _ number: Int,
    _ width: Int,
    _ after: Unicode.Scalar,
    to bytes: inout [UInt8]
  ) {
    var scale = 1
    for _ in 1..<width { scale *= 10 }
    while scale > 0 {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: number / scale % 10))
      scale /= 10
    }
    bytes.append(UInt8(ascii: after))
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// Nanoseconds since 1970 of `2004-03-01T14:30:00.123456789+01:00`, or nil when it is no RFC 3339
  /// date-time. May be beyond what an `Instant` holds. A leap second counts as the second after it.
  static func nanoseconds(_ bytes: [UInt8], _ range: Range<Int>) -> Int128? {
    var text = DigitCursor(bytes: bytes, at: range.lowerBound, end: range.upperBound)
    guard let year = text.number(4), text.take("-"), let month = text.number(2), text.take("-"),
      let day = text.number(2), let date = CivilDate(year: year, month: month, day: day),
      text.take("T") || text.take("t"), let hour = text.number(2), hour < 24, text.take(":"),
      let minute = text.number(2), minute < 60, text.take(":"),
      let second = text.number(2), second <= 60, let fraction = text.fraction(),
      let offset = text.offset(), text.isAtEnd
    else { return nil }
    let clock = hour * 3600 + minute * 60 + second - offset
    return Int128(date.daysSinceEpoch * 86_400 + clock) * 1_000_000_000 + Int128(fraction)
  }
}

/// Reads fixed runs of digits.
private struct DigitCursor {
  let bytes: [UInt8]
  var at: Int
  let end: Int

  var isAtEnd: Bool { at == end }

  mutating func take(_ letter: Unicode.Scalar) -> Bool {
    guard at < end, bytes[at] == UInt8(ascii: letter) else { return false }
    at += 1
    return true
  }

  mutating func digit() -> Int? {
    guard at < end, bytes[at] >= 0x30, bytes[at] <= 0x39 else { return nil }
    at += 1
    return Int(bytes[at - 1]) - 0x30
  }

  mutating func number(_ width: Int) -> Int? {
    var value = 0
    for _ in 0..<width {
      guard let next = digit() else { return nil }
      value = value * 10 + next
    }
    return value
  }

  /// Nanoseconds of the fraction: none, or one to nine digits.
  mutating func fraction() -> Int? {
    guard take(".") else { return 0 }
    var value = 0
    var width = 0
    while let next = digit() {
      value = value * 10 + next
      width += 1
      guard width <= 9 else { return nil }
    }
    guard width > 0 else { return nil }
    for _ in width..<9 { value *= 10 }
    return value
  }

  /// Seconds east of UTC.
  mutating func offset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let sign = take("+") ? 1 : -1
    guard sign == 1 || take("-") else { return nil }
    guard let hours = number(2), hours < 24, take(":"), let minutes = number(2), minutes < 60
    else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
