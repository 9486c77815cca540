import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// What is promised of orders that ended, and of steps that come again.
struct OrderContractTests {
  @Test func `a step of an order that was forgotten is told as that of an unknown one`() {
    var ledger = OrderLedger(endedLimit: 2)
    let orders = ["a", "b", "c"].map { OrderSteps(order: $0) }
    for order in orders.prefix(2) {
      _ = ledger.receive(order.signal(), at: at(0))
      _ = ledger.receive(order.fill(10), at: at(1))
    }
    #expect(ledger.receive(orders[0].fill(10), at: at(2)).finding?.kind == .duplicate)
    _ = ledger.receive(orders[2].signal(), at: at(3))
    _ = ledger.receive(orders[2].cancel, at: at(4))
    #expect(ledger.receive(orders[0].fill(10), at: at(5)).finding?.kind == .unknownOrder)
    #expect(ledger.receive(orders[1].fill(10), at: at(6)).finding?.kind == .duplicate)
  }

  @Test func `an order of unknown outcome stays open for ever, until the broker says`() {
    var ledger = OrderLedger()
    let order = OrderSteps()
    for step in [order.signal(), order.submit, order.timeOut] {
      _ = ledger.receive(step, at: at(0))
    }
    for day in 1...400 {
      let other = OrderSteps(order: "of day \(day)")
      _ = ledger.receive(other.signal(), at: at(Double(day) * 86_400))
      _ = ledger.receive(other.cancel, at: at(Double(day) * 86_400))
      _ = ledger.receive(order.timeOut, at: at(Double(day) * 86_400))
      #expect(ledger["1"]?.state == .unconfirmed && ledger.openCount == 1)
    }
    _ = ledger.receive(order.fill(10), at: at(401 * 86_400))
    #expect(ledger["1"]?.state == .filled && ledger.openCount == 0)
  }

  @Test func `an order whose every step comes twice is in the figures once`() {
    let order = OrderSteps()
    let steps = [
      order.signal(), order.submit, order.acknowledge, order.fill(4, 101), order.fill(6, 101, "f2"),
    ]
    var (once, twice) = (ExecutionQuality(), ExecutionQuality())
    for (second, step) in steps.enumerated() {
      _ = once.receive(step, at: at(Double(second)))
      for _ in 0..<2 { _ = twice.receive(step, at: at(Double(second))) }
    }
    for step in steps { _ = twice.receive(step, at: at(9)) }
    expectNoDifference(twice.readings(at: at(10)), once.readings(at: at(10)))
    #expect(twice.reading(.fillRate, at: at(10)).samples == 1)
  }
}

extension OrderContractTests {
  @Test func `a number that is too small to be multiplied is refused, and nothing traps`() {
    let tiny = Decimal(sign: .plus, exponent: -120, significand: 1)
    let order = OrderSteps()
    var (ledger, positions) = (OrderLedger(), PositionLedger())
    _ = ledger.receive(order.signal(), at: at(0))
    _ = positions.receive(order.signal(), at: at(0))
    for fill in [order.fill(tiny, tiny), order.fill(1, tiny), order.fill(tiny, 1)] {
      #expect(ledger.receive(fill, at: at(1)).finding?.kind == .invalid)
      #expect(positions.receive(fill, at: at(1))?.refusal == .invalid)
    }
    let report = PositionReport(
      book: .broker,
      positions: [Position(symbol: "A", quantity: tiny, averagePrice: tiny)]
    )
    let mine = PositionReport(book: .local, positions: [])
    let found = DriftComparison.compare(local: mine, broker: report).findings
    #expect(found.map(\.kind) == [.invalidReport])
  }
}
