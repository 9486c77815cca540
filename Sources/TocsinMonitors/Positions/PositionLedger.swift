#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// Keeps the positions that follow from fills, by average cost, and tells every round trip.
///
/// Each fill counts once: equal ids of one order are the same fill told twice, also after other
/// fills. A fill that closes more than is held is split: one part makes the position flat, the rest
/// opens the other side, each with its share of the fee. The order of fills of one symbol matters,
/// as it does at the broker. O(1) a fill; memory is bounded by the limits.
public struct PositionLedger: Sendable, Codable {
  /// Why a fill was not booked.
  public enum Refusal: String, Hashable, Codable, Sendable, CaseIterable {
    /// The same fill was booked before.
    case duplicate
    /// A quantity that is not positive, or a number that is none or too large to be counted.
    case invalid
    /// The order's signal was never seen, so nobody knows which way it trades.
    case unknownSide
    /// There are too many symbols.
    case tooManySymbols
  }

  /// What one fill did.
  public struct Outcome: Hashable, Sendable {
    /// The position afterwards; nil when nothing was booked.
    public var position: Position?
    /// The round trip that it ended; nil when it ended none.
    public var closed: RoundTrip?
    /// Why nothing was booked; nil when it was.
    public var refusal: Refusal?
  }

  /// How many fills were not booked, by reason.
  public private(set) var refusals: [Refusal: Int] = [:]
  private let multipliers: [String: Decimal]
  private let symbolLimit: Int
  private var holdings: [String: Holding] = [:]
  private var orders: Remembered<String, Order>
  private var seen: Remembered<FillName, Nothing>

  private struct Order: Hashable, Codable, Sendable {
    var side: Side
    var strategy: String?
  }

  private struct FillName: Hashable, Codable, Sendable {
    var order: String
    var id: String
  }

  private struct Nothing: Hashable, Codable, Sendable {}

  /// Makes a ledger that is flat everywhere.
  ///
  /// - Parameters:
  ///   - instruments: Where multipliers are found, by symbol; 1 where there is none.
  ///   - symbolLimit: How many symbols are followed at most.
  ///   - remembered: How many orders and how many fills are remembered, to find sides and repeats.
  public init(
    instruments: [Instrument] = [],
    symbolLimit: Int = 100_000,
    remembered: Int = 100_000
  ) {
    multipliers = Dictionary(instruments.map { ($0.symbol, $0.multiplier) }) { _, last in last }
    self.symbolLimit = max(1, symbolLimit)
    orders = Remembered(capacity: remembered)
    seen = Remembered(capacity: remembered)
  }

  /// The position of a symbol; nil when it is flat.
  public subscript(symbol: String) -> Position? {
    holdings[symbol].map { self.position($0) }
  }

  /// The positions that are not flat, sorted by symbol, as a report of our own book.
  public var report: PositionReport {
    let positions = holdings.keys.sorted().compactMap { self[$0] }
    return PositionReport(book: .local, positions: positions)
  }

  /// What was earned with the open position of a symbol since it was opened, before fees; zero when
  /// it is flat.
  public func realised(_ symbol: String) -> Decimal { holdings[symbol]?.realised ?? 0 }

  /// Takes one step of an order; nil when it is no fill.
  public mutating func receive(_ event: OrderEvent, at now: Instant) -> Outcome? {
    switch event.kind {
    case .signalled(let side, _, _, _, let strategy):
      if orders[event.order] == nil { orders[event.order] = Order(side: side, strategy: strategy) }
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
      return receive(fill, at: now)
    default: return nil
    }
  }

  /// Takes one fill.
  public mutating func receive(_ fill: Fill, at now: Instant) -> Outcome {
    guard fill.quantity > 0, isCountable(fill) else { return refuse(.invalid) }
    let name = FillName(order: fill.order, id: fill.id)
    guard seen[name] == nil else { return refuse(.duplicate) }
    guard holdings[fill.symbol] != nil || holdings.count < symbolLimit else {
      return refuse(.tooManySymbols)
    }
    seen[name] = Nothing()
    let closed = book(fill, at: now)
    return Outcome(position: self[fill.symbol] ?? .flat(fill.symbol), closed: closed)
  }

  private mutating func refuse(_ reason: Refusal) -> Outcome {
    refusals[reason, default: 0] += 1
    return Outcome(refusal: reason)
  }
}

extension PositionLedger {
  private mutating func book(_ fill: Fill, at now: Instant) -> RoundTrip? {
    guard var holding = holdings.removeValue(forKey: fill.symbol) else {
      open(fill, at: now)
      return nil
    }
    guard fill.side != holding.trip.side else {
      holding.enter(fill, value: value(of: fill))
      holdings[fill.symbol] = holding
      return nil
    }
    let (closing, opening) = fill.split(at: holding.quantity.magnitude)
    holding.exit(closing, value: value(of: closing), at: now)
    guard holding.quantity == 0 else {
      holdings[fill.symbol] = holding
      return nil
    }
    if let opening { open(opening, at: now) }
    return holding.trip
  }

  private mutating func open(_ fill: Fill, at now: Instant) {
    let strategy = orders[fill.order]?.strategy
    holdings[fill.symbol] = Holding(fill, value: value(of: fill), strategy: strategy, at: now)
  }

  private func isCountable(_ fill: Fill) -> Bool {
    fill.quantity.isCountable && fill.price.isCountable && fill.fee?.amount.isCountable ?? true
  }

  private func value(of fill: Fill) -> Decimal {
    fill.quantity * fill.price * multiplier(fill.symbol)
  }

  private func multiplier(_ symbol: String) -> Decimal { multipliers[symbol] ?? 1 }

  private func position(_ holding: Holding) -> Position {
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
  /// The part up to a quantity, and the rest; the fee is shared by quantity, without a remainder.
  fileprivate func split(at limit: Decimal) -> (first: Fill, rest: Fill?) {
    guard quantity > limit else { return (self, nil) }
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
