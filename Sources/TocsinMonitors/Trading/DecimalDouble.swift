import Foundation

extension Decimal {
  /// The number as a `Double`, within a few units in its last place; NaN stays NaN.
  ///
  /// A number of up to 15 digits is divided by an exact power of ten, which rounds once: the nearest
  /// `Double` there is. Others go through `NSDecimalNumber`.
  var double: Double {
    guard DecimalDigits.lieInPlace, let digits = DecimalDigits(inPlace: self),
      digits.mantissa < 1 << 53, digits.exponent.magnitude < 23
    else { return NSDecimalNumber(decimal: self).doubleValue }
    let size = Double(UInt64(truncatingIfNeeded: digits.mantissa))
    let power = Self.powersOfTen[Int(digits.exponent.magnitude)]
    let value = digits.exponent < 0 ? size / power : size * power
    return digits.isNegative ? -value : value
  }

  private static let powersOfTen: [Double] = (0..<23).reduce(into: [1]) { powers, place in
    powers.append(powers[place] * 10)
  }
}
