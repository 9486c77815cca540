import Foundation

extension Decimal {
  /// Whether it is a whole multiple of a step.
  func isMultiple(of step: Decimal) -> Bool {
    var (quotient, whole) = (self / step, Decimal())
    NSDecimalRound(&whole, &quotient, 0, .plain)
    return whole * step == self
  }
}
