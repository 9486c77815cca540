import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

struct DriftDeskTests {
  private let mine = [position("A", 10)]
  private let theirs = [position("A", 11)]

  @Test func `the same report twice is one witness`() {
    var bench = passive()
    for second in [60.0, 60.1, 60.2, 64] { bench.positions(mine, theirs, at: second) }
    expectNoDifference(bench.takeFindings(), [])
    bench.positions(mine, theirs, at: 65)
    expectNoDifference(bench.takeFindings(), ["positions A quantityMismatch moderate"])
  }

  @Test func `a fill between two reports that are compared is in flight`() {
    var bench = passive { $0.confirmations = 1 }
    bench.send(.positions(report(.local, mine)), at: 60)
    bench.send(told(trade("1")), at: 60.5)
    // By now the guard time is over, but our report is older than the fill.
    bench.send(.positions(report(.broker, theirs)), at: 69)
    expectNoDifference(bench.takeFindings(), [])
  }

  @Test func `a slow answer dates from the question`() {
    var bench = asking {
      $0.schedule.orders = nil
      $0.confirmations = 1
    }
    bench.advance(to: 1)
    bench.send(told(trade("1")), at: 1.5)
    bench.send(.positions(report(.local, theirs)), at: 9)
    bench.send(.positions(report(.broker, mine)), at: 9)
    expectNoDifference(bench.takeFindings(), [])
  }

  @Test func `two fills on their way at two comparisons are no difference that both found`() {
    var bench = passive()
    bench.positions(mine, theirs, at: 60)  // The broker has a fill that we hear of a second later.
    bench.send(told(trade("1")), at: 61)
    bench.positions(theirs, [position("A", 12)], at: 67)  // And another one.
    bench.send(told(trade("2")), at: 68)
    bench.positions([position("A", 12)], [position("A", 12)], at: 74)
    expectNoDifference(bench.takeFindings(), [])
  }

  @Test func `a symbol that fills now and then cannot hide its drift, either`() {
    var bench = passive()
    var found: Double?
    for second in stride(from: 8.0, through: 600, by: 8) {
      bench.send(told(trade("\(second)")), at: second)
      bench.positions(mine, theirs, at: second + 6)
      if !bench.takeFindings().isEmpty { found = found ?? second + 6 }
    }
    #expect(found == 326)
  }

  @Test func `orders and cash wait for what is on its way`() {
    var bench = passive { $0.confirmations = 1 }
    let step = OrderEvent(order: "o", symbol: "A", kind: .submitted, venueOrder: "v")
    bench.send(.order(step), at: 60)
    bench.orders([order("o")], [order("x")], at: 64)
    expectNoDifference(bench.takeFindings(), [])
    bench.orders([order("o")], [order("x", symbol: "B")], at: 65)
    expectNoDifference(
      bench.takeFindings(),
      ["orders o missingOrder minor", "orders x unexpectedOrder minor"]
    )
    bench.send(told(trade("1")), at: 70)
    bench.cash(["USD": 0], ["USD": 99_999], at: 74)
    expectNoDifference(bench.takeFindings(), [])
    bench.cash(["USD": 0], ["USD": 99_999], at: 75)
    expectNoDifference(bench.takeFindings(), ["cash USD cashMismatch critical"])
  }

  @Test func `a busy desk cannot hide its drift for ever`() {
    var bench = passive()
    var told: [String: Double] = [:]
    for second in stride(from: 1.0, through: 400, by: 1) {
      bench.send(TocsinMonitorsTests.told(trade("\(second)")), at: second)
      guard Int(second).isMultiple(of: 10) else { continue }
      bench.positions(mine, [position("A", 20)], at: second)
      bench.orders([order("o")], [], at: second)
      bench.cash([:], ["USD": 500], at: second)
      for words in bench.takeFindings() { told[words] = second }
    }
    expectNoDifference(
      told,
      [
        "positions A quantityMismatch critical": 320, "orders o missingOrder minor": 320,
        "cash USD cashMismatch critical": 320,
      ]
    )
  }

  @Test func `a failed query leaves open what was open, for every topic`() {
    var bench = passive { $0.confirmations = 1 }
    bench.positions(mine, [], at: 10)
    bench.orders([order("o")], [], at: 11)
    bench.fills([trade("1")], [], at: 12)
    bench.cash(["USD": 500], [:], at: 13)
    _ = bench.takeFindings()
    let open = bench.desk.state.ledger.open
    bench.positions(mine, nil, at: 20)
    bench.orders([order("o")], nil, at: 21)
    bench.fills([trade("1")], nil, at: 22)
    bench.cash(["USD": 500], nil, at: 23)
    expectNoDifference(
      bench.takeFindings(),
      ["positions", "orders", "fills", "cash"].map { "\($0) brokerQueryFailed moderate" }
    )
    for (key, finding) in open { #expect(bench.desk.state.ledger.open[key] == finding) }
  }

  @Test func `an account that one book never tells of is an unread book`() {
    var bench = passive { $0.maximumAge = .seconds(100) }
    bench.positions([], [], at: 1)
    let report = AccountReport(book: .local, account: "x", balances: [])
    for second in [2.0, 62] { bench.send(.account(report), at: second) }
    bench.positions([], [], at: 90)
    bench.advance(to: 150)
    expectNoDifference(bench.takeFindings(), ["cash x brokerQueryFailed moderate"])
  }

  @Test func `accounts are bounded`() {
    var bench = passive {
      $0.accountLimit = 2
      $0.confirmations = 1
    }
    for account in ["a", "b", "c"] { bench.cash([:], ["USD": 500], account: account, at: 10) }
    expectNoDifference(
      bench.takeFindings(),
      ["cash a/USD cashMismatch critical", "cash b/USD cashMismatch critical"]
    )
  }

  @Test func `a position waits until the fills say nothing`() {
    var bench = passive { $0.schedule = .all }
    let (one, other) = ([position("A", 1_000, at: 1)], [position("A", 1_001, at: 1)])
    for second in [60.0, 120] { bench.positions(one, other, at: second) }
    expectNoDifference(bench.takeProposals().map(\.words), [], "fills were not compared yet")
    let fill = trade("1", 1, at: 1)
    for second in [130.0, 140] { bench.fills([], [fill], at: second) }
    expectNoDifference(bench.takeProposals().map(\.words), ["fills o/1 nothing → 1"])
    bench.positions(one, other, at: 180)
    expectNoDifference(bench.takeProposals().map(\.words), [], "the fill explains it")
    bench.fills([fill], [fill], at: 190)
    bench.positions(one, other, at: 240)
    expectNoDifference(
      bench.takeProposals().map(\.words),
      ["fills o/1 nothing → 1 gone", "positions A 1000 → 1001"]
    )
  }

  @Test func `a restart keeps what is open, the ids, the tries and the flags`() throws {
    var bench = passive()
    let (one, other) = ([position("A", 1_000, at: 1)], [position("A", 1_001, at: 1)])
    for second in [60.0, 120] { bench.positions(one, other, at: second) }
    bench.send(.flag(DriftItem(.positions, "B"), note: "mine"), at: 130)
    let ids = bench.takeProposals().map(\.id)
    let saved = try JSONEncoder().encode(bench.desk.state)
    let state = try JSONDecoder().decode(DriftState.self, from: saved)
    expectNoDifference(state, bench.desk.state)
    var settings = DriftDesk.Settings()
    settings.isHeard = { false }
    var next = DeskBench(settings, restoring: state)
    next.start(at: 140)
    next.positions(one, other, at: 145)
    expectNoDifference(next.takeFindings(), [])
    expectNoDifference(next.takeProposals().map(\.id), [], "it was proposed before")
    next.positions(one, other, at: 180)
    expectNoDifference(next.takeProposals().map(\.id), ids)
    next.positions(one, other, at: 240)
    expectNoDifference(next.takeProposals().map(\.id), ids, "the third try")
    next.positions(one, other, at: 300)
    expectNoDifference(next.takeFindings(), ["positions A notConverging critical"])
    #expect(next.desk.state.flags.count == 1)
  }

  @Test func `the history has the latest thousand`() {
    var bench = passive { $0.confirmations = 1 }
    for round in 0..<1_200 {
      bench.positions([], round.isMultiple(of: 2) ? mine : [], at: Double(round + 1) * 10)
    }
    #expect(bench.desk.state.ledger.history.count == 1_000)
    #expect(bench.desk.state.ledger.history.last?.instant == at(12_000))
  }
}
