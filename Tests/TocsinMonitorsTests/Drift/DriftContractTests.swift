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

  @Test func `a currency that is twice in a report is not compared, and told as that`() {
    var bench = passive { $0.confirmations = 1 }
    let twice = [Balance(currency: "USD", total: 1), Balance(currency: "USD", total: 500)]
    bench.send(.account(AccountReport(book: .local, balances: twice)), at: 10)
    let once = [Balance(currency: "USD", total: 500)]
    bench.send(.account(AccountReport(book: .broker, balances: once)), at: 10)
    expectNoDifference(bench.takeFindings(), ["cash USD invalidReport moderate"])
  }

  @Test func `fills do not put off a question that was asked for earlier`() {
    var bench = asking { $0.schedule.orders = nil }
    bench.positions([], [position("A", 1)], at: 1)
    _ = bench.takeRequests()
    for second in [2.0, 4, 5] { bench.send(told(trade("\(second)", symbol: "B")), at: second) }
    bench.advance(to: 8)
    expectNoDifference(
      bench.takeRequests(),
      ["6 local positions confirmation", "6 broker positions confirmation"]
    )
  }

  @Test func `what is minor in one way and not in another is not proposed`() {
    var bench = passive()
    let broker = [position("A", 1_001, at: 1.5)]
    for second in [60.0, 120, 180] { bench.positions(mine, broker, at: second) }
    expectNoDifference(
      bench.takeFindings(),
      ["positions A priceMismatch moderate", "positions A quantityMismatch minor"]
    )
    expectNoDifference(bench.takeProposals().map(\.words), [])
  }

  @Test func `a fill withdraws what was proposed for the cash, too`() {
    var bench = passive { $0.confirmations = 1 }
    bench.cash(["USD": 10_000], ["USD": 10_050], at: 10)
    expectNoDifference(bench.takeProposals().map(\.words), ["cash USD 10000 → 10050"])
    bench.send(told(trade("1")), at: 20)
    expectNoDifference(bench.takeProposals().map(\.words), ["cash USD 10000 → 10050 overtaken"])
  }

  @Test func `fills are as old as the older of their two reports`() {
    var bench = passive { $0.schedule = .all }
    bench.positions(mine, theirs, at: 60)
    bench.send(.fills(FillReport(book: .local, since: at(0), fills: [])), at: 115)
    bench.positions(mine, theirs, at: 120)
    bench.send(.fills(FillReport(book: .broker, since: at(0), fills: [])), at: 121)
    bench.positions(mine, theirs, at: 180)
    expectNoDifference(bench.takeProposals().map(\.words), [], "ours is older than the difference")
    bench.fills([], [], at: 190)
    bench.positions(mine, theirs, at: 240)
    expectNoDifference(bench.takeProposals().map(\.words), ["positions A 1000 → 1001"])
  }
}
