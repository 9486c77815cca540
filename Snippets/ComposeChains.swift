//! The parts of a graph: chains, keys, joins, routes, names.

import Tocsin
import TocsinMonitors

struct Fill: Sendable {
  var symbol: String
  var slippage: Double
}

let pager = Outlet<Alert>("pager")
let log = Outlet<Alert>("log")
let acknowledgements = Outlet<AlertKey>("acknowledgements")

let graph = MonitorGraph("chains", sinks: [log]) { lane in
  // snippet.input
  let ticks = lane.input("ticks", of: Tick.self)
  let fills = lane.input("fills", of: Fill.self)
  // snippet.end

  // snippet.chain
  let quiet = Tap(ticks).absence(of: .seconds(3)).alert(
    "feed.quiet",
    .warning,
    subject: { $0.last.map { "\($0.key)" } ?? "" },
    message: { $0.phase == .firing ? "Nothing came for 3 s." : "It sends again." }
  )
  // snippet.end

  // snippet.keyed
  let slippage = Tap(fills).keyed(by: \.symbol, idle: .hours(1), limit: 10_000) {
    $0.hold(asOneFor: .seconds(60)) { $0.slippage > 0.001 }.alert(
      "slippage.high",
      .warning,
      subject: { $0.value.symbol }
    )
  }
  // snippet.end

  // snippet.buffer
  Tap(ticks, overflow: .dropOldest(1_000)).map(to: String.self) { $0.symbol }
    .changed()
    .each { symbol in print(symbol) }
  // snippet.end

  // snippet.merge
  let alerts = Merge(quiet, slippage).named("alerts")
  // snippet.end

  // snippet.route
  let show = { (alert: Alert) in print(alert.message) }
  alerts
    .cooldown(.minutes(5)).named("quiet period")
    .escalate(after: .minutes(30), to: .error)
    .escalate(.unacknowledged(after: .minutes(5)), acknowledgements: acknowledgements)
    .route {
      On(.critical...) {
        pager
        "log"
      }
      On(.warning ... .error) { "log" }
      Otherwise { show }
    }
  // snippet.end

  // snippet.joins
  let desk = Tap(lane.input("desk.position", of: Int.self))
  let venue = Tap(lane.input("venue.position", of: Int.self))
  CombineLatest(desk, venue)
    .hold(asOneFor: .seconds(10)) { $0.first != $0.second }
    .alert("position.differs", .critical)
    .route { Otherwise { "log" } }
  // snippet.end

  // snippet.mergeall
  MergeAll(of: Alert.self) {
    for venue in ["NASDAQ", "NYSE"] { Tap(lane.input("alerts \(venue)", of: Alert.self)) }
  }
  .send(to: log)
  // snippet.end
}

// snippet.acknowledge
acknowledgements.send(AlertKey("feed.quiet", subject: "NASDAQ/AAPL"))
// snippet.end

// snippet.wrong
let wrong = MonitorGraph("wrong") { lane in
  Tap(lane.input("ticks", of: Tick.self)).absence(of: .seconds(3)).alert("feed.quiet", .warning)
    .route { On(.critical...) { "pagr" } }
}

do {
  try wrong.validate()
} catch {
  print(error)
}
// snippet.end

print(try graph.plan().mermaid)
