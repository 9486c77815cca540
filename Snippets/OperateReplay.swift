//! A recording through a graph, in event time.

import Tocsin
import TocsinMonitors

let log = Outlet<Alert>("log")

let desk = MonitorGraph("desk", sinks: [log]) { lane in
  let market = lane.input("market", of: TradingEvent.self)
  let health = HealthMonitor(on: lane, watching: market) { Check.feed(maxAge: .seconds(5)) }
  Tap(health.transitions).alert { $0.alert }.route { Otherwise { "log" } }
}

// snippet.intake
/// Where recorded events enter the lane, each at its own instant.
actor Intake: LaneActor {
  nonisolated let lane: Lane
  private let feed: Feed<Recorded<TradingEvent>>
  private let source: EventSource

  init(into market: Outlet<TradingEvent>, on lane: Lane) {
    self.lane = lane
    source = lane.addSource()
    feed = Feed("intake", on: lane, instant: \.instant)
    feed.each { market.send($0.event) }
  }

  func take(_ event: Recorded<TradingEvent>) {
    feed.send(event)
    source.reached(event.instant)
  }
}
// snippet.end

func replay() throws {
  // snippet.replay
  let world = Timeline.virtual()
  let lane = world.eventTimeLane("desk")
  let running = try desk.start(on: lane, in: world)
  let market = try running.input("market", of: TradingEvent.self)
  let intake = world.perform(on: lane) { Intake(into: market, on: lane) }
  world.perform(on: lane) {
    _ = Inlet(log, on: lane).each { print(lane.now.nanoseconds, $0.key, $0.message) }
  }

  var reader = RecordingReader()
  func take(_ line: RecordedLine) {
    switch line {
    case .event(let event, _):
      world.perform(on: lane) { intake.assumeIsolated { $0.take(event) } }
    case .refused(let error): print(error)
    }
  }
  try RecordingSource(argument: "session.jsonl").forEachChunk { reader.read($0, take) }
  reader.finish(take)
  print(reader.counts)
  // snippet.end
}

do {
  try replay()
} catch let error as RecordingSourceError {
  print(error)
}
