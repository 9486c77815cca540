/// A number as the sum of two `Double`s: 106 bits, so that sums of millions of values, and the
/// differences of such sums, keep all digits of a `Double`.
///
/// *(Dekker 1971, Knuth 1969; error bounds: Joldes, Muller and Popescu 2017.)*
struct DoubleDouble: Hashable, Codable, Sendable {
  private(set) var high = 0.0
  private(set) var low = 0.0

  static let zero = DoubleDouble()

  init() {}

  @inline(__always)
  init(_ value: Double) { high = value }

  /// `high + low`, where `low` is at most as large as `high`.
  @inline(__always)
  private init(fast high: Double, _ low: Double) {
    self.high = high + low
    self.low = low - (self.high - high)
  }

  /// The nearest `Double`.
  var value: Double { high + low }

  /// The exact product of two `Double`s.
  @inline(__always)
  static func product(_ left: Double, _ right: Double) -> DoubleDouble {
    var product = DoubleDouble(left * right)
    product.low = (-product.high).addingProduct(left, right)
    return product
  }

  /// The sum, within 3·2⁻¹⁰⁶ of it.
  @inline(__always)
  static func + (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let (sum, error) = exactSum(left.high, right.high)
    let (lowSum, lowError) = exactSum(left.low, right.low)
    let first = DoubleDouble(fast: sum, error + lowSum)
    return DoubleDouble(fast: first.high, first.low + lowError)
  }

  @inline(__always)
  static func - (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble { left + -right }

  @inline(__always)
  static prefix func - (value: DoubleDouble) -> DoubleDouble {
    var negative = DoubleDouble(-value.high)
    negative.low = -value.low
    return negative
  }

  @inline(__always)
  static func += (left: inout DoubleDouble, right: DoubleDouble) { left = left + right }

  /// The product, within 2⁻¹⁰³ of it.
  @inline(__always)
  static func * (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let whole = product(left.high, right.high)
    let rest = whole.low + (left.high * right.low + left.low * right.high)
    return DoubleDouble(fast: whole.high, rest)
  }

  /// The quotient, within 2⁻¹⁰³ of it.
  static func / (left: DoubleDouble, right: Double) -> DoubleDouble {
    let first = left.high / right
    let rest = left - product(first, right)
    return DoubleDouble(fast: first, rest.high / right)
  }

  @inline(__always)
  private static func exactSum(_ left: Double, _ right: Double) -> (sum: Double, error: Double) {
    let sum = left + right
    let part = sum - left
    return (sum, (left - (sum - part)) + (right - part))
  }
}
