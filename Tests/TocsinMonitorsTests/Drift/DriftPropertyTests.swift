import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

/// 1,000 seeds, or as many as `TOCSIN_SEEDS` says, in four parts so that they run in parallel.
struct DriftPropertyTests {
  static let seeds =
    ProcessInfo.processInfo.environment["TOCSIN_SEEDS"].flatMap { Int($0) } ?? 1_000
  static let parts = (0..<4).map { $0 * seeds / 4..<($0 + 1) * seeds / 4 }

  private static let bad = DriftSimulation.Faults(
    lostEvents: 20,
    repeated: 20,
    lostReports: 10,
    failedReports: 10,
    lostOutcomes: 20,
    restarts: 2
  )

  @Test(arguments: parts)
  func `over bad lines the books converge, or what is different is told`(seeds: Range<Int>) {
    var converged = 0
    for seed in seeds {
      var world = DriftSimulation(seed: seed, Self.bad)
      world.run()
      let differences = world.differences
      converged += differences.isEmpty ? 1 : 0
      #expect(world.told.isSuperset(of: differences), "seed \(seed): \(differences)")
      // No double booking: our book has no fill that the broker has not, nor another quantity.
      for (id, booked) in world.mine.fills {
        #expect(world.theirs.fills[id]?.fill == booked.fill, "seed \(seed): \(id)")
      }
      #expect(world.proposed.values.allSatisfy { $0 <= 3 }, "seed \(seed): \(world.proposed)")
    }
    #expect(converged * 100 >= seeds.count * 95, "\(converged) of \(seeds.count) converged")
  }

  @Test(arguments: parts)
  func `nothing is told while events and reports only come late, twice and out of order`(
    seeds: Range<Int>
  ) {
    for seed in seeds {
      var world = DriftSimulation(seed: seed, .init(), calm: 150, end: 240)
      world.run()
      let words = world.findings.map { "\($0.at): \($0.words)" }
      #expect(words.isEmpty, "seed \(seed): \(words)")
      #expect(world.differences == [], "seed \(seed)")
      #expect(world.proposed.isEmpty, "seed \(seed)")
    }
  }
}
