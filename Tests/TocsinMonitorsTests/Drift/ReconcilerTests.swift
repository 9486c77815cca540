import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

struct ReconcilerTests {
  private let mine = [position("A", 1_000, at: 1)]
  private let theirs = [position("A", 1_001, at: 1)]
  private let item = DriftItem(.positions, "A")

  private func first(_ bench: inout DeskBench) throws -> ReconciliationProposal {
    bench.positions(mine, theirs, at: 60)
    bench.positions(mine, theirs, at: 120)
    return try #require(bench.takeProposals().first)
  }

  @Test func `a minor difference is proposed when it is told, once`() throws {
    var bench = passive()
    let proposal = try first(&bench)
    expectNoDifference(bench.takeFindings(), ["positions A quantityMismatch minor"])
    #expect(proposal.words == "positions A 1000 → 1001")
    #expect(proposal.reason == "A: 1000 here, 1001 at the broker.")
    for second in 121...149 { bench.positions(mine, theirs, at: Double(second)) }
    expectNoDifference(bench.takeProposals().map(\.words), [])
    bench.send(ProposalOutcome(proposal.id, .applied), at: 149)
    bench.positions(theirs, theirs, at: 180)
    expectNoDifference(bench.takeProposals().map(\.words), [])
    expectNoDifference(bench.takeFindings(), ["positions A quantityMismatch minor gone"])
    #expect(bench.desk.state.reconciler.proposals == [])
  }

  @Test(arguments: [(1_050, "moderate"), (1_500, "critical")] as [(Decimal, String)])
  func `what is worse is never proposed`(quantity: Decimal, tier: String) {
    var bench = passive()
    let broker = [position("A", quantity, at: 1)]
    for second in [60.0, 120, 180, 240] { bench.positions(mine, broker, at: second) }
    expectNoDifference(bench.takeFindings(), ["positions A quantityMismatch \(tier)"])
    expectNoDifference(bench.takeProposals().map(\.words), [])
  }

  @Test func `one that becomes worse is withdrawn`() throws {
    var bench = passive()
    _ = try first(&bench)
    bench.positions(mine, [position("A", 1_500, at: 1)], at: 180)
    expectNoDifference(bench.takeProposals().map(\.words), ["positions A 1000 → 1001 changed"])
  }

  @Test func `one that went away by itself is withdrawn`() throws {
    var bench = passive()
    _ = try first(&bench)
    bench.positions(theirs, theirs, at: 180)
    expectNoDifference(bench.takeProposals().map(\.words), ["positions A 1000 → 1001 gone"])
  }

  @Test func `after three tries the item is latched until it is truly gone`() throws {
    var bench = passive()
    let proposal = try first(&bench)
    for round in 0..<10 {
      bench.send(ProposalOutcome(proposal.id, .applied), at: 130 + Double(round) * 60)
      bench.positions(mine, theirs, at: 180 + Double(round) * 60)
    }
    expectNoDifference(
      bench.takeProposals().map(\.id),
      [proposal.id, proposal.id],
      "the same difference is the same proposal"
    )
    expectNoDifference(
      bench.takeFindings(),
      ["positions A quantityMismatch minor", "positions A notConverging critical"]
    )
    let latched = bench.desk.state.ledger.open[DriftFinding.Key(item, .notConverging)]
    #expect(
      latched?.alert.message
        == "positions A did not converge: no more proposals until it is reset or gone."
    )
    #expect(latched?.alert.key.description == "drift.notConverging(positions A)")
    bench.positions(theirs, theirs, at: 1_000)
    expectNoDifference(
      bench.takeFindings(),
      ["positions A quantityMismatch minor gone", "positions A notConverging critical gone"]
    )
    for second in [1_060.0, 1_120] { bench.positions(mine, theirs, at: second) }
    expectNoDifference(bench.takeProposals().map(\.id), [proposal.id], "it was truly gone")
  }

  @Test func `a reset by hand gives it as many tries again`() throws {
    var bench = passive { $0.limits.tier = .moderate }
    _ = try first(&bench)
    for round in 0..<5 { bench.positions(mine, theirs, at: 180 + Double(round) * 60) }
    _ = bench.takeProposals()
    _ = bench.takeFindings()
    bench.send(.reset(item), at: 500)
    expectNoDifference(bench.takeFindings(), ["positions A notConverging moderate gone"])
    for round in 0..<5 { bench.positions(mine, theirs, at: 540 + Double(round) * 60) }
    #expect(bench.takeProposals().filter { $0.withdrawal == nil }.count == 3)
    expectNoDifference(bench.takeFindings(), ["positions A notConverging moderate"])
  }

  @Test func `a flag holds proposals back until it is cleared`() throws {
    var bench = passive()
    _ = try first(&bench)
    bench.send(.flag(item, note: "I am on it"), at: 130)
    expectNoDifference(bench.takeProposals().map(\.words), ["positions A 1000 → 1001 byHand"])
    #expect(bench.desk.state.flags[item] == DriftFlag(item, note: "I am on it", since: at(130)))
    bench.positions(mine, theirs, at: 180)
    expectNoDifference(bench.takeProposals().map(\.words), [])
    bench.send(.clear(item), at: 200)
    bench.positions(mine, theirs, at: 240)
    expectNoDifference(bench.takeProposals().map(\.words), ["positions A 1000 → 1001"])
  }

  @Test func `what comes back again and again is latched, though each time it was reconciled`() {
    var bench = passive { $0.limits.recurrences = 4 }
    var proposed = 0
    for round in 0..<10 {
      let start = Double(round) * 240
      bench.positions(mine, theirs, at: start + 60)
      bench.positions(mine, theirs, at: start + 120)
      for proposal in bench.takeProposals() where proposal.withdrawal == nil {
        proposed += 1
        bench.send(ProposalOutcome(proposal.id, .applied), at: start + 121)
      }
      bench.positions(theirs, theirs, at: start + 180)
    }
    #expect(proposed == 4)
    #expect(bench.takeFindings().contains("positions A notConverging critical"))
  }

  @Test func `answers about nothing are counted`() throws {
    var bench = passive()
    bench.send(ProposalOutcome("drift-0", .refused(reason: "what?")), at: 10)
    #expect(bench.desk.state.reconciler.unmatchedCount == 1)
  }

  @Test func `proposes the exact change of every kind of difference`() {
    var bench = passive { $0.confirmations = 1 }
    bench.fills([trade("l")], [trade("b")], at: 10)
    bench.fills([trade("l"), trade("x", 2)], [trade("l"), trade("b"), trade("x", 3)], at: 20)
    var live = passive { $0.confirmations = 1 }
    live.orders(
      [order("a", 3, filled: 1), order("m", 4)],
      [order("a", 5, at: 10.05, filled: 1), order("u", 6)],
      at: 30
    )
    var quiet = passive { $0.confirmations = 1 }
    quiet.cash(["USD": 10_000], ["USD": 10_050], at: 10)
    quiet.positions([position("A", 5, at: 100)], [position("A", 5, at: 100.5)], at: 20)
    quiet.positions([position("A", 5, at: 100)], [position("A", 5, at: 100.5)], at: 90)
    expectNoDifference(
      (bench.takeProposals() + live.takeProposals() + quiet.takeProposals()).map(\.words),
      [
        "fills o/b nothing → 1", "fills o/l 1 → nothing",
        "fills o/l 1 → nothing gone", "fills o/x 2 → 3",
        "orders a 3 → 5", "orders m 4 → nothing", "orders u nothing → 6", "cash USD 10000 → 10050",
        "positions A 5 → 5", "positions A 5 → 5",
      ]
    )
  }

  @Test func `ids say the whole difference and nothing else`() {
    let one = ReconciliationProposal(item, from: nil, to: .fill(trade("1")), reason: "a")
    let same = ReconciliationProposal(item, from: nil, to: .fill(trade("1")), reason: "b")
    #expect(one.id == same.id)
    #expect(one.id.count == "drift-".count + 32)
    let others: [(DriftItem, DriftValue?, DriftValue?)] = [
      (item, .fill(trade("1")), nil), (item, nil, .fill(trade("2"))),
      (item, nil, .fill(trade("1", 2))), (DriftItem(.positions, "B"), nil, .fill(trade("1"))),
      (DriftItem(.fills, "A"), nil, .fill(trade("1"))), (item, nil, .order(order("1"))),
      (item, nil, .balance(Balance(currency: "1", total: 1))), (item, nil, nil),
      (item, nil, .balance(Balance(currency: "1", total: 1, frozen: 1))),
      (item, nil, .position(position("A", 1, at: 1))),
      (item, nil, .position(position("A", 1, at: 2))),
      (item, nil, .position(position("A", 2, at: 1))),
      (item, nil, .fill(trade("1", at: 11))), (item, nil, .fill(trade("1", side: .sell))),
      (item, nil, .order(order("1", at: 11))), (item, nil, .order(order("1", filled: 1))),
      (item, nil, .order(order("1", venue: "v"))),
    ]
    let ids = others.map { ReconciliationProposal($0.0, from: $0.1, to: $0.2).id }
    #expect(Set(ids + [one.id]).count == others.count + 1)
  }
}
