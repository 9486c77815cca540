import Testing
import Tocsin
import TocsinTesting

/// The trait `.virtualTime` on tests, suites and parametrised tests.
@Suite(.virtualTime) struct TraitTests {
  @Test func `a suite's trait is its tests'`() async throws {
    let world = try #require(VirtualWorld.current)
    try await world.clock.sleep(for: .days(1))
    #expect(world.elapsed == .days(1))
  }

  @Test(.virtualTime(heldOptions)) func `a test's own options win`() async throws {
    let world = try #require(VirtualWorld.current)
    #expect(world.now == heldOptions.start)
  }

  @Test(arguments: 1...20)
  func `every argument has a world of its own`(hours: Int) async throws {
    let world = try #require(VirtualWorld.current)
    #expect(world.elapsed == .zero)
    await advance(by: .hours(hours))
    #expect(world.elapsed == .hours(hours))
  }

  @Test func `holds time`() async throws {
    let world = try #require(VirtualWorld.current)
    await holdTime { await advance(by: .seconds(1)) }
    #expect(world.elapsed == .seconds(1))
  }

  @Test func `expectations belong to the test`() async throws {
    #expect(Test.current?.name.contains("expectations belong") == true)
    withKnownIssue { #expect(Test.current == nil) }
  }

  @Suite struct Nested {
    @Test func `nested suites too`() async throws {
      await advance(by: .seconds(1))
      #expect(VirtualWorld.current?.elapsed == .seconds(1))
    }

    @Test(.schedules(20)) func `and schedules beside it`() async throws {
      let desk = Desk(on: try #require(VirtualWorld.current).lane("desk"))
      await desk.note("once")
      #expect(await desk.notes == ["once"])
    }
  }
}

/// Options of a test.
private let heldOptions: WorldOptions = {
  var options = WorldOptions()
  options.start = Instant.epoch.advanced(by: .days(365))
  return options
}()

/// Forty worlds at once, on the threads of the process's pool.
@Suite struct ParallelWorldTests {
  @Test func `do not see each other`() async throws {
    let elapsed = try await withThrowingTaskGroup(of: Duration.self) { group in
      for number in 1...40 {
        group.addTask {
          try withVirtualTime { world in
            let desk = Desk(on: world.lane("desk"))
            for _ in 0..<50 {
              await Task { await desk.note("x") }.value
              try await world.clock.sleep(for: .seconds(number))
            }
            #expect(await desk.notes.count == 50)
            return world.elapsed
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(elapsed.sorted() == (1...40).map { .seconds($0 * 50) })
  }
}
