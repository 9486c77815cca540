#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

extension PositionLedger {
  /// What became of a fill.
  enum Taken {
    case booked(RoundTrip?)
    case refused(Refusal)
  }

  mutating func take(_ event: OrderEvent, at now: Instant) -> Taken? {
    switch event.kind {
    case .signalled(let side, _, _, _, let strategy):
      _ = orders.insert(event.order, Order(side: side, strategy: strategy))
      return nil
    case .filled(let quantity, let price, let id, let fee):
      guard let order = orders[event.order] else { return refuse(.unknownSide) }
      let fill = Fill(
        id: id,
        order: event.order,
        symbol: event.symbol,
        side: order.side,
        quantity: quantity,
        price: price,
        fee: fee
      )
      return take(fill, at: now)
    default: return nil
    }
  }

  mutating func take(_ fill: Fill, at now: Instant) -> Taken {
    guard fill.quantity.isAboveZero, fill.isCountable else { return refuse(.invalid) }
    let name = FillName(order: fill.order, id: fill.id)
    guard let place = holdings.index(forKey: fill.symbol) else { return open(fill, name, at: now) }
    guard seen.insert(name, Nothing()) else { return refuse(.duplicate) }
    return .booked(book(fill, at: place, at: now))
  }

  private mutating func refuse(_ reason: Refusal) -> Taken {
    refusals[reason, default: 0] += 1
    return .refused(reason)
  }

  private mutating func open(_ fill: Fill, _ name: FillName, at now: Instant) -> Taken {
    guard seen[name] == nil else { return refuse(.duplicate) }
    guard holdings.count < symbolLimit else { return refuse(.tooManySymbols) }
    seen[name] = Nothing()
    open(fill, at: now)
    return .booked(nil)
  }

  private mutating func book(
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

extension Position {
  /// Nothing of a symbol.
  static func flat(_ symbol: String) -> Position {
    Position(symbol: symbol, quantity: 0, averagePrice: 0)
  }
}

extension Fill {
  fileprivate var isCountable: Bool {
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
