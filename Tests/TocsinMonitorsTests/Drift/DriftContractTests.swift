import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

/// What a restart keeps of what did not converge.
struct DriftContractTests {
  private let mine = [position("A", 1_000, at: 1)]
  private let theirs = [position("A", 1_001, at: 1)]

  @Test func `what was latched before a restart stays latched, untold, until it is reset`() throws {
    var bench = passive()
    for minute in 1...8 { bench.positions(mine, theirs, at: Double(minute) * 60) }
    #expect(bench.takeFindings().contains("positions A notConverging critical"))
    let saved = try JSONEncoder().encode(bench.desk.state)
    var settings = DriftDesk.Settings()
    settings.isHeard = { false }
    let state = try JSONDecoder().decode(DriftState.self, from: saved)
    var next = DeskBench(settings, restoring: state)
    next.start(at: 600)
    for minute in 11...60 { next.positions(mine, theirs, at: Double(minute) * 60) }
    expectNoDifference(next.takeFindings(), [])
    expectNoDifference(next.takeProposals().map(\.words), [])
    next.send(.reset(DriftItem(.positions, "A")), at: 4_000)
    expectNoDifference(next.takeFindings(), ["positions A notConverging critical gone"])
    next.positions(mine, theirs, at: 4_060)
    #expect(next.takeProposals().count == 1)
  }
}
