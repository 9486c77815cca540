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

  @Test(arguments: parts)
  func `a planted difference is told within the interval and its confirmation`(
    seeds: Range<Int>
  ) {
    for seed in seeds {
      var world = DriftSimulation(seed: seed, .init(), calm: 150, end: 400)
      let planted = 250 + Double(seed % 60)
      world.run(until: planted)
      world.plant { $0.adjustments["A", default: 0] += 3 }
      world.run()
      let told = world.findings.first { $0.words.hasPrefix("positions A") }
      // Answers take up to four seconds, twice.
      #expect((told?.at ?? .infinity) - planted <= 60 + 5 + 8, "seed \(seed): \(told as Any)")
    }
  }

  @Test(arguments: parts)
  func `quantity is conserved: what we hold is what the broker's fills say, and each counts once`(
    seeds: Range<Int>
  ) {
    for seed in seeds {
      var world = DriftSimulation(seed: seed, Self.bad)
      for second in stride(from: 20.0, through: 480, by: 20) {
        world.run(until: second)
        let booked = world.mine.fills.keys.compactMap { world.theirs.fills[$0]?.fill }
        var quantities = world.mine.adjustments
        for fill in booked {
          quantities[fill.symbol, default: 0] += Decimal(fill.side.sign) * fill.quantity
        }
        let held = quantities.filter { $0.value != 0 }
        #expect(held == world.mine.quantities, "seed \(seed) at \(second)")
        #expect(world.mine.adjustments.isEmpty, "seed \(seed): fills were never the reason")
      }
    }
  }
}
