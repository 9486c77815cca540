#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Decimal {
  private static let uncountable = Decimal(sign: .plus, exponent: 50, significand: 1)

  /// Whether it is a number of which products can be formed: one that is too small traps in them.
  var isUsable: Bool { isFinite && exponent >= -40 }

  /// Whether sums and products of a position with it stay numbers. Ordinary ones are told at once by
  /// their exponent: a decimal has at most 39 digits.
  var isCountable: Bool { isUsable && (exponent < 10 || magnitude < Self.uncountable) }
}
