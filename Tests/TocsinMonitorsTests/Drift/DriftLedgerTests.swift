import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct DriftLedgerTests {
  private func compare(
    _ local: [Position],
    _ broker: [Position]?,
    inFlight: Set<String> = []
  ) -> DriftComparison {
    .compare(
      local: report(.local, local),
      broker: report(.broker, broker ?? [], isComplete: broker != nil),
      inFlight: inFlight
    )
  }

  private func words(_ findings: [DriftFinding]) -> [String] {
    findings.map { "\($0.symbol) \($0.kind) \($0.tier) \($0.phase)" }
  }

  @Test func `tells what is new, what changed and what is gone, and nothing twice`() {
    var ledger = DriftLedger(confirmations: 1)
    let mine = [position("A", 100, at: 1)]
    let rounds: [([Position], [String])] = [
      ([position("A", 101, at: 1)], ["A quantityMismatch minor firing"]),
      ([position("A", 101, at: 1)], []),
      ([position("A", 105, at: 1)], ["A quantityMismatch moderate firing"]),
      ([], ["A ghostPosition minor firing", "A quantityMismatch moderate resolved"]),
      (mine, ["A ghostPosition minor resolved"]),
      (mine, []),
    ]
    for (round, (broker, expected)) in rounds.enumerated() {
      let changes = ledger.receive(compare(mine, broker), at: at(Double(round)))
      expectNoDifference(words(changes), expected)
    }
    #expect(ledger.open.isEmpty)
    #expect(ledger.worst == nil)
    #expect(ledger.history.count == 5)
    #expect(ledger.comparedAt == at(5))
  }

  @Test func `does not take a failed query, a fill on its way or an invalid report for agreement`()
  {
    var ledger = DriftLedger(confirmations: 1)
    let mine = [position("A", 100)]
    let first = ledger.receive(compare(mine, []), at: at(0))
    expectNoDifference(words(first), ["A ghostPosition critical firing"])
    let failed = ledger.receive(compare(mine, nil), at: at(1))
    expectNoDifference(words(failed), [" brokerQueryFailed moderate firing"])
    #expect(ledger.comparedAt == at(0))
    let skipped = ledger.receive(compare(mine, mine, inFlight: ["A"]), at: at(2))
    expectNoDifference(words(skipped), [" brokerQueryFailed moderate resolved"])
    let invalid = ledger.receive(compare(mine, mine + mine), at: at(3))
    expectNoDifference(words(invalid), ["A invalidReport moderate firing"])
    #expect(ledger.worst == .critical)
    let clean = ledger.receive(compare(mine, mine), at: at(4))
    expectNoDifference(
      words(clean),
      ["A ghostPosition critical resolved", "A invalidReport moderate resolved"]
    )
    #expect(ledger.skippedCount == 1)
    #expect(ledger.failedCount == 1)
  }

  @Test func `a fill that the broker booked before we heard of it is no drift`() {
    var ledger = DriftLedger()
    let before = [position("A", 10)]
    let after = [position("A", 20)]
    for (round, (mine, theirs)) in [(before, before), (before, after), (after, after)].enumerated()
    {
      expectNoDifference(ledger.receive(compare(mine, theirs), at: at(Double(round))), [])
      #expect(ledger.hasUnconfirmed == (round == 1))
    }
    #expect(ledger.history.isEmpty)
  }

  @Test func `tells what two comparisons in a row found, with failed and skipped ones between`() {
    var ledger = DriftLedger()
    let (one, two, three) = ([position("A", 1)], [position("A", 2)], [position("A", 3)])
    let rounds: [(DriftComparison, [String])] = [
      (compare(one, two), []),
      (compare(one, nil), [" brokerQueryFailed moderate firing"]),
      (compare(one, two, inFlight: ["A"]), [" brokerQueryFailed moderate resolved"]),
      (compare(one, three), ["A quantityMismatch critical firing"]),
      (compare(one, two), []),
      (compare(one, three), []),
      (compare(one, two), []),
      (compare(one, two), ["A quantityMismatch critical firing"]),
      (compare(one, one), ["A quantityMismatch critical resolved"]),
      (compare(one, two), []),
      (compare(one, one), []),
      (compare(one, two), []),
    ]
    for (round, (comparison, expected)) in rounds.enumerated() {
      let changes = ledger.receive(comparison, at: at(Double(round)))
      expectNoDifference(words(changes), expected, "round \(round)")
    }
  }

  @Test func `remembers the latest changes only`() {
    var ledger = DriftLedger(confirmations: 1, historyCapacity: 2)
    for round in 0..<5 {
      let broker = round.isMultiple(of: 2) ? [position("A", 1)] : []
      _ = ledger.receive(compare([], broker), at: at(Double(round)))
    }
    expectNoDifference(ledger.history.map(\.instant), [at(3), at(4)])
  }

  @Test func `what is open is always what the last comparison found`() {
    for seed in 0..<300 {
      var random = MonitorRandom(seed: seed)
      var ledger = DriftLedger(confirmations: 1)
      var told: [DriftFinding.Key: DriftFinding] = [:]
      for round in 0..<20 {
        let books = (0..<2).map { _ in
          (0..<4).filter { _ in random.below(3) > 0 }
            .map { position("S\($0)", Decimal(random.below(5) - 2)) }
        }
        let comparison = compare(books[0], books[1])
        for change in ledger.receive(comparison, at: at(Double(round))) {
          told[change.key] = change.phase == .firing ? change : nil
        }
        #expect(
          Array(told.values).sorted { $0.symbol < $1.symbol }.map(\.key)
            == comparison.findings.map(\.key),
          "seed \(seed)"
        )
        #expect(ledger.open == told, "seed \(seed)")
      }
    }
  }
}

struct InFlightTests {
  private func fill(_ symbol: String) -> OrderEvent {
    OrderEvent(order: "1", symbol: symbol, kind: .filled(quantity: 1, price: 1, fill: "f"))
  }

  @Test func `holds a symbol back for the guard time after each fill`() {
    var guarded = InFlight()
    guarded.receive(fill("A"), at: at(0))
    guarded.receive(OrderEvent(order: "1", symbol: "B", kind: .submitted), at: at(0))
    #expect(guarded.symbols(at: at(0)) == ["A"])
    guarded.receive(fill("A"), at: at(4))
    #expect(guarded.symbols(at: at(8.9)) == ["A"])
    #expect(guarded.symbols(at: at(9)) == [])
  }

  @Test func `a symbol that never pauses is compared after five minutes`() {
    var guarded = InFlight()
    for second in 0...301 {
      guarded.receive(fill("A"), at: at(Double(second)))
      #expect(guarded.symbols(at: at(Double(second))).isEmpty == (second >= 300))
    }
    #expect(guarded.symbols(at: at(400)) == [])
    guarded.receive(fill("A"), at: at(401))
    #expect(guarded.symbols(at: at(401)) == ["A"])
  }
}
