#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// What the figures need of one ended order, worked out once for all windows it enters.
struct Trade: Sendable {
  /// Fractions are kept as whole multiples of this.
  static let unit = 1e-12

  /// What the fills cost against the decision price.
  struct Cost: Sendable {
    /// The fraction, in units.
    var slippage: Int64
    var cost: Decimal
    var value: Decimal
  }

  var state: OrderState
  /// Filled ÷ ordered quantity, in units.
  var share: Int64
  /// Nanoseconds.
  var timeToSubmit: Int64?
  /// Nanoseconds.
  var timeToFill: Int64?
  var cost: Cost?

  init(_ order: OrderRecord) {
    state = order.state
    share = Self.units(Self.share(of: order))
    timeToSubmit = order.timeToSubmit?.wholeNanoseconds
    timeToFill = order.timeToFill?.wholeNanoseconds
    cost = Self.cost(of: order)
  }

  private static func cost(of order: OrderRecord) -> Cost? {
    guard let cost = order.slippageCost, let value = order.decisionValue, value > 0 else {
      return nil
    }
    let fraction = cost.double / value.double
    guard fraction.isFinite else { return nil }
    return Cost(slippage: units(fraction), cost: cost, value: value)
  }

  private static func share(of order: OrderRecord) -> Double {
    if order.state == .filled { return 1 }
    guard let quantity = order.quantity, quantity > 0 else { return 0 }
    return min(1, order.filledQuantity.double / quantity.double)
  }

  /// A fraction in whole units, at most a million either way.
  private static func units(_ fraction: Double) -> Int64 {
    Int64((min(max(fraction, -1e6), 1e6) / unit).rounded())
  }
}
