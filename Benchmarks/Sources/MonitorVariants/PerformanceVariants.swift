import Foundation
import Harness
import ReferenceGraph
import Tocsin
import TocsinMonitors

/// The performance book: one operation is one trade, or one mark.
enum PerformanceVariants {
  static var all: [Variant] {
    [
      trades("mon-read", "only reads the prepared trades: in each row below") { _, trade in
        Int(trade.closed.nanoseconds & 1)
      },
      trades("mon-trade", "a closed trade: whole series, last 100, sorted window, id") {
        book,
        trade in
        book.receive(trade, at: trade.closed) == .counted ? 1 : 0
      },
      trades("mon-trade-whole", "a closed trade with a window of one", window: 1) { book, trade in
        book.receive(trade, at: trade.closed) == .counted ? 1 : 0
      },
      marks("mon-mark", "an equity mark, a hundred a day", perDay: 100),
      marks("mon-mark-days", "an equity mark a day", perDay: 1),
      snapshots("mon-snapshot", "a trade, and all figures once", times: 1),
      snapshots("mon-snapshot-again", "a trade, and all figures ten times", times: 10),
    ]
  }

  private static func trades(
    _ name: String,
    _ summary: String,
    window: Int = 100,
    _ body: @escaping @Sendable (inout PerformanceBook, ClosedTrade) -> Int
  ) -> Variant {
    Variant(name, summary, in: .monitors, family: name) { workload in
      let (warm, trades) = Drawn.trades(workload.events.count)
      return Run(steady: trades.count) {
        var settings = PerformanceSettings()
        settings.window = window
        var book = PerformanceBook(PerformanceKey(.live), settings)
        for trade in warm { _ = book.receive(trade, at: trade.closed) }
        return {
          var outcome = Outcome()
          for trade in trades { outcome.info &+= body(&book, trade) }
          return outcome
        }
      }
    }
  }

  private static func snapshots(_ name: String, _ summary: String, times: Int) -> Variant {
    trades(name, summary) { book, trade in
      _ = book.receive(trade, at: trade.closed)
      var count = 0
      for _ in 0..<times { count = book.snapshot().trades.total.count }
      return count
    }
  }

  private static func marks(_ name: String, _ summary: String, perDay: Int) -> Variant {
    Variant(name, summary, in: .monitors, family: name) { workload in
      let marks = Drawn.marks(workload.events.count)
      let step = 86_400_000_000_000 / Int64(perDay)
      return Run(steady: marks.count) {
        var book = PerformanceBook(PerformanceKey(.live))
        var now = Instant.epoch
        for mark in marks.prefix(200 * perDay) {
          now = now.advanced(byNanoseconds: step)
          _ = book.receive(mark, at: now)
        }
        return {
          var outcome = Outcome()
          for mark in marks {
            now = now.advanced(byNanoseconds: step)
            outcome.info &+= book.receive(mark, at: now) == .counted ? 1 : 0
          }
          return outcome
        }
      }
    }
  }
}

/// Trades and marks, the same each time.
enum Drawn {
  /// Some to fill what is remembered, and as many as asked for, a second apart.
  static func trades(_ count: Int) -> (warm: [ClosedTrade], trades: [ClosedTrade]) {
    var random = SplitMix64(seed: 42)
    let all = (0..<count + 12_000).map { number in
      let profit = Int(random.next() % 20_001) - 9_900
      let closed = Instant(nanoseconds: Int64(number) * 1_000_000_000)
      return ClosedTrade(
        id: "t\(number)",
        symbol: "AAPL",
        mode: .live,
        profit: Decimal(profit) / 100,
        returnOnCapital: Double(profit) / 1e6,
        opened: closed,
        closed: closed
      )
    }
    return (Array(all.prefix(12_000)), Array(all.dropFirst(12_000)))
  }

  /// An account that goes up and down, and has money paid in now and then.
  static func marks(_ count: Int) -> [EquityMark] {
    var random = SplitMix64(seed: 43)
    var equity = 10_000_000
    var deposits = 0
    return (0..<count).map { number in
      equity = max(1_000_000, equity + Int(random.next() % 20_001) - 9_990)
      if number % 1_000 == 999 {
        equity += 50_000
        deposits += 50_000
      }
      return EquityMark(
        mode: .live,
        equity: Decimal(equity) / 100,
        netDeposits: Decimal(deposits) / 100
      )
    }
  }
}
