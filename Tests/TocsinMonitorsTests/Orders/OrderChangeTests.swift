import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

private let steps = OrderSteps()

struct OrderChangeTests {
  private static let live = [steps.signal(), steps.submit, steps.acknowledge]
  private static let partly = live + [steps.fill(4)]

  typealias Kind = OrderFinding.Kind

  /// What is left of an order after some steps.
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var events: [OrderEvent]
    var state: OrderState
    var quantity: Decimal = 10
    var pending: PendingChange.Kind?
    var findings: [Kind] = []
  }

  static let cases: [Case] = [
    Case(
      testDescription: "a cancel on its way",
      events: live + [steps.askCancel],
      state: .acknowledged,
      pending: .cancel
    ),
    Case(
      testDescription: "a cancel that was carried out",
      events: live + [steps.askCancel, steps.cancel],
      state: .cancelled
    ),
    Case(
      testDescription: "a cancel that lost against the last fill",
      events: live + [steps.askCancel, steps.fill(10), steps.refuseCancel],
      state: .filled
    ),
    Case(
      testDescription: "a refused cancel leaves the order live",
      events: live + [steps.askCancel, steps.refuseCancel],
      state: .acknowledged
    ),
    Case(
      testDescription: "an answer that nobody asked for",
      events: live + [steps.refuseCancel, steps.refuseReplace],
      state: .acknowledged,
      findings: [.outOfOrder, .outOfOrder]
    ),
    Case(
      testDescription: "more quantity",
      events: live + [steps.askReplace(20), steps.replace(20), steps.fill(10)],
      state: .partiallyFilled,
      quantity: 20
    ),
    Case(
      testDescription: "more quantity that was overtaken by a cancel",
      events: live + [steps.askReplace(20), steps.askCancel, steps.fill(10)],
      state: .partiallyFilled,
      pending: .cancel
    ),
    Case(
      testDescription: "the same, and the cancel is refused",
      events: live + [steps.askReplace(20), steps.askCancel, steps.fill(10), steps.refuseCancel],
      state: .partiallyFilled,
      pending: .replace
    ),
    Case(
      testDescription: "the same, and the quantity came",
      events: live + [
        steps.askReplace(20), steps.askCancel, steps.fill(10), steps.replace(20),
        steps.refuseCancel,
      ],
      state: .partiallyFilled,
      quantity: 20
    ),
    Case(
      testDescription: "the same, and both are refused",
      events: live + [
        steps.askReplace(20), steps.askCancel, steps.fill(10), steps.refuseReplace,
        steps.refuseCancel,
      ],
      state: .filled
    ),
    Case(
      testDescription: "more quantity that another limit overtook",
      events: live + [steps.askReplace(20), steps.askReplace(nil, 99), steps.fill(10)],
      state: .partiallyFilled,
      pending: .replace
    ),
    Case(
      testDescription: "the same, and the limit came: the quantity is waited for",
      events: live + [
        steps.askReplace(20), steps.askReplace(nil, 99), steps.fill(10), steps.replace(nil, 99),
      ],
      state: .partiallyFilled,
      pending: .replace
    ),
    Case(
      testDescription: "the same, and the quantity is refused afterwards",
      events: live + [
        steps.askReplace(20), steps.askReplace(nil, 99), steps.fill(10), steps.replace(nil, 99),
        steps.refuseReplace,
      ],
      state: .filled
    ),
    Case(
      testDescription: "an answer that names nothing answers the newest request only",
      events: live + [
        steps.askReplace(20), steps.askReplace(nil, 99), steps.fill(10), steps.replace(),
      ],
      state: .partiallyFilled,
      pending: .replace
    ),
    Case(
      testDescription: "a later quantity answers the one before it",
      events: live + [
        steps.askReplace(30), steps.askReplace(20), steps.replace(20), steps.fill(20),
      ],
      state: .filled,
      quantity: 20
    ),
    Case(
      testDescription: "less quantity than is filled ends it",
      events: partly + [steps.askReplace(3), steps.replace(3)],
      state: .filled,
      quantity: 4
    ),
    Case(
      testDescription: "as much as is filled ends it",
      events: partly + [steps.replace(4)],
      state: .filled,
      quantity: 4
    ),
    Case(
      testDescription: "another limit",
      events: live + [steps.askReplace(nil, 99), steps.replace(nil, 99)],
      state: .acknowledged
    ),
    Case(
      testDescription: "a refused replacement",
      events: live + [steps.askReplace(20), steps.refuseReplace],
      state: .acknowledged
    ),
    Case(
      testDescription: "the same replacement twice",
      events: live + [steps.askReplace(20), steps.replace(20), steps.replace(20)],
      state: .acknowledged,
      quantity: 20,
      findings: [.duplicate]
    ),
    Case(
      testDescription: "a cancel takes the place of a replacement",
      events: live + [steps.askReplace(20), steps.askCancel, steps.askReplace(30)],
      state: .acknowledged,
      pending: .cancel
    ),
    Case(
      testDescription: "a refused replacement leaves the cancel that took its place",
      events: live + [steps.askReplace(20), steps.askCancel, steps.refuseReplace],
      state: .acknowledged,
      pending: .cancel
    ),
    Case(
      testDescription: "half of what was asked for is another change",
      events: live + [steps.askReplace(20, 99), steps.replace(20, 98)],
      state: .acknowledged,
      quantity: 20,
      pending: .replace
    ),
    Case(
      testDescription: "filled while more may have been given, and nobody knows: not done",
      events: live + [steps.askReplace(20), steps.timeOut, steps.fill(10)],
      state: .partiallyFilled,
      pending: .replace
    ),
    Case(
      testDescription: "two replacements that ask for the same",
      events: live + [
        steps.askReplace(20), steps.timeOut, steps.askReplace(20), steps.replace(20),
      ],
      state: .acknowledged,
      quantity: 20,
      findings: [.duplicate]
    ),
    Case(
      testDescription: "two cancels",
      events: live + [steps.askCancel, steps.askCancel],
      state: .acknowledged,
      pending: .cancel,
      findings: [.duplicate]
    ),
    Case(
      testDescription: "requests after the end",
      events: live + [steps.cancel, steps.askCancel, steps.askReplace(5), steps.replace(5)],
      state: .cancelled,
      findings: [.stepAfterEnd, .stepAfterEnd, .stepAfterEnd]
    ),
    Case(
      testDescription: "quantities that are none",
      events: live + [
        steps.replace(0), steps.replace(-1), steps.replace(.nan), steps.askReplace(0),
      ],
      state: .acknowledged,
      findings: [.invalid, .invalid, .invalid, .invalid]
    ),
    Case(
      testDescription: "a cancel of unknown outcome stays pending",
      events: live + [steps.askCancel, steps.timeOut, steps.fill(4)],
      state: .partiallyFilled,
      pending: .cancel
    ),
    Case(
      testDescription: "a time-out of nothing that was asked",
      events: live + [steps.timeOut],
      state: .acknowledged,
      findings: [.outOfOrder]
    ),
    Case(
      testDescription: "another change than we asked for is the venue's own",
      events: live + [steps.askReplace(20), steps.replace(30), steps.replace(nil, 99)],
      state: .acknowledged,
      quantity: 30,
      pending: .replace
    ),
    Case(
      testDescription: "asking for what it has waits for nothing",
      events: live + [steps.replace(20), steps.askReplace(20)],
      state: .acknowledged,
      quantity: 20,
      findings: [.duplicate]
    ),
    Case(
      testDescription: "filled while it may have been given more: not done",
      events: live + [steps.askReplace(20), steps.fill(10)],
      state: .partiallyFilled,
      pending: .replace
    ),
    Case(
      testDescription: "filled, and was not given more: done",
      events: live + [steps.askReplace(20), steps.fill(10), steps.refuseReplace],
      state: .filled
    ),
    Case(
      testDescription: "more quantity after it was taken for filled",
      events: live + [steps.fill(10), steps.replace(20), steps.replace(5)],
      state: .filled,
      findings: [.mayBeLive, .stepAfterEnd]
    ),
    Case(
      testDescription: "a replacement that the venue made before its last one",
      events: live + [steps.replace(20, venue: 5), steps.replace(15, venue: 4)],
      state: .acknowledged,
      quantity: 20,
      findings: [.outOfOrder]
    ),
    Case(
      testDescription: "an end answers what was pending",
      events: live + [steps.askReplace(20), steps.expire],
      state: .expired
    ),
  ]

  @Test(arguments: cases)
  func `follows changes of a live order`(example: Case) throws {
    var ledger = OrderLedger()
    let findings = example.events.enumerated().compactMap { second, event in
      ledger.receive(event, at: at(Double(second))).finding?.kind
    }
    expectNoDifference(findings, example.findings)
    let record = try #require(ledger["1"])
    #expect(record.state == example.state)
    #expect(record.quantity == example.quantity)
    #expect(record.pending?.kind == example.pending)
  }

  @Test func `remembers the limit, the strategy, the venue's id and the fees`() throws {
    var ledger = OrderLedger()
    let kinds: [OrderEvent.Kind] = [
      .signalled(
        side: .buy,
        quantity: 3,
        decisionPrice: 100,
        limitPrice: 101,
        strategy: "momentum"
      ),
      .filled(quantity: 1, price: 100, fill: "f1", fee: Money(0.5, "USD")),
      .filled(quantity: 1, price: 100, fill: "f1", fee: Money(0.5, "USD")),
      .filled(quantity: 1, price: 100, fill: "f2", fee: Money(-0.25, "USD")),
      .filled(quantity: 1, price: 100, fill: "f3", fee: Money(0.001, "BNB")),
    ]
    for kind in kinds {
      let event = OrderEvent(order: "1", symbol: "IBM", kind: kind, venueOrder: "v-1")
      _ = ledger.receive(event, at: at(0))
    }
    let record = try #require(ledger["1"])
    #expect(record.limitPrice == 101)
    #expect(record.strategy == "momentum")
    #expect(record.venueOrder == "v-1")
    #expect(record.fees == ["USD": Decimal(string: "0.25"), "BNB": Decimal(string: "0.001")])
  }

  @Test func `a fee that is no number is refused with its fill`() throws {
    var ledger = OrderLedger()
    _ = ledger.receive(steps.signal(), at: at(0))
    let kind = OrderEvent.Kind.filled(quantity: 1, price: 1, fill: "f", fee: Money(.nan, "USD"))
    let outcome = ledger.receive(OrderEvent(order: "1", symbol: "IBM", kind: kind), at: at(1))
    #expect(outcome.finding?.kind == .invalid)
    #expect(ledger["1"]?.filledQuantity == 0)
  }
}
