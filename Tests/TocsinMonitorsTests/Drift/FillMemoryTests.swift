import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

struct FillMemoryTests {
  /// Two reports, and what a comparison after them finds.
  private func words(
    _ memory: inout FillMemory,
    _ local: (Double, [Fill]),
    _ broker: (Double, [Fill]),
    at seconds: Double = 100
  ) -> [String] {
    let reports: [(Book, (Double, [Fill]))] = [(.local, local), (.broker, broker)]
    for (book, (since, fills)) in reports {
      memory.receive(FillReport(book: book, since: at(since), fills: fills), at: at(seconds))
    }
    return memory.compare().findings.map(\.words)
  }

  private static let one = trade("1")

  @Test(
    arguments: [
      ([one], [one], []),
      ([one], [], ["fills o/1 unexpectedFill minor"]),
      ([], [one], ["fills o/1 missingFill minor"]),
      ([], [trade("1", 11)], ["fills o/1 missingFill moderate"]),
      ([], [trade("1", 1_000)], ["fills o/1 missingFill critical"]),
      ([trade("1", 3)], [trade("1", 2)], ["fills o/1 fillMismatch minor"]),
      ([trade("1", at: 10)], [trade("1", at: 11)], ["fills o/1 fillMismatch moderate"]),
      ([one], [trade("1", side: .sell)], ["fills o/1 fillMismatch critical"]),
      ([one], [trade("1", symbol: "B")], ["fills o/1 fillMismatch critical"]),
      ([one, one], [one], []),
      ([one], [one, trade("1", 2)], ["fills o/1 invalidReport moderate"]),
      ([one], [trade("1", .nan)], ["fills o/1 invalidReport moderate"]),
      ([trade("1", -1)], [], ["fills o/1 invalidReport moderate"]),
      (
        [one], [trade("1", order: "p")],
        [
          "fills o/1 unexpectedFill minor", "fills p/1 missingFill minor",
        ]
      ),
    ] as [([Fill], [Fill], [String])]
  )
  func `compares the union of both`(_ local: [Fill], _ broker: [Fill], _ expected: [String]) {
    var memory = FillMemory()
    expectNoDifference(words(&memory, (0, local), (0, broker)), expected)
  }

  @Test func `says of a fill only what the reports reach back to`() {
    var memory = FillMemory()
    expectNoDifference(words(&memory, (50, []), (0, [Self.one])), [])
    #expect(memory.compare().skipped == ["o/1"])
    // The next report of the broker shows that it was booked after 60, which our book covers.
    expectNoDifference(
      words(&memory, (60, []), (60, [Self.one]), at: 160),
      ["fills o/1 missingFill minor"]
    )
  }

  @Test func `what leaves the window is neither gone nor missing`() {
    var memory = FillMemory()
    expectNoDifference(
      words(&memory, (0, []), (0, [Self.one])),
      ["fills o/1 missingFill minor"]
    )
    expectNoDifference(
      words(&memory, (90, []), (90, []), at: 200),
      ["fills o/1 missingFill minor"]
    )
    // We book it now; the broker's window does not reach back to it any more.
    expectNoDifference(words(&memory, (190, [Self.one]), (190, []), at: 300), [])
  }

  @Test func `a fill that a report takes back is gone`() {
    var memory = FillMemory()
    expectNoDifference(
      words(&memory, (0, [Self.one]), (0, [Self.one])),
      []
    )
    expectNoDifference(
      words(&memory, (0, [Self.one]), (0, []), at: 200),
      ["fills o/1 unexpectedFill minor"]
    )
    expectNoDifference(words(&memory, (0, []), (0, []), at: 300), [])
    #expect(memory.count == 0)
  }

  @Test func `a gap between reports is not covered`() {
    var memory = FillMemory()
    _ = words(&memory, (0, []), (0, []), at: 100)
    expectNoDifference(words(&memory, (500, []), (120, [Self.one]), at: 600), [])
  }

  @Test func `is bounded, and forgets first what both books have`() {
    var memory = FillMemory(limit: 4)
    let both = (0..<3).map { trade("\($0)") }
    _ = words(&memory, (0, both), (0, both + [trade("m")]), at: 100)
    #expect(memory.count == 4)
    let next = (10..<12).map { trade("\($0)") }
    expectNoDifference(
      words(&memory, (90, next), (90, next), at: 200),
      ["fills o/m missingFill minor"]
    )
    let flood = (100..<200).map { trade("\($0)") }
    _ = words(&memory, (190, flood), (190, flood), at: 300)
    #expect(memory.count == 4)
    #expect(memory.refusedCount > 0)
  }

  @Test func `takes nothing from a partial report`() {
    var memory = FillMemory()
    let report = FillReport(book: .broker, since: at(0), fills: [Self.one], isComplete: false)
    memory.receive(report, at: at(0))
    #expect(memory.count == 0)
  }
}
