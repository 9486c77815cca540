#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// What is held of one symbol, and the round trip that it is part of.
struct Holding: Hashable, Codable, Sendable {
  /// Signed: negative when short.
  var quantity: Decimal
  /// What the open quantity cost, unsigned.
  var openValue: Decimal
  /// Realised since the position was opened, before fees.
  var realised: Decimal = 0
  var trip: RoundTrip

  /// A position that a fill opens.
  init(_ fill: Fill, value: Decimal, strategy: String?, at now: Instant) {
    quantity = fill.side == .buy ? fill.quantity : -fill.quantity
    openValue = value
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
  var averageValue: Decimal { openValue / quantity.magnitude }

  mutating func pay(_ fee: Money?) {
    if let fee { trip.fees[fee.currency, default: 0] += fee.amount }
  }

  /// More of the same side.
  mutating func enter(_ fill: Fill, value: Decimal) {
    quantity += fill.side == .buy ? fill.quantity : -fill.quantity
    openValue += value
    trip.quantity += fill.quantity
    trip.entryValue += value
    pay(fill.fee)
  }

  /// Less, at most all. What the part cost leaves with it: of all that is open, exactly all.
  mutating func exit(_ fill: Fill, value: Decimal, at now: Instant) {
    let held = quantity.magnitude
    let cost = fill.quantity == held ? openValue : openValue * fill.quantity / held
    openValue -= cost
    realised += trip.side == .buy ? value - cost : cost - value
    quantity += fill.side == .buy ? fill.quantity : -fill.quantity
    trip.exitValue += value
    trip.closedAt = now
    pay(fill.fee)
  }
}
