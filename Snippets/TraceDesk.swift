//! How a graph is traced and logged, and how its latencies are read.

import Logging
import Tocsin
import Tracing

let log = Outlet<Alert>("log")

// snippet.graph
let desk = MonitorGraph("desk", sinks: [log]) { lane in
  Tap(lane.input("levels", of: Int.self)).filter { $0 > 10 }.debounce(asOne: .seconds(3))
    .alert("level.high", .error)
    .route { Otherwise { "log" } }
}
// snippet.end

// snippet.options
func run(on timeline: Timeline, _ tracer: any Tracer) async throws -> RunningGraph {
  var options = RunOptions(tracer: tracer, logger: Logger(label: "desk"), sampleEvery: 10_000)
  options.trailBits = 18
  return try await desk.run(on: timeline.lane("desk"), options)
}
// snippet.end

// snippet.parent
actor Gateway: LaneActor {
  nonisolated let lane: Lane
  private let feed: Feed<Int>

  init(into levels: Outlet<Int>, on lane: Lane) {
    self.lane = lane
    feed = Feed("gateway", on: lane)
    feed.send(to: levels)
  }

  func take(_ level: Int, _ request: ServiceContext) { feed.send(level, in: request) }
}
// snippet.end

let timeline = Timeline.live()
let running = try await run(on: timeline, InstrumentationSystem.tracer)

// snippet.latency
let picture = await running.snapshot()
let route = try picture.node("level.high/route")
if let latency = route.waits {
  print("ingest to decision:", latency.percentile(99) ?? .zero, latency.max ?? .zero)
}
// snippet.end

await running.stop()
await timeline.shutdown()
