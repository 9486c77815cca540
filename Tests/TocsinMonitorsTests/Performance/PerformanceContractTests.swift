import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// What is promised of every figure, whatever comes.
struct PerformanceContractTests {
  /// An amount of any size, of either sign, or nothing, or none at all.
  private func amount(_ random: inout MonitorRandom) -> Decimal {
    let exponents = [-18, -9, -2, 0, 3, 9, 15, 19, 20, 60]
    let exponent = exponents[random.below(exponents.count)]
    let size = Decimal(sign: .plus, exponent: exponent, significand: Decimal(1 + random.below(16)))
    return [size, size, -size, 0, .nan][random.below(5)]
  }

  private func event(_ number: Int, _ random: inout MonitorRandom) -> PerformanceEvent {
    guard random.below(2) == 0 else {
      let mark = EquityMark(mode: .live, equity: amount(&random), netDeposits: amount(&random))
      return .mark(mark)
    }
    let returns: [Double] = [
      0, 1e-300, -1e-18, 0.01, -1, 1e12, -1e12, .nan, .infinity, .leastNonzeroMagnitude,
    ]
    let trade = ClosedTrade(
      id: "\(number)",
      symbol: "A",
      mode: .live,
      profit: amount(&random),
      returnOnCapital: returns[random.below(returns.count)],
      opened: at(0),
      closed: at(Double(number) * 40_000)
    )
    return .trade(trade)
  }

  @Test(arguments: 0..<4)
  func `whatever comes, every figure is a finite number or says why it is none`(part: Int) {
    for seed in part * 5..<(part + 1) * 5 {
      var random = MonitorRandom(seed: seed)
      var ledger = PerformanceLedger()
      for number in 0..<120 {
        ledger.receive(event(number, &random), at: at(Double(number) * 40_000))
        guard let snapshot = ledger.snapshot(of: PerformanceKey(.live)) else { continue }
        let impossible = impossibleFigures(in: snapshot)
        #expect(impossible.isEmpty, "seed \(seed), event \(number): \(impossible)")
      }
      let all = ledger.snapshot(of: PerformanceKey(.live)).map { allFigures(in: $0) } ?? []
      #expect(all.count > 40)
    }
  }

  /// A monitor that reads a market, and its drawdowns as alerts.
  private func bench(
    _ intake: PerformanceIntake,
    _ memories: [PerformanceMemory]
  ) throws -> MonitorBench {
    try MonitorBench { lane, market in
      let performance = PerformanceMonitor(
        on: lane,
        watching: market,
        reading: intake,
        restoring: memories
      )
      return Merge(Tap(performance.drawdowns).alert { $0.alert }, Tap(Outlet<Alert>("none")))
    }
  }

  private func step(_ id: String, _ kind: OrderEvent.Kind) -> TradingEvent {
    .order(OrderEvent(order: id, symbol: "A", kind: kind))
  }

  private func equity(_ amount: Decimal) -> TradingEvent {
    let report = AccountReport(book: .broker, balances: [], equity: Money(amount, "USD"))
    return .account(report)
  }

  @Test func `a monitor that reads a market goes on with its intake, and no deposit is a profit`()
    throws
  {
    let first = try bench(PerformanceIntake(.init(mode: .live, currency: "USD")), [])
    first.send(equity(1_000), at: 1)
    first.send(.transfer(Transfer(id: "t", amount: Money(500, "USD"))), at: 2)
    first.send(equity(1_500), at: 3)
    first.send(step("o", .signalled(side: .buy, quantity: 1, decisionPrice: nil)), at: 4)
    first.send(step("o", .filled(quantity: 1, price: 100, fill: "f")), at: 5)
    let (intake, memories) = try first.read(PerformanceMonitor.self) { ($0.intake, $0.memories) }
    let next = try bench(try #require(intake), memories)
    next.send(equity(1_500), at: 10)
    next.send(step("p", .signalled(side: .sell, quantity: 1, decisionPrice: nil)), at: 11)
    next.send(step("p", .filled(quantity: 1, price: 107, fill: "g")), at: 12)
    let figures = try next.read(PerformanceMonitor.self) { $0.snapshot() }
    #expect(figures?.equity?.profit.total.decimal == 0)
    #expect(figures?.trades.profit.total.decimal == 7)
  }
}
