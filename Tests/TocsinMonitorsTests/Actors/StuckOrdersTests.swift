import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

private let steps = OrderSteps()

struct StuckOrdersTests {
  /// What is told, and when, of events at whole seconds.
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var events: [(second: Double, event: OrderEvent)]
    var told: [String]

    init(_ name: String, _ events: [(Double, OrderEvent)], _ told: [String]) {
      (testDescription, self.events, self.told) = (name, events.map { ($0, $1) }, told)
    }
  }

  private static let live = [(0.0, steps.signal()), (1, steps.submit), (2, steps.acknowledge)]

  static let cases: [Case] = [
    Case("not sent", [(0, steps.signal())], ["5 signalled - firing"]),
    Case(
      "sent too late",
      [(0, steps.signal()), (7, steps.submit), (8, steps.acknowledge)],
      ["5 signalled - firing", "7 signalled - resolved"]
    ),
    Case("sent in time", [(0, steps.signal()), (4, steps.submit), (9, steps.acknowledge)], []),
    Case(
      "sent at the limit: the timer is first",
      [(0, steps.signal()), (5, steps.submit)],
      ["5 signalled - firing", "5 signalled - resolved", "15 submitted - firing"]
    ),
    Case(
      "a time-out starts another wait",
      [(0, steps.signal()), (1, steps.submit), (9, steps.timeOut), (30, steps.fill(10))],
      ["19 unconfirmed - firing", "30 unconfirmed - resolved"]
    ),
    Case(
      "a repeat does not start the wait again",
      [(0, steps.signal()), (1, steps.submit), (9, steps.submit)],
      ["11 submitted - firing"]
    ),
    Case(
      "a late step does not start a wait",
      live.dropLast() + [(2, steps.fill(4)), (3, steps.signal()), (4, steps.submit)],
      []
    ),
    Case(
      "a cancel without an answer, until it is refused",
      live + [(3, steps.askCancel), (20, steps.refuseCancel)],
      ["13 acknowledged cancel firing", "20 acknowledged cancel resolved"]
    ),
    Case(
      "a cancel of unknown outcome goes on waiting from when it was asked",
      live + [(3, steps.askCancel), (5, steps.timeOut), (6, steps.fill(4))],
      ["13 partiallyFilled cancel firing"]
    ),
    Case(
      "a cancel that is asked for again does not start the wait again",
      live + [(3, steps.askCancel), (9, steps.askCancel)],
      ["13 acknowledged cancel firing"]
    ),
    Case(
      "a replacement that is asked for again does not start the wait again",
      live + [(3, steps.askReplace(20)), (9, steps.askReplace(20))],
      ["13 acknowledged replace firing"]
    ),
    Case(
      "a replacement, then a cancel in its place",
      live + [(3, steps.askReplace(20)), (15, steps.askCancel), (16, steps.cancel)],
      ["13 acknowledged replace firing", "15 acknowledged replace resolved"]
    ),
    Case(
      "two waits that end at once",
      [(0, steps.signal()), (1, steps.submit), (2, steps.askCancel), (20, steps.cancel)],
      [
        "11 submitted - firing", "12 submitted cancel firing", "20 submitted - resolved",
        "20 cancelled cancel resolved",
      ]
    ),
    Case(
      "asked for more than is filled: not done",
      live + [
        (3, steps.askReplace(20)),
        (4, steps.fill(10)), (20, steps.refuseReplace),
      ],
      ["13 partiallyFilled replace firing", "20 filled replace resolved"]
    ),
  ]

  @Test(arguments: cases)
  func `tells of what waits too long, from when it began to wait`(example: Case) {
    var ledger = OrderLedger()
    var rule = StuckOrders(StuckLimits(), orderLimit: 10)
    var told: [String] = []
    func note(_ stuck: StuckOrder, _ now: Instant) {
      let what = stuck.pending?.rawValue ?? "-"
      told.append("\(now.nanoseconds / 1_000_000_000) \(stuck.state) \(what) \(stuck.phase)")
    }
    for (second, event) in example.events {
      for due in rule.allDue(at: at(second)) { note(due.output, due.instant) }
      let outcome = ledger.receive(event, at: at(second))
      guard let standing = outcome.standing else { continue }
      let step = OrderStep(order: event.order, symbol: event.symbol, standing: standing)
      if let stuck = rule.receive(step, at: at(second)).output { note(stuck, at(second)) }
    }
    for due in rule.allDue(at: at(100)) { note(due.output, due.instant) }
    expectNoDifference(told, example.told)
    #expect(rule.count == (ledger["1"]?.state.isTerminal ?? true ? 0 : 1))
  }

  @Test func `rests only as long as it is told to`() {
    var limits = StuckLimits.all(.seconds(1))
    limits.resting = .seconds(60)
    var rule = StuckOrders(limits, orderLimit: 1)
    let standing = OrderStanding(state: .acknowledged, since: at(2))
    _ = rule.receive(OrderStep(order: "o", symbol: "A", standing: standing), at: at(2))
    #expect(rule.nextDeadline == at(62))
  }

  @Test func `waits for no more orders than it may, and counts the others`() {
    var rule = StuckOrders(StuckLimits(), orderLimit: 2)
    for number in 0..<1_000 {
      let standing = OrderStanding(state: .signalled, since: at(0))
      let step = OrderStep(order: "\(number)", symbol: "A", standing: standing)
      let verdict = rule.receive(step, at: at(0))
      #expect(verdict == .drop(number < 2 ? .belowThreshold : .keyLimit))
    }
    #expect(rule.count == 2)
    #expect(rule.refusedCount == 998)
    #expect(rule.allDue(at: at(9)).count == 2)
  }

  @Test func `every stuck wait is resolved at most once, whatever comes`() {
    for seed in 0..<2_000 {
      var random = MonitorRandom(seed: seed)
      var ledger = OrderLedger()
      var rule = StuckOrders(StuckLimits.all(.seconds(3)), orderLimit: 10)
      var firing: Set<StuckOrder.Key> = []
      func note(_ stuck: StuckOrder) {
        let isNew =
          stuck.phase == .firing
          ? firing.insert(stuck.key).inserted : firing.remove(stuck.key) != nil
        #expect(isNew, "seed \(seed) \(stuck)")
      }
      for (second, event) in OrderChaos(&random).events.enumerated() {
        let now = at(Double(second))
        for due in rule.allDue(at: now) { note(due.output) }
        guard let standing = ledger.receive(event, at: now).standing else { continue }
        let step = OrderStep(order: event.order, symbol: event.symbol, standing: standing)
        if let stuck = rule.receive(step, at: now).output { note(stuck) }
        for due in rule.allDue(at: now) { note(due.output) }
        expectNaive(rule, ledger, firing, at: now, seed)
      }
    }
  }

  /// What fires is exactly what has waited for so long, found by looking at all orders.
  private func expectNaive(
    _ rule: StuckOrders,
    _ ledger: OrderLedger,
    _ firing: Set<StuckOrder.Key>,
    at now: Instant,
    _ seed: Int
  ) {
    var expected: Set<StuckOrder.Key> = []
    var open = 0
    for record in OrderChaos.names.compactMap({ ledger[$0] }) where !record.state.isTerminal {
      open += 1
      let waits = [.signalled, .submitted, .unconfirmed].contains(record.state)
      if waits, record.stateSince.duration(to: now) >= .seconds(3) {
        expected.insert(StuckOrder.Key(order: record.order, pending: nil))
      }
      if let pending = record.pending, pending.since.duration(to: now) >= .seconds(3) {
        expected.insert(StuckOrder.Key(order: record.order, pending: pending.kind))
      }
    }
    #expect(firing == expected, "seed \(seed)")
    #expect(rule.count == open, "seed \(seed)")
  }
}
