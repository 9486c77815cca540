import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

struct ArrivalTests {
  private func quote(
    _ bid: Decimal?,
    _ ask: Decimal?,
    symbol: String = "IBM",
    venue: String = "V"
  ) -> Quote {
    Quote(symbol: symbol, venue: venue, bid: bid, ask: ask)
  }

  /// The slippage against the touch of an order that is sent at 10 s and filled at 100.
  private func slippage(
    _ quotes: [(Double, Quote)],
    _ side: Side = .buy,
    instruments: [Instrument] = []
  ) -> Measured {
    var quality = ExecutionQuality(instruments: instruments)
    let steps = OrderSteps()
    for (second, quote) in quotes where second <= 10 { quality.receive(quote, at: at(second)) }
    _ = quality.receive(steps.signal(side), at: at(10))
    _ = quality.receive(steps.submit, at: at(10))
    for (second, quote) in quotes where second > 10 { quality.receive(quote, at: at(second)) }
    _ = quality.receive(steps.fill(10, 100), at: at(12))
    return quality.reading(.arrivalSlippage, at: at(12)).value
  }

  @Test func `is against the touch that the order met, not against a later one`() {
    expectNoDifference(slippage([(9, quote(79, 80)), (11, quote(10, 11))]), .value(0.25))
    expectNoDifference(slippage([(9, quote(125, 126))], .sell), .value(0.2))
    expectNoDifference(slippage([(9, quote(99, 125))]), .value(-0.2))
    expectNoDifference(slippage([(9, quote(80, 80))]), .value(0.25))
  }

  @Test func `is undefined with its reason without a quote to trust`() {
    expectNoDifference(slippage([]), .undefined(.noQuote))
    expectNoDifference(slippage([(9, quote(1, 2, symbol: "MSFT"))]), .undefined(.noQuote))
    expectNoDifference(slippage([(5, quote(99, 100))]), .value(0))
    expectNoDifference(slippage([(4.9, quote(99, 100))]), .undefined(.staleQuote))
    expectNoDifference(slippage([(9, quote(101, 100))]), .undefined(.crossedQuote))
    expectNoDifference(slippage([(9, quote(nil, 100))]), .undefined(.crossedQuote))
    expectNoDifference(
      slippage([(8, quote(99, 100)), (9, quote(nil, 100))], .sell),
      .undefined(.crossedQuote),
      "the side that was taken back is gone"
    )
    expectNoDifference(
      slippage([(8, quote(99, 100)), (9, quote(99, nil))]),
      .undefined(.crossedQuote)
    )
    expectNoDifference(slippage([(9, quote(.nan, 100))]), .undefined(.crossedQuote))
    expectNoDifference(slippage([(9, quote(-2, -1))]), .undefined(.zeroBase))
  }

  @Test func `looks only at the venue of the symbol when there is one`() throws {
    let instrument = try Instrument(symbol: "IBM", venue: "V", tick: 1, lot: 1, currency: "USD")
    let quotes = [(8.0, quote(79, 80)), (9, quote(49, 50, venue: "W"))]
    expectNoDifference(slippage(quotes, instruments: [instrument]), .value(0.25))
    expectNoDifference(slippage(quotes), .value(1))
  }

  @Test func `remembers the quotes of so many symbols, and counts the others`() {
    var book = TouchBook(maximumAge: .seconds(5), limit: 100)
    for number in 0..<1_000_000 {
      book.receive(quote(1, 2, symbol: "\(number)"), at: at(0))
    }
    #expect(book.count == 100)
    #expect(book.refusedCount == 999_900)
    for number in 0..<100 { book.receive(quote(1, 2, symbol: "new \(number)"), at: at(6)) }
    #expect(book.count == 100)
    #expect(book.refusedCount == 999_900)
    expectNoDifference(book.touch("new 99", at: at(6)), .quoted(bid: 1, ask: 2))
    expectNoDifference(book.touch("0", at: at(6)), .unknown(.noQuote))
  }
}
