import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// One order of 10 units, decided at 100, and what it cost.
struct ShortfallTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var side = Side.buy
    /// Filled quantity and price.
    var fill: (Decimal, Decimal)? = (10, 100)
    var fee: Money?
    var closing: Quote?
    var decision: Decimal? = 100
    var multiplier: Decimal = 1
    /// Shortfall, execution cost, fee cost, opportunity cost: fractions of 1,000.
    var expected: [Measured]
  }

  private static func quote(_ bid: Decimal?, _ ask: Decimal?) -> Quote {
    Quote(symbol: "IBM", venue: "V", bid: bid, ask: ask)
  }

  static let cases: [Case] = [
    Case(
      testDescription: "a buyer who paid more, with a fee",
      fill: (10, 101),
      fee: Money(2, "USD"),
      expected: [.value(0.012), .value(0.01), .value(0.002), .value(0)]
    ),
    Case(
      testDescription: "a seller who got more, with a rebate",
      side: .sell,
      fill: (10, 101),
      fee: Money(-2, "USD"),
      expected: [.value(-0.012), .value(-0.01), .value(-0.002), .value(0)]
    ),
    Case(
      testDescription: "a buyer who missed a rise with half of it",
      fill: (5, 100),
      fee: Money(0, "BNB"),
      closing: quote(103, 105),
      expected: [.value(0.02), .value(0), .value(0), .value(0.02)]
    ),
    Case(
      testDescription: "a seller who missed a rise: a gain",
      side: .sell,
      fill: nil,
      closing: quote(103, 105),
      expected: [.value(-0.04), .value(0), .value(0), .value(-0.04)]
    ),
    Case(
      testDescription: "a contract of 50 a point: fees count less",
      fee: Money(50, "USD"),
      multiplier: 50,
      expected: [.value(0.001), .value(0), .value(0.001), .value(0)]
    ),
    Case(
      testDescription: "no quote at the end",
      fill: (5, 102),
      fee: Money(1, "USD"),
      expected: [.undefined(.noQuote), .value(0.01), .value(0.001), .undefined(.noQuote)]
    ),
    Case(
      testDescription: "a crossed quote at the end",
      fill: (5, 102),
      fee: Money(1, "USD"),
      closing: quote(105, 103),
      expected: [.undefined(.crossedQuote), .value(0.01), .value(0.001), .undefined(.crossedQuote)]
    ),
    Case(
      testDescription: "a fee in another currency",
      fee: Money(1, "BNB"),
      expected: [.undefined(.otherCurrency), .value(0), .undefined(.otherCurrency), .value(0)]
    ),
    Case(
      testDescription: "a venue that does not tell fees",
      expected: [.undefined(.noFees), .value(0), .undefined(.noFees), .value(0)]
    ),
    Case(
      testDescription: "no decision price",
      fee: Money(1, "USD"),
      decision: nil,
      expected: Array(repeating: .undefined(.noReference), count: 4)
    ),
    Case(
      testDescription: "a decision price below zero",
      fee: Money(1, "USD"),
      decision: -3,
      expected: Array(repeating: .undefined(.zeroBase), count: 4)
    ),
  ]

  @Test(arguments: cases)
  func `has three parts that add up, or says what is missing`(example: Case) throws {
    let instrument = try Instrument(
      symbol: "IBM",
      venue: "V",
      tick: 1,
      lot: 1,
      currency: "USD",
      multiplier: example.multiplier
    )
    var quality = ExecutionQuality(instruments: [instrument])
    let steps = OrderSteps()
    _ = quality.receive(steps.signal(example.side, 10, at: example.decision), at: at(0))
    _ = quality.receive(steps.submit, at: at(1))
    if let (quantity, price) = example.fill {
      let kind = OrderEvent.Kind.filled(
        quantity: quantity,
        price: price,
        fill: "f",
        fee: example.fee
      )
      _ = quality.receive(OrderEvent(order: "1", symbol: "IBM", kind: kind), at: at(2))
    }
    if let quote = example.closing { quality.receive(quote, at: at(3)) }
    _ = quality.receive(steps.cancel, at: at(3))
    let metrics: [ExecutionMetric] = [.shortfall, .executionCost, .feeCost, .opportunityCost]
    for scope in [ExecutionScope.overall, .symbol("IBM"), .side(example.side), .venue("V")] {
      let seen = metrics.map { quality.reading($0, of: scope, at: at(3)).value }
      expectNoDifference(seen, example.expected)
    }
  }
}
