import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

private func fill(
  _ side: Side,
  _ quantity: Decimal,
  at price: Decimal,
  _ id: String,
  symbol: String = "IBM",
  fee: Money? = nil
) -> Fill {
  Fill(
    id: id,
    order: "o",
    symbol: symbol,
    side: side,
    quantity: quantity,
    price: price,
    fee: fee
  )
}

struct PositionLedgerTests {
  @Test func `a long position is averaged, reduced and closed`() throws {
    var ledger = PositionLedger()
    let opened = ledger.receive(fill(.buy, 10, at: 100, "1", fee: Money(1, "USD")), at: at(0))
    #expect(ledger["IBM"] == Position(symbol: "IBM", quantity: 10, averagePrice: 100))
    #expect(opened.closed == nil)
    _ = ledger.receive(fill(.buy, 10, at: 110, "2"), at: at(1))
    #expect(ledger["IBM"]?.averagePrice == 105)
    _ = ledger.receive(fill(.sell, 5, at: 120, "3"), at: at(2))
    #expect(ledger["IBM"] == Position(symbol: "IBM", quantity: 15, averagePrice: 105))
    #expect(ledger.realised("IBM") == 75)
    let outcome = ledger.receive(fill(.sell, 15, at: 90, "4", fee: Money(2, "USD")), at: at(5))
    let trip = try #require(outcome.closed)
    expectNoDifference(
      trip,
      RoundTrip(
        symbol: "IBM",
        strategy: nil,
        side: .buy,
        quantity: 20,
        entryValue: 2_100,
        exitValue: 1_950,
        fees: ["USD": 3],
        openedAt: at(0),
        closedAt: at(5)
      )
    )
    #expect(trip.grossProfit == -150)
    #expect(trip.netProfit(in: "USD") == -153)
    #expect(trip.netProfit(in: "EUR") == -150)
    #expect(trip.holdingTime == .seconds(5))
    #expect(ledger["IBM"] == nil)
  }

  @Test func `what is realised counts each exit once, whatever is bought again`() {
    var ledger = PositionLedger()
    let steps: [(Side, Decimal, Decimal)] = [
      (.buy, 100, 0), (.sell, 120, 100), (.buy, 100, 100), (.sell, 110, 150), (.buy, 100, 150),
      (.sell, 90, 100),
    ]
    for (number, step) in steps.enumerated() {
      let quantity: Decimal = number == 0 ? 10 : 5
      _ = ledger.receive(fill(step.0, quantity, at: step.1, "\(number)"), at: at(Double(number)))
      #expect(ledger.realised("IBM") == step.2, "step \(number)")
    }
  }

  @Test func `a short position earns when prices fall`() throws {
    var ledger = PositionLedger()
    _ = ledger.receive(fill(.sell, 4, at: 50, "1"), at: at(0))
    #expect(ledger["IBM"] == Position(symbol: "IBM", quantity: -4, averagePrice: 50))
    let trip = try #require(ledger.receive(fill(.buy, 4, at: 40, "2"), at: at(1)).closed)
    #expect(trip.side == .sell)
    #expect(trip.grossProfit == 40)
  }

  @Test func `a fill that turns the position is split, with its fee`() throws {
    var ledger = PositionLedger()
    _ = ledger.receive(fill(.buy, 1, at: 100, "1"), at: at(0))
    let outcome = ledger.receive(fill(.sell, 4, at: 110, "2", fee: Money(2, "USD")), at: at(1))
    let trip = try #require(outcome.closed)
    #expect(trip.grossProfit == 10)
    #expect(trip.fees == ["USD": 0.5])
    #expect(ledger["IBM"] == Position(symbol: "IBM", quantity: -3, averagePrice: 110))
    let last = ledger.receive(fill(.buy, 3, at: 110, "3"), at: at(2)).closed
    #expect(last?.fees == ["USD": 1.5])
    #expect(last?.grossProfit == 0)
  }

  @Test func `the multiplier of a future counts`() throws {
    let future = try Instrument(
      symbol: "ESZ6",
      venue: "CME",
      tick: 0.25,
      lot: 1,
      currency: "USD",
      multiplier: 50
    )
    var ledger = PositionLedger(instruments: [future])
    _ = ledger.receive(fill(.buy, 2, at: 4_000, "1", symbol: "ESZ6"), at: at(0))
    #expect(ledger["ESZ6"]?.averagePrice == 4_000)
    let trip = ledger.receive(fill(.sell, 2, at: 4_001, "2", symbol: "ESZ6"), at: at(1)).closed
    #expect(trip?.grossProfit == 100)
  }

  @Test func `what cannot be booked changes nothing and is counted`() {
    var ledger = PositionLedger(symbolLimit: 1)
    _ = ledger.receive(fill(.buy, 1, at: 100, "1"), at: at(0))
    let bad: [(Fill, PositionLedger.Refusal)] = [
      (fill(.buy, 1, at: 100, "1"), .duplicate),
      (fill(.buy, 0, at: 100, "2"), .invalid),
      (fill(.buy, -1, at: 100, "3"), .invalid),
      (fill(.buy, .nan, at: 100, "4"), .invalid),
      (fill(.buy, 1, at: .nan, "5"), .invalid),
      (fill(.buy, 1, at: 1, "6", fee: Money(.nan, "USD")), .invalid),
      (fill(.buy, 1, at: 1, "7", symbol: "MSFT"), .tooManySymbols),
    ]
    for (fill, reason) in bad {
      #expect(ledger.receive(fill, at: at(1)).refusal == reason)
    }
    #expect(ledger.refusals == [.duplicate: 1, .invalid: 5, .tooManySymbols: 1])
    #expect(ledger["IBM"] == Position(symbol: "IBM", quantity: 1, averagePrice: 100))
  }

  @Test func `steps of orders are booked with the side and strategy of their signal`() {
    var ledger = PositionLedger()
    let steps = OrderSteps()
    #expect(ledger.receive(steps.fill(3), at: at(0))?.refusal == .unknownSide)
    let signal = OrderEvent(
      order: "1",
      symbol: "IBM",
      kind: .signalled(side: .sell, quantity: 3, decisionPrice: nil, strategy: "fade")
    )
    #expect(ledger.receive(signal, at: at(1)) == nil)
    #expect(ledger.receive(steps.submit, at: at(1)) == nil)
    #expect(ledger.receive(steps.fill(3), at: at(2))?.refusal == nil)
    #expect(ledger["IBM"]?.quantity == -3)
    let closed = ledger.receive(fill(.buy, 3, at: 90, "x"), at: at(3)).closed
    #expect(closed?.strategy == "fade")
    #expect(closed?.grossProfit == 30)
  }

  @Test func `comes back as it was saved`() throws {
    var ledger = PositionLedger()
    _ = ledger.receive(fill(.buy, 3, at: 100, "1"), at: at(0))
    let data = try JSONEncoder().encode(ledger)
    var back = try JSONDecoder().decode(PositionLedger.self, from: data)
    #expect(back.receive(fill(.buy, 3, at: 100, "1"), at: at(1)).refusal == .duplicate)
    #expect(back.report == ledger.report)
  }

  @Test func `profits are what was sold less what was bought, to the last digit`() {
    for seed in 0..<2_000 {
      var random = MonitorRandom(seed: seed)
      var ledger = PositionLedger()
      var cash: Decimal = 0
      var held: Decimal = 0
      var told: Decimal = 0
      for number in 0..<40 {
        let quantity = Decimal(1 + random.below(300)) / 100
        let price = Decimal(1 + random.below(100_000)) / 1_000
        let side: Side = random.below(2) == 0 ? .buy : .sell
        let trade = fill(side, quantity, at: price, "\(number)")
        let outcome = ledger.receive(trade, at: at(Double(number)))
        if random.below(4) == 0 { _ = ledger.receive(trade, at: at(Double(number))) }
        cash -= Decimal(side.sign) * quantity * price
        held += Decimal(side.sign) * quantity
        told += outcome.closed?.grossProfit ?? 0
        #expect((ledger["IBM"]?.quantity ?? 0) == held, "seed \(seed)")
      }
      if held != 0 {
        let side: Side = held > 0 ? .sell : .buy
        let last = fill(side, held.magnitude, at: 50, "last")
        cash += held * 50
        told += ledger.receive(last, at: at(41)).closed?.grossProfit ?? 0
      }
      #expect(told == cash, "seed \(seed)")
    }
  }
}

extension PositionLedgerTests {
  @Test func `what is too large to be counted is refused, and the sums stay numbers`() {
    let huge = Decimal(sign: .plus, exponent: 100, significand: 9)
    var ledger = PositionLedger()
    _ = ledger.receive(fill(.buy, 10, at: 100, "1"), at: at(0))
    let bad = [
      fill(.buy, huge, at: 1, "2"), fill(.sell, 1, at: huge, "3"), fill(.sell, huge, at: huge, "4"),
      fill(.buy, 1, at: 1, "5", fee: Money(huge, "USD")),
    ]
    for fill in bad { #expect(ledger.receive(fill, at: at(1)).refusal == .invalid) }
    #expect(ledger["IBM"] == Position(symbol: "IBM", quantity: 10, averagePrice: 100))
    let trip = ledger.receive(fill(.sell, 10, at: 101, "6"), at: at(2)).closed
    #expect(trip?.netProfit(in: "USD") == 10)
  }
}
