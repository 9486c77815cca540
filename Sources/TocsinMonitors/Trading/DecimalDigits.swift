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
  @inline(__always)
  init?(_ decimal: Decimal) {
    if Self.lieInPlace { self.init(inPlace: decimal) } else { self.init(textOf: decimal) }
  }

  /// The number in whole multiples of 10⁻¹⁸, when it is of ordinary size: digits that fit into 64
  /// bits, at most 18 of them behind the point. Nil for every other number.
  @inline(__always)
  static func wholeUnits(_ decimal: Decimal) -> Int128? {
    guard lieInPlace else { return nil }
    let (digits, head) = withUnsafeBytes(of: decimal) { (Self.word($0, 4), ($0[0], $0[1])) }
    let words = head.1 &>> 4
    let shift = Int(Int8(bitPattern: head.0)) + 18
    guard words >= 1, words <= 4, shift >= 0, shift < shortPowers.count else { return nil }
    let mantissa = words == 4 ? digits : digits & (1 &<< (16 &* UInt64(words)) &- 1)
    let (high, low) = mantissa.multipliedFullWidth(by: shortPowers[shift])
    guard high &>> 63 == 0 else { return nil }
    let units = Int128(truncatingIfNeeded: high) &<< 64 | Int128(truncatingIfNeeded: low)
    return head.1 & 8 == 0 ? units : -units
  }

  static let shortPowers: [UInt64] = (0..<19).reduce(into: [1]) { powers, place in
    powers.append(powers[place] * 10)
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

  /// Reads the exponent from the first byte, from the second one the number of words (upper half)
  /// and the sign (its fourth bit), and from the fifth on the mantissa, in words of 16 bits: as
  /// Foundation has it on every platform, since it was Apple's `NSDecimal`.
  @inline(__always)
  init?(inPlace decimal: Decimal) {
    let (low, high, head) = withUnsafeBytes(of: decimal) { bytes in
      (Self.word(bytes, 4), Self.word(bytes, 12), (bytes[0], bytes[1]))
    }
    let words = head.1 >> 4
    isNegative = head.1 & 8 != 0
    exponent = Int(Int8(bitPattern: head.0))
    guard words > 0 || !isNegative else { return nil }
    let all = UInt128(high) << 64 | UInt128(low)
    mantissa = words >= 8 ? all : all & (UInt128(1) << (16 * UInt128(words)) - 1)
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Reads the digits of the number's text, which public calls give.
  init?(textOf decimal: Decimal) {
    guard !decimal.isNaN else { return nil }
    let whole = Decimal(sign: .plus, exponent: 0, significand: decimal.significand)
    guard let mantissa = UInt128(whole.magnitude.description) else { return nil }
    isNegative = decimal.sign == .minus
    exponent = decimal.exponent
    self.mantissa = mantissa
  }

  /// Whether the digits lie where ``init(inPlace:)`` looks.
  static let lieInPlace: Bool = {
    guard MemoryLayout<Decimal>.size == 20, DecimalDigits(inPlace: .nan) == nil else {
      return false
    }
    let texts = [
      "0", "1", "-1", "12.5", "-0.001", "65536", "-4294967296e30", "18446744073709551616",
      "340282366920938463463374607431768211455", "-12345678901234567890.123456789",
    ]
    return texts.compactMap { Decimal(string: $0) }.allSatisfy {
      DecimalDigits(inPlace: $0) == DecimalDigits(textOf: $0)
        && DecimalDigits(inPlace: $0)?.decimal == $0
    }
  }()
}
