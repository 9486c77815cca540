#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension DecimalDigits {
  /// How many digits a quotient may have beyond those of a whole one.
  private static var mostDigits: Int { 12 }

  /// The exact quotient, by long division; nil when it does not end soon, or is not as simple.
  @inline(__always)
  static func quotient(_ left: Decimal, _ right: Decimal) -> DecimalDigits? {
    guard lieInPlace, let left = DecimalDigits(inPlace: left),
      let right = DecimalDigits(inPlace: right),
      right.mantissa > 0, right.mantissa &>> 60 == 0
    else { return nil }
    let divisor = UInt64(truncatingIfNeeded: right.mantissa)
    let (whole, rest) = left.mantissa.quotientAndRemainder(dividingBy: right.mantissa)
    guard let (digits, count) = expand(whole, UInt64(truncatingIfNeeded: rest), divisor) else {
      return nil
    }
    var quotient = left
    quotient.mantissa = digits
    quotient.exponent -= right.exponent + count
    quotient.isNegative = left.isNegative != right.isNegative
    return quotient
  }

  /// Appends digits to a whole quotient until no rest is left. A divisor below 2^60 leaves room for
  /// ten times the rest.
  @inline(__always)
  private static func expand(
    _ whole: UInt128,
    _ rest: UInt64,
    _ divisor: UInt64
  ) -> (digits: UInt128, count: Int)? {
    var (digits, rest, count) = (whole, rest, 0)
    while rest > 0 {
      guard count < mostDigits, digits &>> 120 == 0 else { return nil }
      let (digit, next) = (rest &* 10).quotientAndRemainder(dividingBy: divisor)
      digits = digits &* 10 &+ UInt128(truncatingIfNeeded: digit)
      (rest, count) = (next, count &+ 1)
    }
    return (digits, count)
  }
}
