import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

private let steps = OrderSteps()

struct OrderLedgerTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var events: [OrderEvent]
    var state: OrderState
    var filled: Decimal = 0
    var findings: [OrderFinding.Kind] = []

    init(
      _ name: String,
      _ events: [OrderEvent],
      _ state: OrderState,
      filled: Decimal = 0,
      _ findings: [OrderFinding.Kind] = []
    ) {
      testDescription = name
      self.events = events
      self.state = state
      self.filled = filled
      self.findings = findings
    }
  }

  private static let sent = [steps.signal(), steps.submit]
  private static let live = sent + [steps.acknowledge]
  private static let done = live + [steps.fill(10)]

  static let cases: [Case] = [
    Case("filled at once", done, .filled, filled: 10),
    Case("partly filled", live + [steps.fill(4)], .partiallyFilled, filled: 4),
    Case("filled in parts", live + [steps.fill(4), steps.fill(6, 101, "f2")], .filled, filled: 10),
    Case("fill before ack", sent + [steps.fill(10), steps.acknowledge], .filled, filled: 10),
    Case("rejected", sent + [steps.reject], .rejected),
    Case("cancelled in part", live + [steps.fill(4), steps.cancel], .cancelled, filled: 4),
    Case("expired", live + [steps.expire], .expired),
    Case("timed out, then live", sent + [steps.timeOut, steps.acknowledge], .acknowledged),
    Case("timed out, then filled", sent + [steps.timeOut, steps.fill(10)], .filled, filled: 10),
    Case("timed out, nothing known", sent + [steps.timeOut], .unconfirmed),
    Case(
      "timed out, then our own late word",
      [steps.signal(), steps.timeOut, steps.submit],
      .unconfirmed,
      [.outOfOrder]
    ),
    Case(
      "same fill twice",
      live + [steps.fill(4), steps.fill(4)],
      .partiallyFilled,
      filled: 4,
      [.duplicate]
    ),
    Case("same fill after the end", done + [steps.fill(10)], .filled, filled: 10, [.duplicate]),
    Case("overfill", live + [steps.fill(11)], .filled, filled: 11, [.overfill]),
    Case(
      "overfill after the end",
      done + [steps.fill(1, 100, "f2")],
      .filled,
      filled: 11,
      [.overfill]
    ),
    Case(
      "fill races a cancel",
      live + [steps.cancel, steps.fill(4)],
      .cancelled,
      filled: 4,
      [.fillAfterEnd]
    ),
    Case("cancelled twice", live + [steps.cancel, steps.cancel], .cancelled, [.duplicate]),
    Case("cancelled after filled", done + [steps.cancel], .filled, filled: 10, [.stepAfterEnd]),
    Case("ack after reject", sent + [steps.reject, steps.acknowledge], .rejected, [.stepAfterEnd]),
    Case(
      "rejected after a part",
      live + [steps.fill(4), steps.reject],
      .rejected,
      filled: 4,
      [.rejectedAfterFill]
    ),
    Case(
      "every step twice",
      [steps.signal(), steps.signal(), steps.submit, steps.submit],
      .submitted,
      [.duplicate, .duplicate]
    ),
    Case("never signalled", [steps.submit], .submitted, [.unknownOrder]),
    Case("only a fill", [steps.fill(4)], .partiallyFilled, filled: 4, [.unknownOrder]),
    Case(
      "signal last",
      [steps.submit, steps.fill(10), steps.signal()],
      .filled,
      filled: 10,
      [.unknownOrder, .outOfOrder]
    ),
    Case(
      "submit after ack",
      [steps.signal(), steps.acknowledge, steps.submit],
      .acknowledged,
      [.outOfOrder, .outOfOrder]
    ),
    Case(
      "fill without submit",
      [steps.signal(), steps.fill(4)],
      .partiallyFilled,
      filled: 4,
      [.outOfOrder]
    ),
    Case("fill of nothing", live + [steps.fill(0)], .acknowledged, [.invalid]),
    Case("fill of a negative quantity", live + [steps.fill(-1)], .acknowledged, [.invalid]),
    Case("fill that is no number", live + [steps.fill(.nan)], .acknowledged, [.invalid]),
    Case("price that is no number", live + [steps.fill(1, .nan)], .acknowledged, [.invalid]),
    Case(
      "another symbol",
      live + [OrderSteps(symbol: "MSFT").cancel],
      .acknowledged,
      [.symbolChanged]
    ),
  ]

  @Test(arguments: cases)
  func `follows an order through its life`(example: Case) {
    var ledger = OrderLedger()
    var findings: [OrderFinding.Kind] = []
    var ends = 0
    for (second, event) in example.events.enumerated() {
      let outcome = ledger.receive(event, at: at(Double(second)))
      if let kind = outcome.finding?.kind { findings.append(kind) }
      ends += outcome.isEnd ? 1 : 0
    }
    expectNoDifference(findings, example.findings)
    #expect(ledger["1"]?.state == example.state)
    #expect(ledger["1"]?.filledQuantity == example.filled)
    #expect(ends == (example.state.isTerminal ? 1 : 0))
    #expect(ledger.openCount == 1 - ends)
  }

  @Test func `does not remember an order of which nothing valid is known`() {
    var ledger = OrderLedger()
    #expect(ledger.receive(steps.signal(.buy, 0), at: at(0)).finding?.kind == .invalid)
    #expect(ledger["1"] == nil)
    #expect(ledger.openCount == 0)
  }

  @Test func `bounds the open orders and the ended ones`() {
    var ledger = OrderLedger(openLimit: 2, endedLimit: 1)
    let orders = ["a", "b", "c"].map { OrderSteps(order: $0) }
    let findings = orders.map { ledger.receive($0.signal(), at: at(0)).finding?.kind }
    expectNoDifference(findings, [nil, nil, .tooManyOrders])
    #expect(ledger.receive(orders[2].submit, at: at(0)).finding?.kind == .tooManyOrders)
    #expect(ledger.refusedCount == 2)
    for order in orders.prefix(2) { _ = ledger.receive(order.cancel, at: at(1)) }
    #expect(ledger["a"] == nil)
    #expect(ledger["b"]?.state == .cancelled)
    #expect(ledger.findingCounts == [.tooManyOrders: 2])
  }

  @Test func `names orders that are stuck, but not those that rest at the broker`() {
    var ledger = OrderLedger()
    for (name, events) in [
      ("sent", \OrderSteps.submit), ("unsure", \.timeOut), ("resting", \.acknowledge),
    ] {
      let order = OrderSteps(order: name)
      _ = ledger.receive(order.signal(), at: at(0))
      _ = ledger.receive(order[keyPath: events], at: at(1))
    }
    expectNoDifference(ledger.stuck(for: .seconds(5), at: at(5)).map(\.order), [])
    expectNoDifference(ledger.stuck(for: .seconds(5), at: at(6)).map(\.order), ["sent", "unsure"])
  }

  @Test func `conserves quantity when events are repeated and come in any order`() {
    for seed in 0..<1_000 {
      var random = MonitorRandom(seed: seed)
      var ledger = OrderLedger(openLimit: 8)
      var events: [OrderEvent] = []
      var traded: [String: Decimal] = [:]
      for name in ["a", "b", "c", "d"] {
        let order = OrderSteps(order: name)
        events += [order.signal(), order.submit, order.acknowledge]
        for part in 0..<random.below(5) {
          let quantity = Decimal(1 + random.below(500)) / 100
          events.append(order.fill(quantity, 100, "f\(part)"))
          traded[name, default: 0] += quantity
        }
        events.append([order.cancel, order.expire, order.reject][random.below(3)])
      }
      events += events.filter { _ in random.below(3) == 0 }
      events.shuffle(using: &random)
      var ends: [String: Int] = [:]
      for (second, event) in events.enumerated() {
        let outcome = ledger.receive(event, at: at(Double(second)))
        if outcome.isEnd { ends[event.order, default: 0] += 1 }
      }
      for name in ["a", "b", "c", "d"] {
        #expect(ledger[name]?.filledQuantity == traded[name, default: 0], "seed \(seed)")
        #expect(ends[name] == 1, "seed \(seed)")
      }
      #expect(ledger.openCount == 0, "seed \(seed)")
    }
  }
}
