import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

struct PerformanceBookTests {
  private func trade(
    _ id: String,
    profit: Decimal = 1,
    strategy: String = "",
    mode: TradingMode = .live
  ) -> ClosedTrade {
    ClosedTrade(
      id: id,
      symbol: "A",
      strategy: strategy,
      mode: mode,
      profit: profit,
      returnOnCapital: 0.01,
      opened: at(0),
      closed: at(1)
    )
  }

  @Test func `a trade that comes twice counts once`() {
    var book = PerformanceBook(PerformanceKey(.live))
    #expect(book.receive(trade("a"), at: at(1)) == .counted)
    let before = book.snapshot()
    #expect(book.receive(trade("a", profit: 99), at: at(2)) == .refused(.duplicate))
    var after = book.snapshot()
    expectNoDifference(after.refused.duplicates, 1)
    after.refused = before.refused
    expectNoDifference(after, before)
  }

  @Test func `ids are forgotten when there are too many`() {
    var settings = PerformanceSettings()
    settings.rememberedTrades = 2
    var book = PerformanceBook(PerformanceKey(.live), settings)
    let outcomes = ["a", "b", "a", "c", "a"].map { book.receive(trade($0), at: at(1)) }
    expectNoDifference(
      outcomes,
      [.counted, .counted, .refused(.duplicate), .counted, .counted]
    )
  }

  @Test func `the last ten thousand ids are known`() {
    var book = PerformanceBook(PerformanceKey(.live))
    for number in 0..<10_000 { _ = book.receive(trade("\(number)"), at: at(1)) }
    #expect(book.receive(trade("0"), at: at(1)) == .refused(.duplicate))
    #expect(book.receive(trade("10000"), at: at(1)) == .counted)
    #expect(book.receive(trade("0"), at: at(1)) == .counted)
  }

  @Test func `numbers that are none are refused and counted`() {
    var book = PerformanceBook(PerformanceKey(.live))
    for value in [Double.nan, .infinity, -.infinity, 1e13] {
      var bad = trade("\(value)")
      bad.returnOnCapital = value
      #expect(book.receive(bad, at: at(1)) == .refused(.notFinite))
    }
    #expect(book.receive(trade("nan", profit: .nan), at: at(1)) == .refused(.notFinite))
    let mark = EquityMark(mode: .live, equity: .nan)
    #expect(book.receive(mark, at: at(1)) == .refused(.notFinite))
    let huge = EquityMark(mode: .live, equity: Decimal(sign: .plus, exponent: 30, significand: 1))
    #expect(book.receive(huge, at: at(1)) == .refused(.notFinite))
    var backwards = trade("b")
    backwards.closed = at(-1)
    #expect(book.receive(backwards, at: at(1)) == .refused(.endsBeforeItBegins))
    let snapshot = book.snapshot()
    expectNoDifference(snapshot.refused.notFinite, 7)
    expectNoDifference(snapshot.refused.endsBeforeItBegins, 1)
    expectNoDifference(snapshot.trades.total.count, 0)
    #expect(snapshot.equity == nil)
    // What was refused may come again, right.
    for id in ["nan", "b", "inf"] { #expect(book.receive(trade(id), at: at(1)) == .counted) }
  }

  @Test(arguments: [-3_600.0, -3_456_000, 3_600, 34_560_000])
  func `a jump of the clock is contained`(jump: Double) {
    let start = 1_000_000_000.0
    var book = PerformanceBook(PerformanceKey(.live))
    func mark(_ equity: Decimal, _ seconds: Double) {
      _ = book.receive(EquityMark(mode: .live, equity: equity), at: at(seconds))
    }
    mark(100, start)
    mark(90, start + jump)
    mark(80, start + 1)
    let snapshot = book.snapshot()
    expectNoDifference(snapshot.refused.clockWentBack, 1)
    expectNoDifference(snapshot.instant, at(max(start + jump, start + 1)))
    #expect(abs((snapshot.totalDrawdown.number ?? 0) + 0.2) < 1e-15)
    #expect((snapshot.equity?.day.bounds.contains(snapshot.instant)) == true)
  }

  @Test func `figures are formed once an event, when somebody asks`() {
    var book = PerformanceBook(PerformanceKey(.live))
    for number in 0..<10 { _ = book.receive(trade("\(number)"), at: at(Double(number))) }
    expectNoDifference(book.formedCount, 0)
    for _ in 0..<5 { _ = book.snapshot() }
    expectNoDifference(book.formedCount, 1)
    _ = book.receive(trade("x"), at: at(20))
    expectNoDifference(book.snapshot().trades.total.count, 11)
    expectNoDifference(book.formedCount, 2)
  }

  @Test func `daily profit of trades begins anew with the day, weekly with the week`() {
    var book = PerformanceBook(PerformanceKey(.live))
    // Sunday and Monday.
    _ = book.receive(trade("a", profit: 5), at: at(3.9 * 86_400))
    _ = book.receive(trade("b", profit: 7), at: at(4.0 * 86_400))
    _ = book.receive(trade("c", profit: -2), at: at(5.5 * 86_400))
    let profit = book.snapshot().trades.profit
    expectNoDifference([profit.total, profit.week, profit.day].map(\.decimal), [10, 5, -2])
  }

  @Test func `paper and live are apart, and strategies count in the whole`() {
    var ledger = PerformanceLedger()
    ledger.receive(.trade(trade("a", strategy: "x")), at: at(1))
    ledger.receive(.trade(trade("b", strategy: "y")), at: at(2))
    ledger.receive(.trade(trade("c", mode: .paper)), at: at(3))
    ledger.receive(.trade(trade("a", strategy: "x")), at: at(4))
    let counts = ledger.keys.map { key in
      "\(key) \(ledger.snapshot(of: key)?.trades.total.count ?? -1)"
    }
    expectNoDifference(counts, ["live 2", "live/x 1", "live/y 1", "paper 1"])
    expectNoDifference(ledger.snapshot(of: PerformanceKey(.live))?.refused.duplicates, 1)
  }

  @Test func `too many strategies only count in the whole`() {
    var settings = PerformanceSettings()
    settings.strategyLimit = 1
    var ledger = PerformanceLedger(settings)
    for name in ["x", "y", "z"] {
      ledger.receive(.trade(trade(name, strategy: name)), at: at(1))
      ledger.receive(.mark(EquityMark(strategy: name, mode: .live, equity: 1)), at: at(1))
    }
    expectNoDifference(ledger.keys.map(\.description), ["live", "live/x"])
    let whole = ledger.snapshot(of: PerformanceKey(.live))
    expectNoDifference(whole?.trades.total.count, 3)
    expectNoDifference(whole?.refused.unlisted, 4)
    #expect(whole?.equity == nil)
  }

  @Test func `a snapshot survives coding`() throws {
    var book = PerformanceBook(PerformanceKey(.live, strategy: "x"))
    for number in 0..<30 {
      _ = book.receive(trade("\(number)", profit: Decimal(number - 10)), at: at(Double(number)))
      let mark = EquityMark(strategy: "x", mode: .live, equity: Decimal(100 - number))
      _ = book.receive(mark, at: at(Double(number) * 86_400))
    }
    let snapshot = book.snapshot()
    let data = try JSONEncoder().encode(snapshot)
    expectNoDifference(try JSONDecoder().decode(PerformanceSnapshot.self, from: data), snapshot)
  }

  @Test(arguments: [1, 99, 250]) func `a restored book goes on where it was`(cut: Int) throws {
    var random = MonitorRandom(seed: cut)
    var (whole, saved) = (
      PerformanceBook(PerformanceKey(.live)), PerformanceBook(PerformanceKey(.live))
    )
    func step(_ book: inout PerformanceBook, _ number: Int, _ draw: Int) {
      var trade = trade("\(number)", profit: Decimal(draw))
      trade.returnOnCapital = Double(draw) / 1e4
      _ = book.receive(trade, at: at(Double(number) * 40_000))
      let mark = EquityMark(
        mode: .live,
        equity: Decimal(10_000 + draw),
        netDeposits: Decimal(number / 50)
      )
      _ = book.receive(mark, at: at(Double(number) * 40_000))
    }
    for number in 0..<300 {
      let draw = random.below(401) - 200
      step(&whole, number, draw)
      step(&saved, number, draw)
      guard number == cut else { continue }
      let data = try JSONEncoder().encode(saved.memory)
      saved = PerformanceBook(try JSONDecoder().decode(PerformanceMemory.self, from: data))
    }
    #expect(saved.receive(trade("\(cut)"), at: at(0)) == .refused(.duplicate))
    #expect(whole.receive(trade("\(cut)"), at: at(0)) == .refused(.duplicate))
    expectNoDifference(saved.snapshot(), whole.snapshot())
  }

  @Test func `a restored ledger knows its peak, its ids and its strategies`() throws {
    var ledger = PerformanceLedger()
    ledger.receive(.mark(EquityMark(mode: .live, equity: 100)), at: at(1))
    ledger.receive(.trade(trade("a", strategy: "x")), at: at(2))
    var restored = PerformanceLedger(restoring: ledger.memories)
    restored.receive(.mark(EquityMark(mode: .live, equity: 70)), at: at(86_400))
    restored.receive(.trade(trade("a", strategy: "x")), at: at(86_401))
    let restoredWhole = restored.snapshot(of: PerformanceKey(.live))
    let whole = try #require(restoredWhole)
    #expect(abs((whole.totalDrawdown.number ?? 0) + 0.3) < 1e-15)
    expectNoDifference(whole.refused.duplicates, 1)
    expectNoDifference(restored.keys, ledger.keys)
    expectNoDifference(
      restored.snapshot(of: PerformanceKey(.live, strategy: "x"))?.trades.total.count,
      1
    )
  }

  @Test func `after a restart no more strategies than the limit have figures`() {
    var settings = PerformanceSettings()
    settings.strategyLimit = 1
    var ledger = PerformanceLedger(settings)
    ledger.receive(.trade(trade("a", strategy: "x")), at: at(1))
    var restored = PerformanceLedger(settings, restoring: ledger.memories)
    restored.receive(.trade(trade("b", strategy: "y")), at: at(2))
    expectNoDifference(restored.keys.map(\.description), ["live", "live/x"])
    expectNoDifference(restored.snapshot(of: PerformanceKey(.live))?.refused.unlisted, 1)
  }

  @Test func `strategies of paper beyond the limit are counted with paper`() {
    var settings = PerformanceSettings()
    settings.strategyLimit = 1
    var ledger = PerformanceLedger(settings)
    ledger.receive(.trade(trade("a", strategy: "x")), at: at(1))
    ledger.receive(.trade(trade("b", strategy: "y", mode: .paper)), at: at(2))
    expectNoDifference(ledger.snapshot(of: PerformanceKey(.live))?.refused.unlisted, 0)
    expectNoDifference(ledger.snapshot(of: PerformanceKey(.paper))?.refused.unlisted, 1)
  }

  @Test func `a restored ledger begins its days by the clock, without an event`() {
    var ledger = PerformanceLedger()
    ledger.receive(.mark(EquityMark(mode: .live, equity: 100)), at: at(1))
    var restored = PerformanceLedger(restoring: ledger.memories)
    expectNoDifference(restored.nextBoundary, at(86_400))
    let hasTurned = restored.advance(to: at(86_400))
    #expect(hasTurned)
    let bounds = restored.snapshot(of: PerformanceKey(.live))?.equity?.day.bounds
    expectNoDifference(bounds, at(86_400)..<at(172_800))
  }

  @Test func `what was told of a drawdown is not told again after a restart, and its end is`() {
    var book = PerformanceBook(PerformanceKey(.live))
    func told(_ equity: Decimal, _ day: Double) -> Phase? {
      var change: DrawdownChange?
      let mark = EquityMark(mode: .live, equity: equity)
      _ = book.receive(mark, at: at(day * 86_400), &change)
      return change?.phase
    }
    let before = [told(100, 1), told(80, 2)]
    book = PerformanceBook(book.memory)
    let after = [told(70, 3), told(100, 4)]
    expectNoDifference(before + after, [nil, .firing, nil, .resolved])
  }

  @Test func `an event that is dated before the one before it counts at the later instant`() {
    var book = PerformanceBook(PerformanceKey(.live))
    for (equity, second) in [(100, 1_000.0), (90, 500), (95, 600)] {
      _ = book.receive(EquityMark(mode: .live, equity: Decimal(equity)), at: at(second))
    }
    let open = book.snapshot().equity?.drawdown.open
    expectNoDifference(open?.start, at(1_000))
    expectNoDifference(open?.trough, at(1_000))
    expectNoDifference(book.snapshot().refused.clockWentBack, 2)
  }

  @Test func `a drawdown is told from its depth on`() {
    var settings = PerformanceSettings()
    settings.episodeDepth = 0.25
    for (equity, phase) in [(Decimal(76), Phase?.none), (75, .firing)] {
      var book = PerformanceBook(PerformanceKey(.live), settings)
      var change: DrawdownChange?
      _ = book.receive(EquityMark(mode: .live, equity: 100), at: at(1), &change)
      _ = book.receive(EquityMark(mode: .live, equity: equity), at: at(2), &change)
      expectNoDifference(change?.phase, phase)
    }
  }

  @Test func `before anything happened nothing is known`() {
    let snapshot = PerformanceSnapshot(PerformanceKey(.live))
    let figures = [
      snapshot.dailyDrawdown, snapshot.intradayDrawdown, snapshot.weeklyDrawdown,
      snapshot.weeklyDrawdownFromHigh, snapshot.totalDrawdown, snapshot.winRate,
    ]
    for figure in figures { expectNoDifference(figure.measured, .undefined(.noData)) }
    expectNoDifference(snapshot.consecutiveLosses, 0)
    expectNoDifference(snapshot.decidedTrades, 0)
  }
}
