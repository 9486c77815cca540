//! Alerts that come too often, and values that hover around a level.

import Tocsin

struct Rejection: KeyedEvent {
  var order: String
  var symbol: String
  var key: String { symbol }
}

struct Latency: KeyedEvent {
  var venue: String
  var milliseconds: Double
  var key: String { venue }
}

let chat = Outlet<Alert>("chat")

let graph = MonitorGraph("noise", sinks: [chat]) { lane in
  let rejections = lane.input("rejections", of: Rejection.self)
  let latencies = lane.input("latencies", of: Latency.self)

  // snippet.levels
  let slow = Tap(latencies)
    .hysteresis(.above(50, leave: 30), for: .seconds(5)) { $0.milliseconds }
    .alert("venue.slow", .warning, subject: { $0.value.venue })
    .flapping(enter: 6, leave: 2, within: .minutes(30))
  // snippet.end

  // snippet.limits
  let rejected = Tap(rejections)
    .deduplicate(by: \.order, within: .minutes(5))
    .rollup(3, per: .minutes(1))
    .alert(
      "order.rejected",
      .warning,
      subject: { $0.last.symbol },
      message: { "\($0.count) orders were rejected." }
    )
    .resolve(after: .minutes(10))
  // snippet.end

  Merge(slow, rejected).cooldown(.minutes(5)).route { Otherwise { chat } }
}

try graph.validate()
