//! A graph in virtual time.

import Synchronization
import Tocsin

// snippet.graph
let log = Outlet<Alert>("log")

let desk = MonitorGraph("desk", sinks: [log]) { lane in
  Tap(lane.input("levels", of: Int.self)).filter { $0 > 10 }.debounce(asOne: .seconds(3))
    .alert("level.high", .error)
    .route { Otherwise { "log" } }
}
// snippet.end

func synchronous() throws {
  // snippet.advance
  let world = Timeline.virtual()
  let lane = world.lane("desk")
  let running = try desk.start(on: lane, in: world)
  let levels = try running.input("levels", of: Int.self)

  var seen: [Instant] = []
  world.perform(on: lane) {
    _ = Inlet(log, on: lane).each { _ in seen.append(lane.now) }
  }

  levels.send(20)
  world.advance(by: .milliseconds(2_999))
  assert(seen == [])
  world.advance(by: .milliseconds(1))
  assert(seen == [Instant.epoch.advanced(by: .seconds(3))])
  // snippet.end
  precondition(seen == [Instant.epoch.advanced(by: .seconds(3))])

  // snippet.conserved
  let picture = running.snapshot(in: world)
  assert(picture.nodes.allSatisfy(\.isConserved))
  let alerts = try picture.node("level.high")
  assert(alerts.received == 1 && alerts.passed == 1)
  running.stop(in: world)
  // snippet.end
  precondition(picture.nodes.allSatisfy(\.isConserved) && alerts.passed == 1)
}

func asynchronous() throws {
  // snippet.simulate
  let world = Timeline.virtual()
  let seconds = try world.simulate { world in
    let lane = world.lane("desk")
    let running = try await desk.run(on: lane)
    let alerts = log.values(on: lane)
    try running.input("levels", of: Int.self).send(20)
    await world.pass(.minutes(1))
    for await _ in alerts { break }
    await running.stop()
    return world.now.nanoseconds / 1_000_000_000
  }
  assert(seconds == 60)
  // snippet.end
  precondition(seconds == 60)
}

func stuck() throws {
  // snippet.stuck
  let world = Timeline.virtual()
  do {
    try world.simulate { world in
      for await _ in Outlet<Int>("nobody").values(on: world.lane("desk")) {}
    }
  } catch let error as StuckError {
    print(error)
  }
  // snippet.end
}

try synchronous()
try asynchronous()
try stuck()
