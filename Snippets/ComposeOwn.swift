//! A rule and a monitor of your own.

import Tocsin

// snippet.rule
/// Passes a price that is more than a fraction away from the last one that passed.
struct Jump: Rule {
  let fraction: Double
  private var last: Double?

  init(_ fraction: Double) { self.fraction = fraction }

  mutating func receive(_ price: Double, at now: Instant) -> Verdict<Double> {
    guard let last else {
      self.last = price
      return .drop(.first)
    }
    guard abs(price - last) > fraction * last else { return .drop(.belowThreshold) }
    self.last = price
    return .pass(price, .changed)
  }
}
// snippet.end

// snippet.actor
/// Counts what was traded, and tells each new hundred.
actor VolumeMonitor: LaneActor {
  nonisolated let lane: Lane
  nonisolated let hundreds = Outlet<Int>("volume.hundreds")
  private var volume = 0

  init(on lane: Lane) { self.lane = lane }

  func take(_ quantity: Int) {
    let before = volume / 100
    volume += quantity
    if volume / 100 > before { hundreds.send(volume / 100) }
  }
}
// snippet.end

let log = Outlet<Alert>("log")

// snippet.graph
let graph = MonitorGraph("own", sinks: [log]) { lane in
  let prices = lane.input("prices", of: Double.self)
  let quantities = lane.input("quantities", of: Int.self)
  let volume = lane.adopt(VolumeMonitor(on: lane))

  Tap(quantities).each { quantity in volume.assumeIsolated { $0.take(quantity) } }
  Tap(volume.hundreds).alert("volume.hundred", .info).route { Otherwise { "log" } }
  Tap(prices).rule(Jump(0.05), "jump").alert("price.jump", .warning).route { Otherwise { "log" } }
}
// snippet.end

print(try graph.plan().mermaid)
