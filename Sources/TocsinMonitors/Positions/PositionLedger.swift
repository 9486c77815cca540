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
  }

  struct Nothing: Hashable, Codable, Sendable {}

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
    guard let taken = take(event, at: now) else { return nil }
    return outcome(of: taken, event.symbol)
  }

  /// Takes one fill.
  public mutating func receive(_ fill: Fill, at now: Instant) -> Outcome {
    let taken = take(fill, at: now)
    return outcome(of: taken, fill.symbol)
  }

  /// Takes one step of an order; gives the round trip that it ended.
  mutating func trip(_ event: OrderEvent, at now: Instant) -> RoundTrip? {
    if case .booked(let trip) = take(event, at: now) { trip } else { nil }
  }

  private func outcome(of taken: Taken, _ symbol: String) -> Outcome {
    switch taken {
    case .booked(let closed): Outcome(position: self[symbol] ?? .flat(symbol), closed: closed)
    case .refused(let refusal): Outcome(refusal: refusal)
    }
  }
}
