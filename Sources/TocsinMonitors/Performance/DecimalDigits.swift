#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a `Decimal` is made of: `mantissa` times ten to the power of `exponent`.
///
/// Its digits are read where they lie, because every public way to them takes microseconds and
/// allocates. Where they lie is tried once, on numbers whose digits are known; if they do not lie
/// there, they are read from the text of the number, slowly.
struct DecimalDigits: Equatable {
  var isNegative: Bool
  var mantissa: UInt128
  var exponent: Int

  /// Nil when the decimal is NaN.
  init?(_ decimal: Decimal) {
    guard !decimal.isNaN else { return nil }
    isNegative = decimal.sign == .minus
    exponent = decimal.exponent
    guard let mantissa = Self.lieInPlace ? Self.inPlace(decimal) : Self.fromText(decimal) else {
      return nil
    }
    self.mantissa = mantissa
  }

  /// The size of the number times a power of ten, rounded to a whole one, halves to even; nil when
  /// it is too large.
  func scaled(byPowerOfTen power: Int) -> UInt128? {
    guard mantissa > 0 else { return 0 }
    let shift = exponent + power
    guard shift < 0 else {
      guard shift <= 38 else { return nil }
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: Self.powers[shift])
      return overflow ? nil : product
    }
    guard shift >= -38 else { return 0 }
    return Self.rounded(mantissa, dividedBy: Self.powers[-shift])
  }

  private static func rounded(_ number: UInt128, dividedBy divisor: UInt128) -> UInt128 {
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
    let opposite = divisor - rest
    let isUp = rest > opposite || (rest == opposite && quotient & 1 == 1)
    return quotient + (isUp ? 1 : 0)
  }

  private static let powers: [UInt128] = (0..<38).reduce(into: [1]) { powers, place in
    powers.append(powers[place] * 10)
  }

  /// The mantissa as eight 16-bit words from the fifth byte on, of which the upper half of the
  /// second byte says how many count: Foundation on every platform, since it is Apple's `NSDecimal`.
  static func inPlace(_ decimal: Decimal) -> UInt128? {
    withUnsafeBytes(of: decimal) { bytes in
      guard bytes.count == 20 else { return nil }
      let words = Int(bytes[1] >> 4)
      guard words < 8 else { return Self.word(bytes, 12) << 64 | Self.word(bytes, 4) }
      let all = Self.word(bytes, 12) << 64 | Self.word(bytes, 4)
      return all & (UInt128(1) << (16 * words) - 1)
    }
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt128 {
    UInt128(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
  }

  /// The mantissa as the digits of the number's text, which public calls give.
  static func fromText(_ decimal: Decimal) -> UInt128? {
    let whole = Decimal(sign: .plus, exponent: 0, significand: decimal.significand)
    return UInt128(whole.magnitude.description)
  }

  /// Whether the digits lie where ``inPlace(_:)`` looks.
  static let lieInPlace: Bool = {
    let texts = [
      "0", "1", "-1", "12.5", "-0.001", "65536", "4294967296", "18446744073709551616",
      "340282366920938463463374607431768211455", "-12345678901234567890.123456789",
    ]
    return texts.compactMap { Decimal(string: $0) }.allSatisfy { inPlace($0) == fromText($0) }
  }()
}
