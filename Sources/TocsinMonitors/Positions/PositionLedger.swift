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

  /// What one fill did. Ask the ledger for the position: its average price takes a division.
  public struct Outcome: Hashable, Sendable {
    /// The round trip that it ended; nil when it ended none.
    public var closed: RoundTrip?
    /// Why nothing was booked; nil when it was.
    public var refusal: Refusal?
  }

  /// How many fills were not booked, by reason.
  public internal(set) var refusals: [Refusal: Int] = [:]
  let multipliers: [String: Decimal]
  let symbolLimit: Int
  var holdings: [String: Holding] = [:]
  var orders: Remembered<String, Order>
  var seen: Remembered<FillName, Nothing>

  struct Order: Hashable, Codable, Sendable {
    var side: Side
    var strategy: String?
  }

  struct FillName: Hashable, Codable, Sendable {
    var order: String
    var id: String

    func hash(into hasher: inout Hasher) { hasher.combine(quickHash(order, id)) }
    var hashValue: Int { Int(truncatingIfNeeded: quickHash(order, id)) }
  }

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
      return receive(fill, at: now)
    default: return nil
    }
  }

  /// Takes one fill.
  public mutating func receive(_ fill: Fill, at now: Instant) -> Outcome {
    guard fill.quantity.isAboveZero, fill.isCountable else { return refuse(.invalid) }
    let name = FillName(order: fill.order, id: fill.id)
    guard let place = holdings.index(forKey: fill.symbol) else { return open(fill, name, at: now) }
    guard seen.insert(name) else { return refuse(.duplicate) }
    return Outcome(closed: book(fill, at: place, at: now))
  }
}
