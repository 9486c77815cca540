import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

private let coder = RecordedEventCoder()

@Test func `reading what was written gives back the same event`() throws {
  for seed in 0..<4000 {
    var generator = RecordingSeed(UInt64(seed))
    let record = Recorded(generator.event(), at: generator.instant())
    let line = coder.encode(record, id: generator.pick([nil, "7"]))
    let back = try coder.decode(line)
    if back != record { expectNoDifference(back, record, "seed \(seed): \(line)") }
  }
}

@Test func `lines are as short as they are documented`() throws {
  let order = { (kind: OrderEvent.Kind) in
    TradingEvent.order(OrderEvent(order: "o-17", symbol: "AAPL", kind: kind))
  }
  let at = Instant(nanoseconds: 1_078_151_400_000_000_000)
  let table: [(TradingEvent, String)] = [
    (
      .tick(Tick(symbol: "AAPL", venue: "NASDAQ", price: 23.92)),
      #""tick":"AAPL","venue":"NASDAQ","price":23.92"#
    ),
    (
      .tick(Tick(symbol: "A", venue: "B", price: 1, venueInstant: .epoch, isSnapshot: true)),
      #""tick":"A","venue":"B","price":1,"venueAt":"1970-01-01T00:00:00.000Z","snapshot":true"#
    ),
    (
      .heartbeat(Heartbeat(source: "broker", latency: .microseconds(3100))),
      #""heartbeat":"broker","latency":0.0031"#
    ),
    (
      order(.signalled(side: .buy, quantity: 100, decisionPrice: 23.92)),
      #""order":"o-17","symbol":"AAPL","signalled":"buy","quantity":100,"price":23.92"#
    ),
    (order(.submitted), #""order":"o-17","symbol":"AAPL","submitted":true"#),
    (order(.unconfirmed(reason: "late")), #""order":"o-17","symbol":"AAPL","unconfirmed":"late""#),
    (order(.acknowledged), #""order":"o-17","symbol":"AAPL","acknowledged":true"#),
    (
      order(.filled(quantity: 100, price: 23.93, fill: "f-1")),
      #""order":"o-17","symbol":"AAPL","filled":100,"price":23.93,"fill":"f-1""#
    ),
    (order(.rejected(reason: "no")), #""order":"o-17","symbol":"AAPL","rejected":"no""#),
    (order(.cancelled), #""order":"o-17","symbol":"AAPL","cancelled":true"#),
    (order(.expired), #""order":"o-17","symbol":"AAPL","expired":true"#),
    (
      order(.replaced(quantity: 50, limitPrice: nil)),
      #""order":"o-17","symbol":"AAPL","replaced":true,"quantity":50"#
    ),
    (order(.cancelRequested), #""order":"o-17","symbol":"AAPL","cancelRequested":true"#),
    (
      order(.cancelRejected(reason: "filled")),
      #""order":"o-17","symbol":"AAPL","cancelRejected":"filled""#
    ),
    (
      order(.filled(quantity: 1, price: 2, fill: "f", fee: Money(-0.5, "USD"))),
      #""order":"o-17","symbol":"AAPL","filled":1,"price":2,"fill":"f","fee":-0.5,"#
        + #""feeCurrency":"USD""#
    ),
    (
      .quote(Quote(symbol: "A", venue: "B", bid: 1, ask: nil)),
      #""quote":"A","venue":"B","bid":1"#
    ),
    (
      .connection(Connection(source: "B", .disconnected, reason: "reset")),
      #""connection":"B","state":"disconnected","reason":"reset""#
    ),
    (
      .orders(
        OrderReport(
          book: .broker,
          orders: [
            OpenOrder(order: "o-1", symbol: "A", side: .sell, quantity: 5, limitPrice: 7)
          ]
        )
      ),
      #""book":"broker","orders":[["o-1",null,"A","sell",5,0,7]]"#
    ),
    (
      .fills(
        FillReport(
          book: .broker,
          since: .epoch,
          fills: [Fill(id: "f", order: "o", symbol: "A", side: .buy, quantity: 1, price: 2)]
        )
      ),
      #""book":"broker","since":"1970-01-01T00:00:00.000Z","#
        + #""fills":[["f","o","A","buy",1,2,null,null]]"#
    ),
    (
      .account(
        AccountReport(
          book: .local,
          balances: [Balance(currency: "USD", total: 100, frozen: 25)],
          equity: Money(130, "USD")
        )
      ),
      #""book":"local","balances":[["USD",100,25]],"equity":130,"currency":"USD""#
    ),
    (
      .positions(
        PositionReport(
          book: .broker,
          positions: [Position(symbol: "AAPL", quantity: -100, averagePrice: 23.93)],
          isComplete: false
        )
      ),
      #""book":"broker","positions":[["AAPL",-100,23.93]],"complete":false"#
    ),
  ]
  for (event, fields) in table {
    let line = #"{"at":"2004-03-01T14:30:00.000Z","# + fields + "}"
    expectNoDifference(coder.encode(Recorded(event, at: at)), line)
    expectNoDifference(try coder.decode(line), Recorded(event, at: at))
  }
}

private func price(_ text: String) throws -> Decimal? {
  let line = "{\"at\":0,\"tick\":\"A\",\"venue\":\"B\",\"price\":\(text)}"
  guard case .tick(let tick) = try coder.decode(line).event else { return nil }
  return tick.price
}

@Test(arguments: [
  ("0.1", "0.1"), ("-0", "0"), ("-0.00", "0"), ("1e-8", "0.00000001"), ("1.50E+2", "150"),
  ("\"23.92\"", "23.92"), ("12345678901234567890123456789012345678", nil),
  ("1234567890123456789.1234567890123456789", "1234567890123456789.1234567890123456789"),
  ("0.000000000000000000000000000000000000000012345", nil),
  ("100000000000000000000000000000000000000000", nil),
])
func `prices keep their digits`(text: String, expected: String?) throws {
  let plain = text.replacing("\"", with: "")
  let expected = try #require(Decimal(string: expected ?? plain, locale: nil))
  #expect(try price(text) == expected)
}

@Test(arguments: [
  "1e127", "-1e127", "1e-128", "99999999999999999999999999999999999999e89",
  "12345678901234567890123456789012345678e-128", "12345678901234567890123456789012345678e127",
  "340282366920938463463374607431768211455", "18446744073709551616", "10000000000000000000001",
])
func `the largest and the smallest prices are exact, or refused`(text: String) throws {
  let line = { (price: String) in "{\"at\":0,\"tick\":\"A\",\"venue\":\"B\",\"price\":\(price)}" }
  guard let record = try? coder.decode(line(text)) else {
    #expect(text.hasPrefix("340") || text.hasSuffix("78e127"))
    return
  }
  guard case .tick(let tick) = record.event else { return }
  #expect(!tick.price.isNaN)
  #expect(tick.price == Decimal(string: text, locale: nil))
  #expect(try coder.decode(coder.encode(record)) == record)
}

@Test func `a price that Foundation would change by way of Double is exact here`() throws {
  let text = "0.12345678901234567890123456789012345678"
  #expect(try price(text)?.description == text)
}

@Test(arguments: [
  ("\"2004-03-01T14:30:00Z\"", 1_078_151_400_000_000_000),
  ("\"2004-03-01T14:30:00.5Z\"", 1_078_151_400_500_000_000),
  ("\"2004-03-01t15:30:00.123456789+01:00\"", 1_078_151_400_123_456_789),
  ("\"2004-02-29T23:59:60Z\"", 1_078_099_200_000_000_000),
  ("\"1969-12-31T23:59:59.999999999Z\"", -1),
  ("-1", -1), ("1078151400000000000", 1_078_151_400_000_000_000), ("1e9", 1_000_000_000),
])
func `instants are exact to the nanosecond`(text: String, nanoseconds: Int64) throws {
  let line = "{\"at\":\(text),\"heartbeat\":\"b\"}"
  #expect(try coder.decode(line).instant == Instant(nanoseconds: nanoseconds))
}

@Test func `days and dates agree with Foundation for 800 years`() throws {
  var calendar = Calendar(identifier: .gregorian)
  calendar.timeZone = .gmt
  for day in stride(from: -140_000, to: 140_000, by: 97) {
    let date = CivilDate(daysSinceEpoch: day)
    let parts = calendar.dateComponents(
      [.year, .month, .day],
      from: Date(timeIntervalSince1970: Double(day) * 86_400)
    )
    #expect([date.year, date.month, date.day] == [parts.year, parts.month, parts.day])
    #expect(date.daysSinceEpoch == day)
    #expect(CivilDate(text: date.description) == date)
  }
}
