import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

@testable import struct TocsinMonitors.FillIDs

struct OrderChaosTests {
  @Test(arguments: 0..<10)
  func `keeps its laws on a thousand seeds of repeated, lost and late steps`(batch: Int) {
    for seed in batch * 1_000..<(batch + 1) * 1_000 {
      var random = MonitorRandom(seed: seed)
      var (ledger, laws) = (OrderLedger(openLimit: 8), OrderLaws())
      for (second, event) in OrderChaos(&random).events.enumerated() {
        let outcome = ledger.receive(event, at: at(Double(second)))
        laws.check(event, ledger, outcome.isEnd ? ledger[event.order] : nil)
      }
      guard laws.broken.isEmpty else {
        Issue.record("seed \(seed): \(laws.broken)")
        return
      }
    }
  }

  @Test func `the disorder has all findings and all states that it should`() {
    var findings: Set<OrderFinding.Kind> = []
    var states: Set<OrderState> = []
    for seed in 0..<1_000 {
      var random = MonitorRandom(seed: seed)
      var ledger = OrderLedger()
      for (second, event) in OrderChaos(&random).events.enumerated() {
        let outcome = ledger.receive(event, at: at(Double(second)))
        if let kind = outcome.finding?.kind { findings.insert(kind) }
        if let state = outcome.standing?.state { states.insert(state) }
      }
    }
    let impossible: Set<OrderFinding.Kind> = [.invalid, .symbolChanged, .tooManyOrders]
    expectNoDifference(findings, Set(OrderFinding.Kind.allCases).subtracting(impossible))
    expectNoDifference(states, Set(OrderState.allCases))
  }

  @Test func `knows at least the last fill ids of an order, in bounded memory`() {
    var memory = FillIDs()
    for number in 0..<20_000 {
      let isNew = memory.insert("\(number)")
      let isOldNew = memory.insert("\(max(0, number - FillIDs.limit + 1))")
      #expect(isNew && !isOldNew)
      #expect(memory.count <= 2 * FillIDs.limit + 1)
    }
  }

  @Test func `a sum that is too large for a decimal number is refused`() {
    let steps = OrderSteps()
    var ledger = OrderLedger()
    let huge = Decimal(sign: .plus, exponent: 127, significand: 9)
    _ = ledger.receive(steps.signal(), at: at(0))
    _ = ledger.receive(steps.fill(1, 100), at: at(1))
    let finding = ledger.receive(steps.fill(huge, huge, "f2"), at: at(2)).finding
    #expect(finding?.kind == .invalid)
    #expect(ledger["1"]?.filledValue == 100)
    // It changed nothing: the fill may come again, right.
    _ = ledger.receive(steps.fill(2, 100, "f2"), at: at(3))
    #expect(ledger["1"]?.filledValue == 300)
  }
}
