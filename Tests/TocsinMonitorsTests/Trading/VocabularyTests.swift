import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

struct VocabularyTests {
  private func future(
    tick: Decimal = 0.25,
    lot: Decimal = 1,
    multiplier: Decimal = 50
  ) throws -> Instrument {
    try Instrument(
      symbol: "ESZ6",
      venue: "CME",
      tick: tick,
      lot: lot,
      currency: "USD",
      multiplier: multiplier
    )
  }

  @Test func `an instrument knows what a venue would refuse`() throws {
    let future = try future()
    try future.check(price: -12.25)
    try future.check(quantity: 3)
    let price = #expect(throws: InstrumentError.self) { try future.check(price: 12.3) }
    #expect(
      price?.description
        == "12.3 is no price of CME/ESZ6; round it to a whole number of ticks of 0.25."
    )
    let quantity = #expect(throws: InstrumentError.self) { try future.check(quantity: 0.5) }
    #expect(
      quantity?.description
        == "0.5 is no quantity of CME/ESZ6; give a positive whole number of lots of 1."
    )
    for bad in [Decimal(0), -1, .nan] {
      #expect(throws: InstrumentError.self) { try future.check(quantity: bad) }
    }
    #expect(throws: InstrumentError.self) { try future.check(price: .nan) }
  }

  @Test(arguments: [Decimal(0), -1, .nan])
  func `steps have to be positive numbers, also when they are read`(bad: Decimal) throws {
    let error = #expect(throws: InstrumentError.self) { try future(tick: bad) }
    #expect(
      error?.description == "The tick of CME/ESZ6 is \(bad); give a positive number, as the venue "
        + "publishes it."
    )
    #expect(throws: InstrumentError.self) { try future(lot: bad) }
    #expect(throws: InstrumentError.self) { try future(multiplier: bad) }
    let text = #"{"symbol":"A","venue":"B","tick":0,"lot":1,"currency":"USD","multiplier":1}"#
    #expect(throws: InstrumentError.self) {
      try JSONDecoder().decode(Instrument.self, from: Data(text.utf8))
    }
  }

  @Test func `an instrument comes back as it was written`() throws {
    let data = try JSONEncoder().encode(future())
    #expect(try JSONDecoder().decode(Instrument.self, from: data) == future())
  }

  @Test func `notional value counts the multiplier, and short positions too`() throws {
    #expect(try future().notional(-2, at: 4_000) == Money(400_000, "USD"))
  }

  @Test func `money of two currencies does not add up`() {
    #expect(Money(1, "USD").adding(Money(2, "USD")) == Money(3, "USD"))
    #expect(Money(1, "USD").adding(Money(2, "EUR")) == nil)
    #expect("\(Money(1.5, "USD"))" == "1.5 USD")
  }

  @Test(
    arguments: [
      (Decimal(99), Decimal(101), Decimal(100), Decimal(2)),
      (100, 100, 100, 0),
      (101, 99, nil, nil),
      (nil, 99, nil, nil),
      (99, nil, nil, nil),
      (.nan, 99, nil, nil),
      (-3, -1, -2, 2),
    ] as [(Decimal?, Decimal?, Decimal?, Decimal?)]
  )
  func `a quote is a reference only when both sides make sense`(
    bid: Decimal?,
    ask: Decimal?,
    mid: Decimal?,
    spread: Decimal?
  ) {
    let quote = Quote(symbol: "A", venue: "B", bid: bid, ask: ask)
    #expect(quote.mid == mid)
    #expect(quote.spread == spread)
    #expect(quote.touch(.buy) == (mid == nil ? nil : ask))
    #expect(quote.touch(.sell) == (mid == nil ? nil : bid))
  }

  @Test func `what is frozen is part of the balance`() {
    #expect(Balance(currency: "USD", total: 100, frozen: 30).available == 70)
  }

  @Test func `sides and books have another`() {
    #expect(Side.allCases.map(\.sign) == [1, -1])
    #expect(Side.allCases.map(\.opposite) == [.sell, .buy])
    #expect(Book.allCases.map(\.other) == [.broker, .local])
  }
}
