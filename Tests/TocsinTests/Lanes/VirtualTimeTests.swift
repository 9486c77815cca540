import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct VirtualTimeTests {
  let world = Timeline.virtual()

  @Test func `a lane runs what it is given in the order it was given, and time stands still`() {
    let log = SharedLog<Int>()
    let lanes = (0..<3).map { world.lane("lane \($0)") }
    for number in 0..<300 { lanes[number % 3].execute { log.add(number) } }
    expectNoDifference(log.entries, [])
    world.settle()
    expectNoDifference(log.entries, Array(0..<300))
    #expect(world.now == .epoch)
  }

  @Test func `a thousand calls between actors of one lane cost no work items`() throws {
    let lane = world.lane("shared")
    let (caller, called) = (Counter(on: lane), Counter(on: lane))
    func work(times: Int) throws -> UInt64 {
      let before = world.workCount
      try world.simulate { _ in await caller.hit(called, times: times) }
      return world.workCount - before
    }
    let one = try work(times: 1)
    let thousand = try work(times: 1_000)
    #expect(one == thousand && thousand < 8)
    #expect(try world.simulate { _ in await called.count } == 1_001)
  }

  @Test func `work on a lane is isolated to it, and to it alone`() {
    let (lane, other) = (world.lane("a"), world.lane("b"))
    #expect(Lane.current == nil && lane.isIsolatingCurrentContext() == false)
    world.perform(on: lane) {
      lane.checkIsolated()
      #expect(Lane.current === lane)
      #expect(lane.isIsolatingCurrentContext() == true)
      #expect(other.isIsolatingCurrentContext() == false)
      world.perform(on: other) { #expect(Lane.current === other) }
      #expect(Lane.current === lane)
    }
    #expect(Lane.current == nil)
  }

  @Test func `an actor of a lane may be assumed isolated on the lane`() {
    let lane = world.lane("a")
    let counter = Counter(on: lane)
    let count = world.perform(on: lane) {
      counter.assumeIsolated { counter in
        counter.hit()
        return counter.count
      }
    }
    #expect(count == 1)
  }

  @Test func `perform gives the result, passes errors on, and what was sent has arrived`() {
    let lane = world.lane("a")
    let outlet = Outlet<Int>()
    let log = Log<Int>()
    let given = world.perform(on: lane) {
      Inlet(outlet, on: lane).each { log.add($0) }
      outlet.send(1)
      return 7
    }
    #expect(given == 7)
    expectNoDifference(log.entries, [1])
    #expect(throws: CancellationError.self) {
      try world.perform(on: lane) { throw CancellationError() }
    }
    #expect(Lane.current == nil)
  }

  @Test func `advance fires each deadline at its own instant and ends at its target`() {
    let lane = world.lane("a")
    let log = SharedLog<Int>()
    for delay in [5, 3, 8, 3] {
      _ = lane.loop.schedule(at: .seconds(delay), on: lane) {
        log.add(Int(lane.now.nanoseconds / 1_000_000_000))
      }
    }
    world.advance(by: .seconds(6))
    expectNoDifference(log.entries, [3, 3, 5])
    #expect(world.now == .seconds(6))
    world.advance(to: .seconds(2))
    #expect(world.now == .seconds(6), "time never goes back")
    world.run(until: .seconds(100))
    expectNoDifference(log.entries, [3, 3, 5, 8])
    #expect(world.now == .seconds(8), "run stops where nothing is left")
  }

  @Test func `run stops at its limit when deadlines never end`() {
    let lane = world.lane("a")
    let log = SharedLog<Int>()
    let beat = lane.scheduler.schedule(
      after: .init(.seconds(1)),
      interval: .seconds(2),
      tolerance: .seconds(0),
      options: nil
    ) { log.add(lane.now.milliseconds) }
    world.run(until: .seconds(6))
    expectNoDifference(log.entries, [1_000, 3_000, 5_000])
    beat.cancel()
    world.run(until: .seconds(60))
    #expect(log.entries.count == 3 && world.now == .seconds(5))
    #expect(world.loops[0].pendingTimerCount == 0)
  }

  @Test func `what is due now fires when the world settles`() {
    let lane = world.lane("a")
    let log = SharedLog<Int>()
    _ = lane.loop.schedule(at: .epoch, on: lane) { log.add(1) }
    _ = lane.loop.schedule(at: .ms(1), on: lane) { log.add(2) }
    world.settle()
    expectNoDifference(log.entries, [1])
  }

  @Test func `equal deadlines fire in the order in which they were armed`() throws {
    let log = SharedLog<Int>()
    let lanes = (0..<4).map { world.lane("lane \($0)") }
    for number in 0..<100 {
      let lane = lanes[number % 4]
      _ = lane.loop.schedule(at: .seconds(1), on: lane) { log.add(number) }
    }
    world.advance(by: .seconds(1))
    expectNoDifference(log.entries, Array(0..<100))
  }

  @Test func `a timer due at an instant fires before an input that arrives then`() throws {
    let lane = world.lane("a")
    let log = SharedLog<String>()
    world.perform(on: lane) {
      let id = lane.local.addDeadlines { due in
        log.add("timer at \(Instant(nanoseconds: due).milliseconds)")
        return .max
      }
      lane.local.arm(id, at: Instant.seconds(10).nanoseconds)
    }
    try world.simulate { world in
      try await world.clock.sleep(until: .ms(0))
      world.spawn("input") {
        try? await world.clock.sleep(until: .seconds(10))
        lane.execute { log.add("input at \(lane.now.milliseconds)") }
      }
      await world.pass(.seconds(10))
    }
    expectNoDifference(log.entries, ["timer at 10000", "input at 10000"])
  }

  @Test func `operators of a lane with equal deadlines fire in the order they were armed`() {
    let lane = world.lane("a")
    let log = Log<Int>()
    world.perform(on: lane) {
      let ids = (0..<5).map { number in
        lane.local.addDeadlines { _ in
          log.add(number)
          return .max
        }
      }
      for number in [3, 1, 4, 0, 2] { lane.local.arm(ids[number], at: 1_000) }
      lane.local.arm(ids[4], at: 900)
    }
    world.advance(by: .seconds(1))
    expectNoDifference(log.entries, [4, 3, 1, 0, 2])
  }

  @Test func `equal deadlines ahead of a later one fire in the order they were armed`() {
    let lane = world.lane("a")
    let log = Log<Int>()
    world.perform(on: lane) {
      let ids = (0..<6).map { number in
        lane.local.addDeadlines { _ in
          log.add(number)
          return .max
        }
      }
      lane.local.arm(ids[0], at: 1_000)
      for number in [3, 1, 5, 4, 2] { lane.local.arm(ids[number], at: 900) }
    }
    world.advance(by: .seconds(1))
    expectNoDifference(log.entries, [3, 1, 5, 4, 2, 0])
  }

  @Test func `on one lane operators come before scheduled closures and sleepers of the instant`()
    throws
  {
    let lane = world.lane("a")
    let log = SharedLog<String>()
    try world.simulate { world in
      world.spawn("sleeper") {
        try? await world.clock.sleep(for: .seconds(1))
        lane.execute { log.add("sleeper") }
      }
      await world.pass(.zero)
      _ = lane.loop.schedule(at: .seconds(1), on: lane) { log.add("closure") }
      world.perform(on: lane) {
        let id = lane.local.addDeadlines { _ in
          log.add("operator")
          return .max
        }
        lane.local.arm(id, at: Instant.seconds(1).nanoseconds)
      }
      await world.pass(.seconds(1))
    }
    expectNoDifference(log.entries, ["operator", "closure", "sleeper"])
  }

  @Test func `an operator that is removed by its own handler leaves no deadline`() {
    let lane = world.lane("a")
    let log = Log<Int64>()
    world.perform(on: lane) {
      var id = -1
      id = lane.local.addDeadlines { due in
        log.add(due)
        lane.local.removeDeadlines(id)
        return due + 10
      }
      lane.local.arm(id, at: 10)
    }
    world.run(until: Instant(nanoseconds: 15))
    expectNoDifference(log.entries, [10])
    #expect(lane.local.deadlines.pendingCount == 0)
    #expect(lane.loop.nextDeadline == .distantFuture)
  }

  @Test func `a time line starts where it is told to, and a cancelled timer frees its lane`() {
    let late = Timeline.virtual(startingAt: .seconds(500))
    #expect(late.now == .seconds(500) && late.isVirtual)
    weak var gone: Lane?
    do {
      let lane = late.lane("a")
      gone = lane
      let timer = lane.loop.schedule(at: .seconds(600), on: lane) {}
      lane.loop.cancelTimer(timer)
    }
    #expect(gone == nil)
    let loop = late.loops[0]
    var held: Lane? = late.lane("held by its timer alone")
    gone = held
    let timer = held.map { loop.schedule(at: .seconds(600), on: $0) {} }
    held = nil
    #expect(gone != nil)
    if let timer { loop.cancelTimer(timer) }
    #expect(gone == nil)
  }
}
