import Foundation
import Synchronization
import Testing
import Tocsin

@testable import TocsinTesting

/// Exploring: the same schedule gives the same run, and what differs is reported.
@Suite struct ExplorationTests {
  private func scenario(_ world: VirtualWorld) async throws {
    let desks = ["a", "b", "c"].map { Desk(on: world.lane($0)) }
    await withTaskGroup { group in
      for number in 0..<6 {
        group.addTask {
          await desks[number % 3].note("\(number)")
          try? await world.clock.sleep(for: .milliseconds(number / 2))
          await desks[(number + 1) % 3].note("\(number)")
        }
      }
    }
  }

  private func trace(_ schedule: Schedule) throws -> ScheduleTrace {
    let world = VirtualWorld(WorldOptions(), schedule: schedule, records: true)
    try world.run { try await scenario($0) }
    return world.recorder.trace
  }

  @Test(arguments: [SchedulePicker.uniform, .priorities(changes: 2), .delays(2), .mixed])
  func `a seed gives the same run again, and so do its decisions`(picker: SchedulePicker) throws {
    var hashes: Set<UInt64> = []
    for seed in 1...100 as ClosedRange<UInt64> {
      let first = try trace(.seeded(seed, picker, length: 40))
      #expect(try trace(.seeded(seed, picker, length: 40)) == first)
      #expect(try trace(.decided(first.decisions)) == first)
      hashes.insert(first.hash)
    }
    #expect(hashes.count > 20)
  }

  @Test func `recording first in, first out changes nothing`() throws {
    let plain = VirtualWorld()
    try plain.run { try await scenario($0) }
    let trace = try trace(.inOrder)
    #expect(trace.decisions == [])
    #expect(UInt64(trace.steps) == plain.timeline.workCount)
  }

  /// One process prints its hash; `Scripts/same-trace` compares many.
  @Test func `one trace in every process`() throws {
    var hash: UInt64 = 0
    for seed in 0..<300 as Range<UInt64> {
      hash = hash &* 31 &+ (try trace(.seeded(seed, length: 40)).hash)
    }
    if ProcessInfo.processInfo.environment["TOCSIN_TRACE_HASH"] != nil {
      print("trace hash \(hash)")
    }
    #expect(hash != 0)
  }

  @Test func `unseeded randomness is reported`() async throws {
    let failure = try #require(
      await explore { world in
        let desk = Desk(on: world.lane("desk"))
        for _ in 0..<Int.random(in: 0..<1_000_000) % 97 { await desk.note("") }
      }
    )
    #expect(!failure.isReproducible)
    #expect(
      failure.description
        == "Two runs of one schedule differ. Something outside the world decides: "
        + "a real clock, unseeded randomness, the order of a set or dictionary, or state that is "
        + "kept between runs."
    )
  }

  @Test func `the order of a set is reported`() async throws {
    let kept = Mutex<[Set<Int>]>([])
    let failure = try #require(
      await explore { world in
        let desks = (0..<32).map { Desk(on: world.lane("\($0)")) }
        var order = Set(0..<32)
        // The order of a set follows its place in memory, so the old ones must not go.
        kept.withLock { kept in
          order.reserveCapacity(64 << (kept.count % 4))
          kept.append(order)
        }
        for number in order { await desks[number].note("") }
      }
    )
    #expect(!failure.isReproducible)
  }

  @Test func `state that is kept between runs is reported with its failure`() async throws {
    let runs = Flag()
    let failure = try #require(
      await explore { _ in
        runs.set()
        if runs.count == 40 { throw Broken(description: "the fortieth run") }
      }
    )
    #expect(!failure.isReproducible)
    #expect(failure.description.hasSuffix("The failure was: the fortieth run"))
  }

  @Test func `what fails first in, first out needs no schedule`() async throws {
    let failure = try #require(await explore { _ in throw Broken(description: "always") })
    #expect(failure.tried == 1)
    #expect(failure.seed == nil)
    #expect(
      failure.description == "always\nFirst in, first out is enough: no schedule was needed."
    )
  }

  @Test func `a failure prints its story and two lines that replay it`() async throws {
    let fault = try #require(PlantedFault.orders.first)
    let failure = try #require(await explore { try await fault.run($0, false) })
    let lines = failure.description.split(separator: "\n").map(String.init)
    try #require(lines.count == 4)
    #expect(lines[0] == "a filled order is booked as cancelled")
    #expect(lines[2].hasSuffix("is held back until nothing else can run"))
    let printed = lines[3].matches(of: /\.schedule\("(.*?)"\)/).map { String($0.1) }
    #expect(printed.count == 2)
    for text in printed {
      #expect(fault.failure(under: try #require(Schedule(text))) == failure.failure)
    }
  }

  @Test func `the environment has the last word`() {
    let plan = ExplorationPlan(schedules: 10)
    let values = ["TOCSIN_SEED": "77", "TOCSIN_SCHEDULES": "3"]
    #expect(plan.overridden { values[$0] } == ExplorationPlan(schedules: 3, firstSeed: 77))
    #expect(plan.overridden { _ in nil } == plan)
    #expect(plan.overridden { _ in "many" } == plan)
  }
}
