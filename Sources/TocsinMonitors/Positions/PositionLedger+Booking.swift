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
    let multiplier = multipliers.isEmpty ? nil : multiplier(fill.symbol)
    // One access: a question to `values[place]` first would copy all of it.
    let left = holdings.values[place].take(fill, times: multiplier, at: now)
    guard case .nothing(let rest) = left else { return nil }
    let trip = holdings.remove(at: place).value.finalTrip
    if let rest { open(rest, at: now) }
    return trip
  }

  private mutating func open(_ fill: Fill, at now: Instant) {
    let strategy = orders[fill.order]?.strategy
    let value = fill.value(times: multipliers.isEmpty ? nil : multiplier(fill.symbol))
    holdings[fill.symbol] = Holding(fill, value: value, strategy: strategy, at: now)
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
}
