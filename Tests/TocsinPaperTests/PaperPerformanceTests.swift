import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

@testable import TocsinPaper

/// Trades and equity in the plainest way: cash in and out until a position is flat.
private struct PlainMoney {
  private(set) var profits: [(at: Instant, profit: Decimal)] = []
  private(set) var equity: [Decimal] = []
  private var sides: [String: Side] = [:]
  private var held: [String: Decimal] = [:]
  private var cash: [String: Decimal] = [:]

  mutating func see(_ record: Recorded<TradingEvent>) {
    switch record.event {
    case .order(let step): see(step, record.instant)
    case .account(let report) where report.book == .broker:
      if let amount = report.equity?.amount { equity.append(amount) }
    default: break
    }
  }

  private mutating func see(_ step: OrderEvent, _ now: Instant) {
    if case .signalled(let side, _, _, _, _) = step.kind { sides[step.order] = side }
    guard case .filled(let quantity, let price, _, _) = step.kind,
      let sign = sides[step.order]?.sign
    else { return }
    held[step.symbol, default: 0] += Decimal(sign) * quantity
    cash[step.symbol, default: 0] -= Decimal(sign) * quantity * price
    guard held[step.symbol] == 0 else { return }
    profits.append((now, cash.removeValue(forKey: step.symbol) ?? 0))
  }
}

@Test func `the money of half a year is what a plain sum of cash says`() throws {
  let session = try PaperSession(
    try DailyPrices.shared(),
    seed: 2_008,
    from: "2008-07-01",
    to: "2008-12-31"
  )
  var plain = PlainMoney()
  var intake = PerformanceIntake(.init(mode: .paper, currency: "USD"))
  var ledger = PerformanceLedger()
  var firstLong: Instant?
  for record in session {
    plain.see(record)
    var event: PerformanceEvent?
    switch record.event {
    case .order(let step): event = intake.trade(step, at: record.instant).map { .trade($0) }
    case .account(let report): event = intake.mark(report).map { .mark($0) }
    default: break
    }
    guard let event else { continue }
    ledger.receive(event, at: record.instant)
    let losses = ledger.snapshot(of: PerformanceKey(.paper))?.consecutiveLosses ?? 0
    if losses >= 10 { firstLong = firstLong ?? record.instant }
  }
  let found = ledger.snapshot(of: PerformanceKey(.paper))
  let snapshot = try #require(found)
  let total = plain.profits.reduce(0) { $0 + $1.profit }
  expectNoDifference(snapshot.trades.profit.total.decimal, total)
  #expect(snapshot.trades.total.count == plain.profits.count)
  // Long through the second half of 2008: all fifteen trades lost.
  #expect(plain.profits.allSatisfy { $0.profit < 0 } && plain.profits.count == 15)
  #expect(firstLong == plain.profits[9].at)
  #expect(snapshot.winRate.number == 0)
  let equity = try #require(snapshot.equity)
  expectNoDifference(equity.equity.decimal, plain.equity.last)
  expectNoDifference(equity.highestEquity.decimal, plain.equity.max())
  let depth = try #require(equity.drawdown.maximum.number)
  #expect(abs(depth - plain.deepest) < 1e-12)
}

extension PlainMoney {
  /// The deepest drawdown, by comparing every pair.
  fileprivate var deepest: Double {
    let values = equity.map { NSDecimalNumber(decimal: $0).doubleValue }
    var deepest = 0.0
    for (place, value) in values.enumerated() {
      for earlier in values[..<place] { deepest = min(deepest, value / earlier - 1) }
    }
    return deepest
  }
}
