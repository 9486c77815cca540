// A feed goes quiet, comes back, and goes quiet again, in virtual time.
//
//   swift run QuietFeed

import Foundation
import Tocsin
import TocsinMonitors

let log = Outlet<Alert>("log")

let desk = MonitorGraph("quiet feed", sinks: [log]) { lane in
  Tap(lane.input("ticks", of: Tick.self))
    .absence(of: .seconds(3))
    .alert(
      "feed.quiet",
      .warning,
      subject: { $0.last?.symbol ?? "" },
      message: { $0.phase == .firing ? "Nothing came for 3 s." : "It sends again." }
    )
    .cooldown(.minutes(5))
    .route { Otherwise { "log" } }
}

/// `t+12.900 s`.
func time(_ instant: Instant) -> String {
  let milliseconds = instant.nanoseconds / 1_000_000
  let rest = String(1_000 + milliseconds % 1_000).dropFirst()
  return "t+\(milliseconds / 1_000).\(rest) s"
}

let world = Timeline.virtual()
let lane = world.lane("desk")
let running = try desk.start(on: lane, in: world)
let ticks = try running.input("ticks", of: Tick.self)

world.perform(on: lane) {
  _ = Inlet(log, on: lane).each { alert in
    let word = alert.phase == .firing ? "\(alert.severity)" : "resolved"
    print("\(time(lane.now))  \(word)  \(alert.key)  \(alert.message)")
  }
}

/// Ticks every 100 ms up to an instant, and then nothing until another.
func send(until last: Int, thenQuietUntil end: Int) {
  print("\(time(world.now))  ticks every 100 ms until t+\(last) s")
  while world.now < Instant.epoch.advanced(by: .seconds(last)) {
    ticks.send(Tick(symbol: "BTCUSDT", venue: "BINANCE", price: 60_000))
    world.advance(by: .milliseconds(100))
  }
  world.advance(to: .epoch.advanced(by: .seconds(end)))
}

send(until: 10, thenQuietUntil: 20)
send(until: 25, thenQuietUntil: 600)

for node in running.snapshot(in: world).nodes where node.kind == "cooldown" {
  print("cooldown: in \(node.received), made \(node.made), out \(node.passed)", terminator: "")
  print(", held \(node.held), dropped \(node.dropped)")
}
running.stop(in: world)
