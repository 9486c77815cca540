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
  var trip: RoundTrip
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
  var averageValue: Decimal { basisValue / basisQuantity }

  /// Realised since the position was opened, before fees.
  var realised: Decimal {
    let sold = basisQuantity - quantity.magnitude
    let profit = sold == 0 ? 0 : exitValue - basisValue * sold / basisQuantity
    return settled + (trip.side == .buy ? profit : -profit)
  }

  mutating func pay(_ fee: Money?) {
    guard let fee else { return }
    let paid = trip.fees[fee.currency] ?? 0
    trip.fees[fee.currency] = paid.plus(fee.amount)
  }

  /// More of the same side.
  mutating func enter(_ fill: Fill, value: Decimal) {
    settle()
    move(fill)
    basisQuantity = basisQuantity.plus(fill.quantity)
    basisValue = basisValue.plus(value)
    trip.quantity = trip.quantity.plus(fill.quantity)
    trip.entryValue = trip.entryValue.plus(value)
    pay(fill.fee)
  }

  /// Less, at most all. What the part cost leaves with it.
  mutating func exit(_ fill: Fill, value: Decimal, at now: Instant) {
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
    basisValue = basisValue * held / basisQuantity
    basisQuantity = held
    exitValue = 0
  }
}
