#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

extension PositionLedger {
  mutating func refuse(_ reason: Refusal) -> Outcome {
    refusals[reason, default: 0] += 1
    return Outcome(refusal: reason)
  }

  /// Opens a position, in a symbol that is flat.
  mutating func open(_ fill: Fill, _ name: FillName, at now: Instant) -> Outcome {
    guard seen[name] == nil else { return refuse(.duplicate) }
    guard holdings.count < symbolLimit else { return refuse(.tooManySymbols) }
    seen[name] = Nothing()
    open(fill, at: now)
    return Outcome()
  }

  /// Books a fill into the position at a place; gives the round trip that it ended.
  mutating func book(
    _ fill: Fill,
    at place: Dictionary<String, Holding>.Index,
    at now: Instant
  ) -> RoundTrip? {
    guard fill.side != holdings.values[place].trip.side else {
      holdings.values[place].enter(fill, value: value(of: fill))
      return nil
    }
    let (closing, opening) = fill.split(at: holdings.values[place].quantity.magnitude)
    holdings.values[place].exit(closing, value: value(of: closing), at: now)
    guard holdings.values[place].quantity.isZero else { return nil }
    let trip = holdings.remove(at: place).value.trip
    if let opening { open(opening, at: now) }
    return trip
  }

  private mutating func open(_ fill: Fill, at now: Instant) {
    let strategy = orders[fill.order]?.strategy
    holdings[fill.symbol] = Holding(fill, value: value(of: fill), strategy: strategy, at: now)
  }

  private func value(of fill: Fill) -> Decimal {
    let value = fill.quantity.times(fill.price)
    return multipliers.isEmpty ? value : value.times(multiplier(fill.symbol))
  }

  func multiplier(_ symbol: String) -> Decimal { multipliers[symbol] ?? 1 }

  func position(_ holding: Holding) -> Position {
    let symbol = holding.trip.symbol
    return Position(
      symbol: symbol,
      quantity: holding.quantity,
      averagePrice: holding.averageValue / multiplier(symbol)
    )
  }
}

extension Fill {
  /// Whether sums and products with its numbers stay numbers.
  var isCountable: Bool {
    quantity.isCountable && price.isCountable && fee?.amount.isCountable ?? true
  }

  /// The part up to a quantity, and the rest; the fee is shared by quantity, without a remainder.
  fileprivate func split(at limit: Decimal) -> (first: Fill, rest: Fill?) {
    guard quantity.isAbove(limit) else { return (self, nil) }
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
