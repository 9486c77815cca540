internal import Tocsin
internal import TocsinTesting

/// A desk whose counter is changed over an await, on a lane of its own.
actor Ledger: LaneActor {
  nonisolated let lane: Lane
  private var total = 0

  init(on lane: Lane) { self.lane = lane }

  func book(_ amount: Int, through other: Ledger) async {
    await other.note(amount)
    total += amount
  }

  func note(_ amount: Int) { total += amount }
  func read() -> Int { total }
}

/// Explores a test of six tasks and three actors, about 60 jobs.
func schedules() async throws -> Int {
  let count = 4_000
  let failure = await explore(ExplorationPlan(schedules: count)) { world in
    try await smallTest(world)
  }
  precondition(failure == nil, "the benchmark's test fails: \(failure?.description ?? "")")
  return count
}

/// How many pieces of work that test is.
func jobsOfSmallTest() throws -> UInt64 {
  try withVirtualTime { world in
    try await smallTest(world)
    return world.timeline.workCount
  }
}

@Sendable func smallTest(_ world: VirtualWorld) async throws {
  let ledgers = ["a", "b", "c"].map { Ledger(on: world.lane($0)) }
  await withTaskGroup { group in
    for number in 0..<6 {
      group.addTask {
        for round in 0..<3 {
          await ledgers[(number + round) % 3].book(1, through: ledgers[(number + round + 1) % 3])
        }
      }
    }
  }
  let total = await ledgers[0].read()
  precondition(total == 12, "a lost update")
}

/// One closure after another on a lane.
func jobsInOrder() async throws -> Int { try closures(.inOrder) }

/// The same, with every choice written down.
func jobsPicked() async throws -> Int { try closures(.seeded(2, .uniform)) }

private func closures(_ schedule: Schedule) throws -> Int {
  let (rounds, each) = (200, 5_000)
  var options = WorldOptions()
  options.workPerInstant = .max
  let world = VirtualWorld(options, schedule: schedule)
  let lanes = [world.lane("a"), world.lane("b")]
  for _ in 0..<rounds {
    for number in 0..<each { lanes[number & 1].execute {} }
    try world.settle()
  }
  return rounds * each
}

/// Many tasks that are ready at once.
func longQueue() async throws -> Int {
  let count = 20_000
  var options = WorldOptions()
  options.workPerInstant = .max
  try withVirtualTime(options, schedule: .seeded(2, .uniform)) { world in
    await withTaskGroup { group in
      for _ in 0..<count { group.addTask { await Task.yield() } }
    }
  }
  return count * 2
}

/// A day of three sources that send 10 events a second between them into a graph.
func day() async throws -> Int {
  let quotes = Outlet<Int>("quotes")
  let orders = Outlet<Int>("orders")
  let health = Outlet<Int>("health")
  let log = Outlet<Alert>("log")
  let desk = MonitorGraph("desk", sinks: [log]) { _ in
    for source in [quotes, orders, health] {
      Tap(source).filter { $0 > 97 }.debounce(asOne: .seconds(3))
        .alert("\(source.name).high", .error).route { Otherwise { "log" } }
    }
  }
  try withVirtualTime { world in
    let running = try await desk.run(on: world.lane("desk"))
    for (place, source) in [quotes, orders, health].enumerated() {
      world.spawn("source \(place)") {
        let gap = place == 0 ? 125 : 1_000
        for step in 0..<(86_400_000 / gap) {
          try? await world.clock.sleep(for: .milliseconds(gap))
          source.send(step % 100)
        }
      }
    }
    await world.advance(by: .days(1))
    await running.stop()
  }
  return 1
}
