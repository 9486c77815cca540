#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// What is held of one symbol, and the round trip that it is part of.
///
/// Exits leave the average price as it is, so nothing is divided while a position only shrinks: what
/// the open quantity cost is a share of the *basis*, the position after its last entry.
struct Holding: Hashable, Codable, Sendable {
  /// Signed: negative when short.
  var quantity: Decimal
  /// Without its fees.
  private(set) var trip: RoundTrip
  private var paid = PaidFees()
  /// How much was held after the last entry, and what that cost; unsigned.
  private var basisQuantity: Decimal
  private var basisValue: Decimal
  /// What the exits since then brought.
  private var exitValue: Decimal = 0
  /// Realised by the exits before, before fees.
  private var settled: Decimal = 0

  /// A position that a fill opens.
  init(_ fill: Fill, value: Decimal, strategy: String?, at now: Instant) {
    quantity = fill.side == .buy ? fill.quantity : -fill.quantity
    (basisQuantity, basisValue) = (fill.quantity, value)
    trip = RoundTrip(
      symbol: fill.symbol,
      strategy: strategy,
      side: fill.side,
      quantity: fill.quantity,
      entryValue: value,
      exitValue: 0,
      fees: [:],
      openedAt: now,
      closedAt: now
    )
    pay(fill.fee)
  }

  /// The open quantity's price per unit of value; the price where the multiplier is one.
  var averageValue: Decimal { basisValue.over(basisQuantity) }

  /// Realised since the position was opened, before fees.
  var realised: Decimal {
    let sold = basisQuantity.minus(quantity.magnitude)
    guard !sold.isZero else { return settled }
    let profit = exitValue.minus(basisValue.times(sold).over(basisQuantity))
    return trip.side == .buy ? settled.plus(profit) : settled.minus(profit)
  }

  /// What a fill leaves of a position.
  enum Left {
    case something
    /// The position is closed; the rest of the fill opens another.
    case nothing(rest: Fill?)
  }

  /// Takes a fill of either side.
  mutating func take(_ fill: Fill, times multiplier: Decimal?, at now: Instant) -> Left {
    guard fill.side != trip.side else {
      enter(fill, value: fill.value(times: multiplier))
      return .something
    }
    guard fill.quantity.isAbove(quantity.magnitude) else {
      exit(fill, value: fill.value(times: multiplier), at: now)
      return quantity.isZero ? .nothing(rest: nil) : .something
    }
    let (closing, rest) = fill.split(at: quantity.magnitude)
    exit(closing, value: closing.value(times: multiplier), at: now)
    return .nothing(rest: rest)
  }

  /// The round trip as it is now.
  var finalTrip: RoundTrip {
    var trip = trip
    trip.fees = paid.byCurrency
    return trip
  }

  private mutating func pay(_ fee: Money?) {
    if let fee { paid.add(fee) }
  }

  /// More of the same side.
  private mutating func enter(_ fill: Fill, value: Decimal) {
    settle()
    move(fill)
    basisQuantity = basisQuantity.plus(fill.quantity)
    basisValue = basisValue.plus(value)
    trip.quantity = trip.quantity.plus(fill.quantity)
    trip.entryValue = trip.entryValue.plus(value)
    pay(fill.fee)
  }

  /// Less, at most all. What the part cost leaves with it.
  private mutating func exit(_ fill: Fill, value: Decimal, at now: Instant) {
    move(fill)
    exitValue = exitValue.plus(value)
    trip.exitValue = trip.exitValue.plus(value)
    trip.closedAt = now
    pay(fill.fee)
  }

  private mutating func move(_ fill: Fill) {
    quantity =
      fill.side == .buy ? quantity.plus(fill.quantity) : quantity.minus(fill.quantity)
  }

  /// Takes the exits since the last entry out of the basis.
  private mutating func settle() {
    let held = quantity.magnitude
    guard basisQuantity.isAbove(held) else { return }
    settled = realised
    basisValue = basisValue.times(held).over(basisQuantity)
    basisQuantity = held
    exitValue = 0
  }
}

extension Fill {
  /// Quantity times price, and times the multiplier where there is one.
  func value(times multiplier: Decimal?) -> Decimal {
    let value = quantity.times(price)
    return multiplier.map { value.times($0) } ?? value
  }

  /// The part up to a quantity that is below its own, and the rest; the fee is shared by quantity,
  /// without a remainder.
  fileprivate func split(at limit: Decimal) -> (first: Fill, rest: Fill) {
    var (first, rest) = (self, self)
    first.quantity = limit
    rest.quantity = quantity - limit
    if let fee {
      let share = fee.amount * limit / quantity
      first.fee = Money(share, fee.currency)
      rest.fee = Money(fee.amount - share, fee.currency)
    }
    return (first, rest)
  }
}
