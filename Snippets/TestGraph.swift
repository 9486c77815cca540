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

  var seen: [String] = []
  world.perform(on: lane) {
    _ = Inlet(log, on: lane).each { seen.append("\($0.key) at \(lane.now.nanoseconds / 1_000_000)") }
  }

  levels.send(20)
  world.advance(by: .milliseconds(2_999))
  assert(seen == [])
  world.advance(by: .milliseconds(1))
  assert(seen == ["level.high at 3000"])
  // snippet.end
  precondition(seen == ["level.high at 3000"])

  // snippet.conserved
  let picture = running.snapshot(in: world)
  assert(picture.nodes.allSatisfy(\.isConserved))
  assert(try! picture.node("level.high").received == 1)
  running.stop(in: world)
  // snippet.end
  precondition(picture.nodes.allSatisfy(\.isConserved))
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
