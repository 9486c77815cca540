import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct EquityFiguresTests {
  private static let day = 86_400.0

  /// Marks (day, equity, net deposits); days may have fractions.
  private func book(_ marks: [(Double, Decimal, Decimal)]) -> PerformanceBook {
    var book = PerformanceBook(PerformanceKey(.live))
    for (days, equity, deposits) in marks {
      let mark = EquityMark(mode: .live, equity: equity, netDeposits: deposits)
      _ = book.receive(mark, at: at(days * Self.day))
    }
    return book
  }

  private func equity(_ marks: [(Double, Decimal, Decimal)]) throws -> EquityPerformance {
    var book = book(marks)
    let snapshot = book.snapshot()
    return try #require(snapshot.equity)
  }

  @Test func `a loss on the first day counts`() throws {
    let equity = try equity([(0.1, 100, 0), (0.2, 80, 0)])
    #expect(abs((equity.drawdown.current.number ?? 0) + 0.2) < 1e-15)
    #expect(abs((equity.day.drawdown.number ?? 0) + 0.2) < 1e-15)
    expectNoDifference(equity.drawdown.current.convention.base, .peak)
    expectNoDifference(equity.profit.day.decimal, -20)
    expectNoDifference(equity.day.startEquity.decimal, 100)
  }

  @Test func `what is paid in and out again within a day is neither capital nor profit`() throws {
    let equity = try equity([
      (0.5, 1_000, 0), (1.1, 2_000, 1_000), (1.2, 1_800, 1_000), (1.3, 800, 0), (1.4, 800, 0),
    ])
    #expect(abs((equity.day.drawdown.number ?? 0) + 0.1) < 1e-15)
    expectNoDifference(equity.profit.day.decimal, -200)
  }

  @Test func `figures of days carry their convention`() throws {
    let equity = try equity([(0.5, 100, 0), (1.5, 110, 0), (2.5, 105, 0), (3.5, 115, 0)])
    var convention = Convention(
      series: .days,
      window: 100,
      samples: 2,
      periodsPerYear: TradingCalendar.roundTheClock.tradingDaysPerYear,
      deviation: .sample,
      riskFreeReturn: 0,
      base: .previousDay
    )
    expectNoDifference(equity.recent.sharpe.convention, convention)
    convention.window = nil
    expectNoDifference(equity.total.sharpe.convention, convention)
  }

  @Test func `deposits are no profit and withdrawals no loss`() throws {
    let equity = try equity([
      (0.1, 1_000, 0), (0.2, 6_000, 5_000), (0.3, 3_000, 2_000), (0.4, 2_700, 2_000),
    ])
    #expect(abs((equity.drawdown.current.number ?? 0) + 0.1) < 1e-15)
    expectNoDifference(equity.profit.total.decimal, -300)
    expectNoDifference(equity.peakEquity.decimal, 3_000)
    expectNoDifference(equity.highestEquity.decimal, 6_000)
  }

  @Test func `an account without money has no drawdown until money comes`() throws {
    let empty = try equity([(0.1, 0, 0), (0.2, 0, 0)])
    expectNoDifference(empty.drawdown.current.measured, .undefined(.noCapital))
    expectNoDifference(empty.day.drawdown.measured, .undefined(.noCapital))
    let filled = try equity([(0.1, 0, 0), (0.2, 500, 500), (0.3, 450, 500)])
    #expect(abs((filled.drawdown.current.number ?? 0) + 0.1) < 1e-15)
  }

  @Test func `all paid out and some paid in again is no loss`() throws {
    let equity = try equity([(0.1, 1_000, 0), (0.2, 0, -1_000), (0.3, 500, -500), (0.4, 250, -500)])
    #expect(abs((equity.drawdown.current.number ?? 0) + 0.5) < 1e-15)
    #expect(abs((equity.drawdown.maximum.number ?? 0) + 0.5) < 1e-15)
  }

  @Test func `more than everything may be lost, and new money begins anew`() throws {
    let lost = try equity([(0.1, 100, 0), (0.2, -50, 0)])
    #expect(abs((lost.drawdown.current.number ?? 0) + 1.5) < 1e-15)
    let again = try equity([(0.1, 100, 0), (0.2, -50, 0), (0.3, 200, 250), (0.4, 190, 250)])
    #expect(abs((again.drawdown.current.number ?? 0) + 0.05) < 1e-15)
    #expect(abs((again.drawdown.maximum.number ?? 0) + 1.5) < 1e-15)
    expectNoDifference(again.annualGrowth.measured, .undefined(.ruined))
    expectNoDifference(again.total.count, 1)
    expectNoDifference(again.profit.day.decimal, -160)
  }

  @Test func `an episode has a start, a trough and a recovery`() throws {
    let equity = try equity([
      (1, 100, 0), (2, 110, 0), (3, 99, 0), (4, 88, 0), (5, 100, 0), (7, 110, 0), (8, 109, 0),
    ])
    let deepest = try #require(equity.drawdown.deepest)
    expectNoDifference(deepest.start, at(2 * Self.day))
    expectNoDifference(deepest.trough, at(4 * Self.day))
    expectNoDifference(deepest.recovery, at(7 * Self.day))
    #expect(abs(deepest.depth + 0.2) < 1e-15)
    expectNoDifference(deepest.timeDown, .days(2))
    expectNoDifference(deepest.timeUp, .days(3))
    expectNoDifference(equity.drawdown.open?.start, at(7 * Self.day))
  }

  @Test func `days begin where the last mark before them left off`() throws {
    let equity = try equity([
      (1.5, 100, 0), (1.9, 120, 0), (2.1, 114, 0), (2.2, 126, 0), (2.3, 108, 0),
    ])
    #expect(abs((equity.day.drawdown.number ?? 0) + 0.1) < 1e-15)
    #expect(abs((equity.day.drawdownFromHigh.number ?? 0) + 18.0 / 126) < 1e-15)
    expectNoDifference(equity.day.startEquity.decimal, 120)
    expectNoDifference(equity.profit.day.decimal, -12)
    expectNoDifference(equity.profit.week.decimal, 8)
    expectNoDifference(equity.day.bounds, at(2 * Self.day)..<at(3 * Self.day))
  }

  @Test func `a week begins on Monday`() throws {
    // 1970-01-05 is a Monday, four days after the epoch.
    let equity = try equity([(3.5, 100, 0), (4.5, 90, 0), (10.9, 81, 0)])
    #expect(abs((equity.week.drawdown.number ?? 0) + 0.19) < 1e-15)
    expectNoDifference(equity.week.bounds, at(4 * Self.day)..<at(11 * Self.day))
  }

  @Test func `days without a mark give no return`() throws {
    let equity = try equity([(0.5, 100, 0), (1.5, 110, 0), (5.5, 121, 0), (6.5, 121, 0)])
    expectNoDifference(equity.total.count, 2)
    #expect(abs((equity.total.mean.number ?? 0) - 0.1) < 1e-15)
  }

  @Test(arguments: 0..<80) func `agree with fund units on any marks`(seed: Int) {
    var random = MonitorRandom(seed: seed)
    var naive = NaiveAccount()
    var book = PerformanceBook(PerformanceKey(.live))
    var (equity, deposits, deepest) = (Decimal(random.below(3) * 1_000), Decimal(0), 0.0)
    var seconds = 0.0
    for number in 0..<150 {
      step(&equity, &deposits, &random)
      seconds += Double(1 + random.below(random.below(10) == 0 ? 400_000 : 20_000))
      let mark = EquityMark(mode: .live, equity: equity, netDeposits: deposits)
      #expect(book.receive(mark, at: at(seconds)) == .counted)
      naive.marks.append(
        .init(seconds: seconds, equity: double(equity), deposits: double(deposits))
      )
      check(&book, naive, seconds, &deepest, "seed \(seed), mark \(number)")
    }
  }

  private func double(_ decimal: Decimal) -> Double { (decimal as NSDecimalNumber).doubleValue }

  private func step(
    _ equity: inout Decimal,
    _ deposits: inout Decimal,
    _ random: inout MonitorRandom
  ) {
    let flow: Decimal
    switch random.below(12) {
    case 0: flow = Decimal(random.below(5_000))
    case 1: flow = -Decimal(random.below(1_000))
    case 2: flow = -equity
    default: flow = 0
    }
    let gain = Decimal(random.below(4_001) - 2_000) / (random.below(6) == 0 ? 2 : 100)
    equity += flow + (random.below(8) == 0 ? 0 : gain)
    deposits += flow
  }

  private func check(
    _ book: inout PerformanceBook,
    _ naive: NaiveAccount,
    _ seconds: Double,
    _ deepest: inout Double,
    _ place: String
  ) {
    guard let seen = book.snapshot().equity else { return }
    let today = (seconds / Self.day).rounded(.down) * Self.day
    let week = ((seconds / Self.day + 3) / 7).rounded(.down) * 7 - 3
    let expected = naive.drawdown
    deepest = min(deepest, expected ?? 0)
    let (day, sevenDays) = (naive.period(from: today), naive.period(from: week * Self.day))
    agree(seen.drawdown.current, expected, place)
    agree(seen.drawdown.maximum, expected == nil ? nil : deepest, place)
    agree(seen.day.drawdown, day?.sinceStart, "day, \(place)")
    agree(seen.day.drawdownFromHigh, expected == nil ? nil : day?.sinceHigh, "high, \(place)")
    agree(seen.week.drawdown, sevenDays?.sinceStart, "week, \(place)")
    #expect(abs(seen.profit.day.double - naive.profit(from: today)) < 1e-6, "\(place)")
    #expect(abs(seen.profit.total.double - naive.profit(from: 0)) < 1e-6, "\(place)")
  }

  private func agree(_ figure: PerformanceFigure, _ expected: Double?, _ place: String) {
    guard let number = figure.number, let expected else {
      #expect(figure.number == expected, "\(figure.measured): \(place)")
      return
    }
    let error = abs(number - expected) / max(1, abs(expected))
    #expect(error < 1e-9, "\(number), not \(expected): \(place)")
  }
}
