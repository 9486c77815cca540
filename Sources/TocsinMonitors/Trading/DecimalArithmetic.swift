#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

// Sums and products of prices and quantities without the microsecond and the allocations that
// `Decimal`'s own operators take. The value is the same, to the last digit: what does not fit into 128
// bits goes the library's way. Without closures, which are calls here.
extension Decimal {
  /// `self + other`.
  func plus(_ other: Decimal) -> Decimal {
    guard let digits = DecimalDigits.sum(self, other, isDifference: false),
      let result = digits.decimal
    else { return self + other }
    return result
  }

  /// `self - other`.
  func minus(_ other: Decimal) -> Decimal {
    guard let digits = DecimalDigits.sum(self, other, isDifference: true),
      let result = digits.decimal
    else { return self - other }
    return result
  }

  /// `self * other`.
  func times(_ other: Decimal) -> Decimal {
    guard let digits = DecimalDigits.product(self, other), let result = digits.decimal
    else { return self * other }
    return result
  }

  /// `self / other`. Quick where the quotient ends after a few digits, as that of a share of a
  /// position mostly does.
  func over(_ other: Decimal) -> Decimal {
    guard let digits = DecimalDigits.quotient(self, other), let result = digits.decimal
    else { return self / other }
    return result
  }

  /// `self > other`; false where one is NaN.
  func isAbove(_ other: Decimal) -> Bool { signOfDifference(to: other) > 0 }

  /// 1 where `self` is greater than `other`, -1 where it is less, 0 where they are equal or one of
  /// them is NaN.
  func signOfDifference(to other: Decimal) -> Int {
    guard let difference = DecimalDigits.sum(self, other, isDifference: true) else {
      return isNaN || other.isNaN || self == other ? 0 : self > other ? 1 : -1
    }
    return difference.mantissa == 0 ? 0 : difference.isNegative ? -1 : 1
  }

  /// `self > 0`; false where it is NaN.
  var isAboveZero: Bool {
    guard DecimalDigits.lieInPlace else { return !isNaN && self > 0 }
    guard let digits = DecimalDigits(inPlace: self) else { return false }
    return digits.mantissa > 0 && !digits.isNegative
  }
}

extension DecimalDigits {
  /// The exact sum or difference; nil when it is not as simple.
  @inline(__always)
  static func sum(_ left: Decimal, _ right: Decimal, isDifference: Bool) -> DecimalDigits? {
    guard lieInPlace, var left = DecimalDigits(inPlace: left),
      var right = DecimalDigits(inPlace: right), left.align(with: &right)
    else { return nil }
    if isDifference { right.isNegative.toggle() }
    guard left.isNegative != right.isNegative else {
      let (sum, overflow) = left.mantissa.addingReportingOverflow(right.mantissa)
      left.mantissa = sum
      return overflow ? nil : left
    }
    let isTurned = left.mantissa < right.mantissa
    left.mantissa =
      isTurned ? right.mantissa &- left.mantissa : left.mantissa &- right.mantissa
    if isTurned { left.isNegative.toggle() }
    return left
  }

  /// The exact product; nil when it is not as simple.
  @inline(__always)
  static func product(_ left: Decimal, _ right: Decimal) -> DecimalDigits? {
    guard lieInPlace, var left = DecimalDigits(inPlace: left),
      let right = DecimalDigits(inPlace: right),
      left.mantissa &>> 64 == 0, right.mantissa &>> 64 == 0
    else { return nil }
    let (high, low) = UInt64(truncatingIfNeeded: left.mantissa)
      .multipliedFullWidth(by: UInt64(truncatingIfNeeded: right.mantissa))
    left.mantissa = UInt128(truncatingIfNeeded: high) &<< 64 | UInt128(truncatingIfNeeded: low)
    left.exponent += right.exponent
    left.isNegative = left.isNegative != right.isNegative
    return left
  }

  /// Brings both to the smaller exponent; false when that does not fit.
  @inline(__always)
  private mutating func align(with other: inout DecimalDigits) -> Bool {
    if exponent == other.exponent { return true }
    return exponent > other.exponent
      ? stretch(to: other.exponent) : other.stretch(to: exponent)
  }

  @inline(__always)
  private mutating func stretch(to lower: Int) -> Bool {
    let shift = exponent &- lower
    exponent = lower
    if mantissa == 0 { return true }
    guard shift < Self.shortPowers.count else { return false }
    let (product, overflow) = mantissa.multipliedReportingOverflow(
      by: UInt128(truncatingIfNeeded: Self.shortPowers[shift])
    )
    mantissa = product
    return !overflow
  }

  /// The number as a decimal, written as the library writes its own results; nil when its exponent is
  /// out of reach.
  @inline(__always)
  var decimal: Decimal? {
    guard mantissa > 0 else { return Decimal() }
    var (digits, power) = (mantissa, exponent)
    digits.dropZeros(&power)
    guard power >= -128, power <= 127 else { return nil }
    var number = Decimal()
    withUnsafeMutableBytes(of: &number) { bytes in
      let words = UInt8(truncatingIfNeeded: (143 &- digits.leadingZeroBitCount) &>> 4)
      bytes[0] = UInt8(bitPattern: Int8(truncatingIfNeeded: power))
      bytes[1] = words &<< 4 | (isNegative ? 8 : 0) | 4
      bytes.storeBytes(of: digits.littleEndian, toByteOffset: 4, as: UInt128.self)
    }
    return number
  }
}

extension UInt128 {
  /// Takes the zeros off its end, and counts them.
  @inline(__always)
  fileprivate mutating func dropZeros(_ power: inout Int) {
    if self &>> 64 == 0 {
      var short = UInt64(truncatingIfNeeded: self)
      while short.isMultiple(of: 10) { (short, power) = (short / 10, power &+ 1) }
      self = UInt128(truncatingIfNeeded: short)
    } else {
      while isMultiple(of: 10) { (self, power) = (self / 10, power &+ 1) }
    }
  }
}
