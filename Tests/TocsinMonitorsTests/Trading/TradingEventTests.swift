import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct TradingEventTests {
  private static let fill = OrderEvent.Kind.filled(quantity: 3, price: 101, fill: "f")

  @Test(arguments: [
    TradingEvent.tick(Tick(symbol: "IBM", venue: "X", price: 1, venueInstant: .epoch)),
    .heartbeat(Heartbeat(source: "broker", latency: .milliseconds(5))),
    .order(OrderEvent(order: "1", symbol: "IBM", kind: fill)),
    .order(OrderEvent(order: "1", symbol: "IBM", kind: .submitted)),
    .quote(Quote(symbol: "IBM", venue: "X", bid: 1, ask: nil, venueInstant: .epoch)),
    .connection(Connection(source: "X", .reconnecting)),
    .orders(
      OrderReport(
        book: .local,
        orders: [OpenOrder(order: "1", symbol: "IBM", side: .buy, quantity: 2)]
      )
    ),
    .fills(
      FillReport(
        book: .broker,
        since: .epoch,
        fills: [Fill(id: "f", order: "1", symbol: "IBM", side: .buy, quantity: 1, price: 2)]
      )
    ),
    .transfer(Transfer(id: "t", amount: Money(-5, "USD"))),
    .account(AccountReport(book: .broker, balances: [Balance(currency: "USD", total: 3)])),
    .positions(
      PositionReport(
        book: .broker,
        positions: [Position(symbol: "IBM", quantity: -1, averagePrice: 2)],
        isComplete: false
      )
    ),
  ])
  func `comes back as it was written`(event: TradingEvent) throws {
    let record = Recorded(event, at: Instant(nanoseconds: 5))
    let data = try JSONEncoder().encode(record)
    expectNoDifference(try JSONDecoder().decode(Recorded<TradingEvent>.self, from: data), record)
  }

  @Test(arguments: ["{}", #"{"tick": {}, "order": {}}"#, #"{"other": {}}"#])
  func `refuses what is not exactly one event`(text: String) {
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(TradingEvent.self, from: Data(text.utf8))
    }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("It should say that the data is corrupted.")
      return
    }
    #expect(
      context.debugDescription
        == "A trading event needs exactly one member of: tick, quote, "
        + "heartbeat, connection, order, positions, orders, fills, account, transfer."
    )
  }
}
