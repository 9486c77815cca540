#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// The last quote of each symbol, and whether it may be trusted.
///
/// O(1) a quote. When there is no room, a symbol whose quote has gone stale makes room; one place is
/// looked at for each quote that finds none, and what still finds none is counted.
struct TouchBook: Sendable {
  private struct Row {
    var bid: Decimal?
    var ask: Decimal?
    var received: Instant
  }

  let maximumAge: Duration
  let limit: Int
  /// Quotes that found no room.
  private(set) var refusedCount = 0
  private var rows = KeyTable<String, Row>()
  private var hand = 0

  init(maximumAge: Duration, limit: Int) {
    self.maximumAge = maximumAge
    self.limit = max(1, limit)
  }

  var count: Int { rows.count }

  mutating func receive(_ quote: Quote, at now: Instant) {
    guard let slot = rows.slot(of: quote.symbol) ?? room(for: quote.symbol, at: now) else {
      refusedCount += 1
      return
    }
    rows[slot].bid = quote.bid
    rows[slot].ask = quote.ask
    rows[slot].received = now
  }

  /// What an order of a symbol meets at `now`.
  func touch(_ symbol: String, at now: Instant) -> Touch {
    guard let slot = rows.slot(of: symbol) else { return .unknown(.noQuote) }
    let row = rows[slot]
    guard row.received.duration(to: now) <= maximumAge else { return .unknown(.staleQuote) }
    guard let bid = row.bid, let ask = row.ask, bid.isUsable, ask.isUsable, !bid.isAbove(ask) else {
      return .unknown(.crossedQuote)
    }
    return .quoted(bid: bid, ask: ask)
  }

  private mutating func room(for symbol: String, at now: Instant) -> Int? {
    let row = Row(bid: nil, ask: nil, received: now)
    if rows.count < limit { return rows.insert(symbol, row) }
    hand = hand + 1 < rows.slotLimit ? hand + 1 : 0
    guard rows[hand].received.duration(to: now) > maximumAge else { return nil }
    rows.remove(hand)
    return rows.insert(symbol, row)
  }
}
