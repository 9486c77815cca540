import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

/// What users of other systems have suffered, as the issue trackers of these systems tell it.
struct NamedFailureTests {
  private let fill = trade("1", 1, at: 10)

  /// Our gateway's book with a fill that was told by the order's own event.
  private func fillArrives(
    _ bench: inout DeskBench,
    _ ledger: inout PaperLedger,
    at seconds: Double
  ) {
    ledger.book(fill, at: seconds)
    bench.send(told(fill), at: seconds)
  }

  @Test func `NautilusTrader 3493: an inferred fill does not race the real one`() throws {
    // The broker says that an order is filled; our event is late.
    var bench = passive()
    for second in [60.0, 70] {
      bench.orders([order("o", 2)], [order("o", 2, filled: 1)], at: second)
    }
    expectNoDifference(bench.takeFindings(), ["orders o orderFilledMismatch minor"])
    expectNoDifference(bench.takeProposals().map(\.words), [], "no fill is invented")
    // Its fill report has the fill, so that one is proposed, by its id.
    for second in [80.0, 90] { bench.fills([], [fill], at: second) }
    let proposal = try #require(bench.takeProposals().first)
    #expect(proposal.to == .fill(fill))
    // Now the real one comes, while the proposal is on its way.
    var ledger = PaperLedger()
    fillArrives(&bench, &ledger, at: 91)
    expectNoDifference(bench.takeProposals().map(\.words), ["fills o/1 nothing → 1 overtaken"])
    // Even a gateway that did not hear of the withdrawal has it once.
    #expect(ledger.apply(proposal, at: 92) == .applied)
    #expect(ledger.quantities == ["A": 1])
  }

  @Test func `NautilusTrader 3493: the real fill after the proposal counts once, too`() throws {
    var bench = passive()
    for second in [80.0, 90] { bench.fills([], [fill], at: second) }
    let proposal = try #require(bench.takeProposals().first)
    var ledger = PaperLedger()
    let result = ledger.apply(proposal, at: 91)
    bench.send(ProposalOutcome(proposal.id, result), at: 91)
    fillArrives(&bench, &ledger, at: 92)
    #expect(ledger.quantities == ["A": 1])
    bench.fills([fill], [fill], at: 120)
    expectNoDifference(bench.takeProposals().map(\.words), [])
    #expect(bench.desk.state.ledger.open.isEmpty)
  }

  @Test
  func `NautilusTrader 3493: a position is not set while a fill that explains it is on its way`() {
    var bench = passive()
    let (mine, theirs) = ([position("A", 1_000, at: 1)], [position("A", 1_001, at: 1)])
    bench.fills([], [], at: 50)
    for second in [60.0, 120] { bench.positions(mine, theirs, at: second) }
    // The missing fill is left out of the comparison, because another one of its symbol moves.
    bench.send(told(trade("2", 1, at: 1)), at: 129)
    bench.fills([trade("2", 1, at: 1)], [trade("1", 1, at: 1), trade("2", 1, at: 1)], at: 130)
    bench.positions(mine, theirs, at: 180)
    expectNoDifference(bench.takeProposals().map(\.words), [])
    // Fills that were read before the difference was told do not count, either.
    bench.fills([trade("2", 1, at: 1)], [trade("2", 1, at: 1)], at: 190)
    bench.positions(mine, [position("A", 1_002, at: 1)], at: 200)
    bench.positions(mine, [position("A", 1_002, at: 1)], at: 240)
    expectNoDifference(bench.takeProposals().map(\.words), [])
    bench.fills([trade("2", 1, at: 1)], [trade("2", 1, at: 1)], at: 250)
    bench.positions(mine, [position("A", 1_002, at: 1)], at: 300)
    expectNoDifference(bench.takeProposals().map(\.words), ["positions A 1000 → 1002"])
  }

  @Test func `NautilusTrader 3622: a difference that never converges is latched, not repeated`() {
    var bench = passive()
    var made = 0
    for minute in 1...240 {
      let now = Double(minute) * 60
      bench.positions([position("A", 1_000, at: 1)], [position("A", 1_001, at: 1)], at: now)
      for proposal in bench.takeProposals() where proposal.withdrawal == nil {
        made += 1
        // The gateway says that it is done, and nothing changes.
        bench.send(ProposalOutcome(proposal.id, .applied), at: now + 1)
      }
    }
    #expect(made == 3)
    expectNoDifference(
      bench.takeFindings(),
      ["positions A quantityMismatch minor", "positions A notConverging critical"]
    )
  }

  @Test func `NautilusTrader 3622: two books that swap sides are latched, too`() {
    var bench = passive()
    var made: [String] = []
    for minute in 1...240 {
      let isEven = (minute / 2).isMultiple(of: 2)
      let mine = position("A", isEven ? 1_000 : 1_002, at: 1)
      bench.positions([mine], [position("A", 1_001, at: 1)], at: Double(minute) * 60)
      made += bench.takeProposals().filter { $0.withdrawal == nil }.map(\.words)
    }
    #expect(made.count == 3, "\(made)")
    #expect(bench.takeFindings().contains("positions A notConverging critical"))
  }

  @Test func `NautilusTrader 3046 and 3176: nothing is booked again after a restart`() throws {
    var bench = passive()
    for second in [80.0, 90] { bench.fills([], [fill], at: second) }
    let before = try #require(bench.takeProposals().first)
    var ledger = PaperLedger()
    #expect(ledger.apply(before, at: 91) == .applied)
    // The process dies before the answer; the books are read anew, the old difference still there.
    var settings = DriftDesk.Settings()
    settings.isHeard = { false }
    var next = DeskBench(settings, restoring: bench.desk.state)
    next.start(at: 95)
    next.fills([], [fill], at: 125)
    let after = try #require(next.takeProposals().first)
    #expect(after == before)
    #expect(ledger.apply(after, at: 126) == .applied)
    #expect(ledger.quantities == ["A": 1])
    #expect(ledger.fills.count == 1)
  }

  @Test func `NautilusTrader 3046: even without its state the ids are the same`() throws {
    let ids = try (0..<2).map { _ in
      var bench = passive()
      for second in [80.0, 90] { bench.fills([], [fill], at: second) }
      return try #require(bench.takeProposals().first).id
    }
    #expect(ids[0] == ids[1])
  }

  @Test
  func `NautilusTrader 3104: net 75 here and minus 65 there is critical, and not guessed away`() {
    var bench = passive()
    let (mine, theirs) = ([position("A", 75, at: 0.01)], [position("A", -65, at: 0.01)])
    for second in [60.0, 120, 180] { bench.positions(mine, theirs, at: second) }
    expectNoDifference(bench.takeFindings(), ["positions A quantityMismatch critical"])
    expectNoDifference(bench.takeProposals().map(\.words), [])
  }

  @Test func `LEAN InteractiveBrokers 156: a liquidation by the broker is seen in seconds`() {
    var bench = asking { $0.schedule = .all }
    var hasLiquidated = false
    func answer(_ bench: inout DeskBench, upTo end: Double) {
      while Double(bench.desk.nextDeadline.nanoseconds) / 1e9 <= end {
        let now = Double(bench.desk.nextDeadline.nanoseconds) / 1e9
        bench.advance(to: now)
        let topics = Set(bench.requests.map(\.topic))
        bench.requests = []
        let held = [position("SPY", 231, at: 165)]
        if topics.contains(.positions) {
          bench.positions(held, hasLiquidated ? [] : held, at: now + 0.3)
        }
        if topics.contains(.orders) { bench.orders([], [], at: now + 0.3) }
        if topics.contains(.fills) { bench.fills([], [], since: now - 600, at: now + 0.3) }
        let cash: Decimal = hasLiquidated ? 48_115 : 10_000
        if topics.contains(.cash) { bench.cash(["USD": 10_000], ["USD": cash], at: now + 0.3) }
      }
    }
    answer(&bench, upTo: 600)
    expectNoDifference(bench.takeFindings(), [])
    hasLiquidated = true
    answer(&bench, upTo: 600 + 60 + 6)
    expectNoDifference(
      bench.takeFindings().sorted(),
      ["cash USD cashMismatch critical", "positions SPY ghostPosition critical"]
    )
  }

  @Test func `HKUDS Vibe-Trading 667: what vanished from the broker's results is found`() {
    var bench = passive { $0.confirmations = 1 }
    bench.positions([position("A", 1), position("B", 1)], [position("A", 1)], at: 10)
    bench.orders([order("a"), order("b")], [order("a")], at: 20)
    bench.fills([trade("a"), trade("b")], [trade("a")], at: 30)
    bench.cash(["EUR": 50, "USD": 50], ["USD": 50], at: 40)
    expectNoDifference(
      bench.takeFindings(),
      [
        "positions B ghostPosition minor", "orders b missingOrder minor",
        "fills o/b unexpectedFill minor", "cash EUR cashMismatch moderate",
      ]
    )
  }

  @Test func `QuantDinger 232: a fill that was booked twice after a restart is found`() {
    var bench = passive()
    let twice = [position("A", 2, at: 10)]
    for second in [60.0, 120] {
      bench.fills([fill, fill], [fill], at: second - 1)
      bench.positions(twice, [position("A", 1, at: 10)], at: second)
    }
    expectNoDifference(bench.takeFindings(), ["positions A quantityMismatch critical"])
  }

  @Test func `a query that fails is not a flat book, however long it fails`() {
    var bench = passive { $0.confirmations = 1 }
    for minute in 1...60 {
      bench.positions([position("A", 1)], nil, at: Double(minute) * 60)
      bench.orders([order("o")], nil, at: Double(minute) * 60)
    }
    expectNoDifference(
      bench.takeFindings(),
      ["positions brokerQueryFailed moderate", "orders brokerQueryFailed moderate"]
    )
    expectNoDifference(bench.takeProposals().map(\.words), [])
  }

  @Test(arguments: [1.0, 17, 30, 59])
  func `a planted difference is found within the interval and its confirmation`(offset: Double) {
    var bench = asking()
    var found: Double?
    while found == nil {
      let now = Double(bench.desk.nextDeadline.nanoseconds) / 1e9
      guard now < 1_000 else { break }
      bench.advance(to: now)
      let topics = Set(bench.requests.map(\.topic))
      bench.requests = []
      let isPlanted = now > 300 + offset
      if topics.contains(.positions) {
        bench.positions([], isPlanted ? [position("A", 1)] : [], at: now + 1)
      }
      if topics.contains(.orders) { bench.orders([], [], at: now + 1) }
      if bench.takeFindings() != [] { found = now + 1 }
    }
    #expect((found ?? .infinity) - (300 + offset) <= 60 + 5 + 2)
  }
}
