import Foundation
import Testing
import Tocsin
import TocsinTesting

/// The kit finds what plain tests miss.
@Suite struct PlantedFaultTests {
  @Test(arguments: PlantedFault.all)
  func `plain first in, first out misses it`(fault: PlantedFault) {
    #expect(fault.failure(under: .inOrder) == nil)
  }

  @Test(arguments: PlantedFault.all)
  func `200 seeds find it, and it is shrunk to a short story`(fault: PlantedFault) async throws {
    let failure = try #require(await explore { try await fault.run($0, false) })
    #expect(failure.isReproducible)
    #expect(failure.seed != nil)
    #expect((1...10).contains(failure.shrunk.count), "\(failure)")
    #expect(failure.story.count == failure.shrunk.count)
    #expect(failure.story.allSatisfy { $0.contains(" ran before ") || $0.contains("is held back") })
    TableOfFaults.add(fault, failure)
  }

  @Test(arguments: PlantedFault.all)
  func `1,000 of 1,000 replays fail alike`(fault: PlantedFault) async throws {
    let failure = try #require(await explore { try await fault.run($0, false) })
    let shortest = try #require(Schedule("\(Schedule.decided(failure.shrunk))"))
    let words = Set((0..<1_000).map { _ in fault.failure(under: shortest) })
    #expect(words == [failure.failure])
    #expect(fault.failure(under: failure.schedule) != nil)
  }

  @Test(arguments: PlantedFault.all)
  func `the repaired variant passes under 200 seeds`(fault: PlantedFault) async {
    let failure = await explore { try await fault.run($0, true) }
    #expect(failure == nil)
  }

  @Test func `there are at least twelve`() {
    #expect(PlantedFault.all.count >= 12)
    #expect(Set(PlantedFault.all.map(\.name)).count == PlantedFault.all.count)
  }
}

/// What it took, with `TOCSIN_TABLE=1` in the environment: bug, seed, decisions found and enough, and
/// runs to shorten them.
enum TableOfFaults {
  static func add(_ fault: PlantedFault, _ failure: ScheduleFailure) {
    guard ProcessInfo.processInfo.environment["TOCSIN_TABLE"] != nil else { return }
    let (seed, found) = (failure.seed.map { "\($0)" } ?? "-", failure.found.count)
    print("| \(fault.name) | \(seed) | \(found) | \(failure.shrunk.count) | \(failure.runs) |")
    print(failure)
  }
}
