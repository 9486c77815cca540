//! How the money does: trades and equity in, figures and alerts out.

import Foundation
import Tocsin
import TocsinMonitors

// snippet.graph
let pager = Outlet<Alert>("pager")

let money = MonitorGraph("money") { lane in
  let events = lane.input("money", of: PerformanceEvent.self)
  let performance = PerformanceMonitor(on: lane, watching: events)

  let falling = Tap(performance.drawdowns).alert { $0.alert }
  let losing = Tap(performance.snapshots).compactMap(to: Alert.self) { figures in
    guard figures.consecutiveLosses >= 10 else { return nil }
    return Alert("performance.losses", .warning, subject: "\(figures.key)")
  }
  Merge(falling, losing).cooldown(.minutes(5)).route { Otherwise { pager } }
}
// snippet.end

func runLive() async throws {
  // snippet.run
  let timeline = Timeline.live()
  let running = try await money.run(on: timeline.lane("desk"))
  let events = try running.input("money", of: PerformanceEvent.self)
  events.send(.mark(EquityMark(mode: .live, equity: 10_000, netDeposits: 10_000)))

  let performance = try running.first(PerformanceMonitor.self)
  if let figures = await performance.snapshot(), let equity = figures.equity {
    print(equity.total.sharpe.measured, equity.total.sharpe.convention)
    print(figures.dailyDrawdown.number ?? 0, figures.winRate.measured)
  }
  // snippet.end
  await running.stop()
  await timeline.shutdown()
}

func tryAsValue() throws {
  // snippet.value
  let calendar = try TradingCalendar.usEquities()
  var book = PerformanceBook(PerformanceKey(.paper), calendar: calendar)
  let opening = calendar.nextOpening(.epoch)
  for (minutes, equity) in [(0, 100), (10, 104), (20, 91)] {
    let mark = EquityMark(mode: .paper, equity: Decimal(equity))
    _ = book.receive(mark, at: opening.advanced(by: .minutes(minutes)))
  }
  let figures = book.snapshot()
  print(figures.dailyDrawdown.measured)  // -0.09: below the start of the day
  print(figures.intradayDrawdown.measured)  // -0.125: below the highest of the day
  // snippet.end
}

func futuresHours() throws -> WatchHours {
  // snippet.calendar
  var holidays: [CalendarDate: [Range<Duration>]] = [:]
  if let christmas = CalendarDate(2026, 12, 25) { holidays[christmas] = [] }
  let futures = try TradingCalendar(
    zone: "America/Chicago",
    sessions: [.hours(-7)..<(.hours(16))],
    exceptions: holidays,
    dayBegins: .opening
  )
  let hours = WatchHours(futures)
  // snippet.end
  return hours
}

try await runLive()
try tryAsValue()
print(try futuresHours().contains(.epoch))
