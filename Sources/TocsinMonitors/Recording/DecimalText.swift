#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A number read digit by digit: `mantissa` times ten to the power of `exponent`, nothing rounded.
///
/// Prices never pass through a binary floating-point number on their way in.
struct DecimalText {
  private(set) var isNegative = false
  private(set) var mantissa: UInt128 = 0
  private(set) var exponent = 0

  /// Reads the JSON number that fills the range; nil when it is none, or when it has more than 38
  /// significant digits. Leading and trailing zeros are not significant.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    var at = range.lowerBound
    let end = range.upperBound
    if at < end, bytes[at] == UInt8(ascii: "-") {
      isNegative = true
      at += 1
    }
    let whole = at
    guard readDigits(bytes, &at, end, isFraction: false) else { return nil }
    guard bytes[whole] != UInt8(ascii: "0") || at == whole + 1 else { return nil }
    if at < end, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard readDigits(bytes, &at, end, isFraction: true) else { return nil }
    }
    if at < end, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      guard let power = DecimalText.power(bytes, &at, end) else { return nil }
      exponent += power
    }
    guard at == end else { return nil }
    settleZeros()
  }

  private var zeros = 0
  private var width = 0

  /// Zeros are kept back until a digit follows them, so that trailing ones cost no width.
  private mutating func readDigits(
    _ bytes: [UInt8],
    _ at: inout Int,
    _ end: Int,
    isFraction: Bool
  ) -> Bool {
    let start = at
    while at < end {
      let digit = bytes[at] &- 0x30
      guard digit < 10 else { break }
      at += 1
      if isFraction { exponent -= 1 }
      if digit == 0 {
        if width > 0 { zeros += 1 }
      } else {
        guard width + zeros < 38 else { return false }
        append(digit)
      }
    }
    return at > start
  }

  private mutating func append(_ digit: UInt8) {
    for _ in 0..<zeros { mantissa *= 10 }
    mantissa = mantissa * 10 + UInt128(digit)
    width += zeros + 1
    zeros = 0
  }

  private mutating func settleZeros() {
    exponent = mantissa == 0 ? 0 : exponent + zeros
    zeros = 0
  }

  private static func power(_ bytes: [UInt8], _ at: inout Int, _ end: Int) -> Int? {
    var isNegative = false
    if at < end, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
      isNegative = bytes[at] == UInt8(ascii: "-")
      at += 1
    }
    let start = at
    var value = 0
    while at < end, bytes[at] &- 0x30 < 10 {
      value = min(value * 10 + Int(bytes[at] - 0x30), 100_000)
      at += 1
    }
    return at > start ? (isNegative ? -value : value) : nil
  }
}

extension DecimalText {
  /// The number as a `Decimal`, or nil when a `Decimal` cannot hold it exactly.
  var decimal: Decimal? {
    guard mantissa != 0 else { return .zero }
    guard (-128...127).contains(exponent) else { return nil }
    let sign: FloatingPointSign = isNegative ? .minus : .plus
    return Decimal(sign: sign, exponent: exponent, significand: significand)
  }

  private var significand: Decimal {
    if let small = UInt64(exactly: mantissa) { return Decimal(small) }
    let (high, low) = mantissa.quotientAndRemainder(dividingBy: 10_000_000_000_000_000_000)
    let scale = Decimal(10_000_000_000_000_000_000 as UInt64)
    return Decimal(UInt64(high)) * scale + Decimal(UInt64(low))
  }

  /// The number times ten to the power of `power` as an integer, or nil when that is no integer or
  /// beyond 128 bits. Reads seconds as nanoseconds or attoseconds.
  func scaled(byPowerOfTen power: Int) -> Int128? {
    guard mantissa != 0 else { return 0 }
    let shift = exponent + power
    guard shift >= 0, shift <= 38, var value = Int128(exactly: mantissa) else { return nil }
    for _ in 0..<shift {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = product
    }
    return isNegative ? -value : value
  }
}
