import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

struct PerformanceIntakeTests {
  private static let settings = PerformanceIntake.Settings(mode: .paper, currency: "USD")

  private func order(_ kind: OrderEvent.Kind, _ id: String) -> OrderEvent {
    OrderEvent(order: id, symbol: "IBM", kind: kind)
  }

  private func report(
    _ equity: Money?,
    _ book: Book = .broker,
    account: String = "",
    isComplete: Bool = true
  ) -> AccountReport {
    AccountReport(
      book: book,
      account: account,
      balances: [],
      equity: equity,
      isComplete: isComplete
    )
  }

  @Test func `a round trip becomes a trade, net of its fees, with the strategy that opened it`() {
    var intake = PerformanceIntake(Self.settings)
    let steps: [(OrderEvent.Kind, String)] = [
      (.signalled(side: .buy, quantity: 10, decisionPrice: nil, strategy: "trend"), "1"),
      (.filled(quantity: 10, price: 100, fill: "a", fee: Money(3, "USD")), "1"),
      (.signalled(side: .sell, quantity: 10, decisionPrice: nil), "2"),
      (.filled(quantity: 4, price: 110, fill: "a", fee: Money(2, "USD")), "2"),
    ]
    for (second, step) in steps.enumerated() {
      #expect(intake.trade(order(step.0, step.1), at: at(Double(second))) == nil)
    }
    let last = order(.filled(quantity: 6, price: 110, fill: "b", fee: Money(1, "BNB")), "2")
    expectNoDifference(
      intake.trade(last, at: at(9)),
      ClosedTrade(
        id: "2/b",
        symbol: "IBM",
        strategy: "trend",
        mode: .paper,
        profit: 95,
        returnOnCapital: 0.095,
        opened: at(1),
        closed: at(9)
      )
    )
    #expect(intake.trade(last, at: at(10)) == nil, "The same fill twice is one.")
    #expect(intake.positions.refusals == [.duplicate: 1])
  }

  @Test func `only complete reports of its book, account and currency mark the equity`() {
    var intake = PerformanceIntake(Self.settings)
    let usd = Money(1_000, "USD")
    #expect(intake.mark(report(usd)) == EquityMark(mode: .paper, equity: 1_000))
    #expect(intake.mark(report(nil)) == nil)
    #expect(intake.mark(report(usd, .local)) == nil)
    #expect(intake.mark(report(usd, account: "other")) == nil)
    #expect(intake.mark(report(usd, isComplete: false)) == nil)
    #expect(intake.mark(report(Money(1_000, "EUR"))) == nil)
    #expect(intake.foreignCount == 1)
  }

  @Test func `a transfer counts once, and is no profit`() {
    var intake = PerformanceIntake(Self.settings)
    for _ in 0..<2 { intake.take(Transfer(id: "t1", amount: Money(500, "USD"))) }
    for _ in 0..<2 { intake.take(Transfer(id: "t2", amount: Money(-100, "USD"))) }
    for _ in 0..<2 { intake.take(Transfer(id: "t3", amount: Money(7, "EUR"))) }
    intake.take(Transfer(id: "t4", account: "other", amount: Money(7, "USD")))
    intake.take(Transfer(id: "t5", amount: Money(.nan, "USD")))
    let mark = intake.mark(report(Money(1_400, "USD")))
    #expect(mark == EquityMark(mode: .paper, equity: 1_400, netDeposits: 400))
    #expect(intake.foreignCount == 1)
  }

  @Test func `goes on after it was saved`() throws {
    var intake = PerformanceIntake(Self.settings)
    intake.take(Transfer(id: "t1", amount: Money(500, "USD")))
    let data = try JSONEncoder().encode(intake)
    var back = try JSONDecoder().decode(PerformanceIntake.self, from: data)
    back.take(Transfer(id: "t1", amount: Money(500, "USD")))
    #expect(back.mark(report(Money(500, "USD")))?.netDeposits == 500)
  }

  @Test func `a transfer that is too large to be counted changes nothing`() {
    var intake = PerformanceIntake(Self.settings)
    intake.take(Transfer(id: "t1", amount: Money(500, "USD")))
    for exponent in [20, 21, 30, 120] {
      let huge = Decimal(sign: .plus, exponent: exponent, significand: 2)
      intake.take(Transfer(id: "\(exponent)", amount: Money(huge, "USD")))
    }
    #expect(intake.mark(report(Money(500, "USD")))?.netDeposits == 500)
  }
}
