//! The ready-made triggers, one of your own, and how they are switched while they run.

import Tocsin
import TocsinMonitors

struct Margin: Sendable {
  var account: String
  var utilisation: Double?
}

final class Open: TradingControl {
  func command(_ mode: SafetyMode, because change: SafetyChange) {}
}

let pager = Outlet<Alert>("pager")
let log = Outlet<Alert>("log")

// snippet.standard
let desk = MonitorGraph("desk", sinks: [pager, log]) { lane in
  let performance = lane.input("performance", of: PerformanceSnapshot.self)
  let safety = SafetyMonitor(on: lane, from: .absent, control: Open())
  let board = TriggerBoard(on: lane)

  Merge(
    Triggers.standard(on: board, performance: performance, safety: safety),
    MarginTrigger(lane.input("margins", of: Margin.self), on: board)
  )
  .route {
    On(.critical...) { "pager" }
    Otherwise { "log" }
  }
}
// snippet.end

// snippet.own
/// More than 80 % of the margin is used: an error. What is unknown counts as too much.
func MarginTrigger(_ margins: Outlet<Margin>, on board: TriggerBoard) -> Tap<Inlet<Alert>> {
  let settings = TriggerSettings.from(0.8).whenUndefined(.fire)
  return Tap(margins)
    .trigger("margin.high", .error, settings, on: board, cooldown: .minutes(5)) { margin in
      let words = "Margin of \(margin.account): \(margin.utilisation ?? .nan)."
      return TriggerReading(margin.utilisation, about: margin.account, words: words)
    }
}
// snippet.end

func runLive() async throws {
  let timeline = Timeline.live()
  let running = try await desk.run(on: timeline.lane("desk"))
  // snippet.board
  let board = try running.first(TriggerBoard.self)
  board.commands.send(.set(threshold: 0.03, for: "drawdown.daily"))
  board.commands.send(.disable("winRate.low"))
  for (name, settings) in await board.triggers { print(name, settings.threshold) }
  for told in await board.history.suffix(10) { print(told.instant, told.event.message) }
  // snippet.end
  await timeline.shutdown()
}

try await runLive()
