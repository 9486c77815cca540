import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

struct OrderComparisonTests {
  private func compare(
    _ local: [OpenOrder],
    _ broker: [OpenOrder],
    inFlight: InFlight.Moving = .nothing
  ) -> DriftComparison {
    .compare(
      local: OrderReport(book: .local, orders: local),
      broker: OrderReport(book: .broker, orders: broker),
      inFlight: inFlight
    )
  }

  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var local: [OpenOrder]
    var broker: [OpenOrder]
    var expected: [String]

    init(_ name: String, _ local: [OpenOrder], _ broker: [OpenOrder], _ expected: [String]) {
      (testDescription, self.local, self.broker, self.expected) = (name, local, broker, expected)
    }
  }

  static let cases = [
    Case("by our id", [order("o")], [order("o", venue: "v")], []),
    Case("by the venue's id", [order("o", venue: "v")], [order("x", venue: "v")], []),
    Case("the broker only knows the venue's id", [order("o", venue: "v")], [order("v")], []),
    Case("we only know the venue's id", [order("v")], [order("o", venue: "v")], []),
    Case(
      "our id before the venue's",
      [order("a", venue: "v"), order("b")],
      [order("a"), order("b", venue: "v")],
      []
    ),
    Case("missing", [order("o")], [], ["orders o missingOrder minor"]),
    Case("missing, worth more", [order("o", 11)], [], ["orders o missingOrder moderate"]),
    Case("missing, worth much", [order("o", 1_000)], [], ["orders o missingOrder critical"]),
    Case("missing without a limit", [order("o", at: nil)], [], ["orders o missingOrder moderate"]),
    Case(
      "only what is left counts",
      [order("o", 1_000, filled: 999)],
      [],
      [
        "orders o missingOrder minor"
      ]
    ),
    Case("unexpected", [], [order("o", 11)], ["orders o unexpectedOrder moderate"]),
    Case(
      "unexpected without a limit",
      [],
      [order("o", at: nil)],
      [
        "orders o unexpectedOrder critical"
      ]
    ),
    Case(
      "union",
      [order("a")],
      [order("b")],
      [
        "orders a missingOrder minor", "orders b unexpectedOrder minor",
      ]
    ),
    Case("quantity", [order("o", 10)], [order("o", 12)], ["orders o orderQuantityMismatch minor"]),
    Case(
      "limit",
      [order("o", at: 100)],
      [order("o", at: 102)],
      [
        "orders o orderLimitMismatch moderate"
      ]
    ),
    Case(
      "no limit any more",
      [order("o")],
      [order("o", at: nil)],
      [
        "orders o orderLimitMismatch moderate"
      ]
    ),
    Case(
      "filled",
      [order("o", 2_000)],
      [order("o", 2_000, filled: 1_000)],
      [
        "orders o orderFilledMismatch critical"
      ]
    ),
    Case("side", [order("o")], [order("o", side: .sell)], ["orders o contradictedOrder critical"]),
    Case(
      "symbol",
      [order("o")],
      [order("o", symbol: "B")],
      [
        "orders o contradictedOrder critical"
      ]
    ),
    Case(
      "twice in a report",
      [order("o")],
      [order("o"), order("o")],
      [
        "orders o invalidReport moderate"
      ]
    ),
    Case(
      "one venue id for two",
      [],
      [order("a", venue: "v"), order("b", venue: "v")],
      [
        "orders a invalidReport moderate", "orders b invalidReport moderate",
      ]
    ),
    Case("no number", [order("o")], [order("o", .nan)], ["orders o invalidReport moderate"]),
    Case("less than nothing", [order("o", -1)], [], ["orders o invalidReport moderate"]),
  ]

  @Test(arguments: cases)
  func `matches and compares live orders`(_ row: Case) {
    expectNoDifference(compare(row.local, row.broker).findings.map(\.words), row.expected)
  }

  @Test func `says in words what is different`() {
    let words: [([OpenOrder], [OpenOrder], String)] = [
      ([order("o")], [], "Order o (A) is live here, and not at the broker."),
      ([], [order("o")], "Order o (A) is live at the broker, and not here."),
      ([order("o", 1)], [order("o", 3)], "Order o (A): 1 here, 3 at the broker."),
      ([order("o", at: nil)], [order("o")], "Order o (A): price none here, 10 at the broker."),
      (
        [order("o", 3)], [order("o", 3, filled: 2)],
        "Order o (A): 0 filled here, 2 at the broker."
      ),
      (
        [order("o")], [order("o", side: .sell)],
        "Order o (A) has another symbol or side at the broker."
      ),
    ]
    for (local, broker, expected) in words {
      let finding = compare(local, broker).findings.first
      #expect(finding?.alert.message == expected)
      #expect(finding?.alert.key.subject == "o")
      #expect(finding?.alert.labels["symbol"] == "A")
    }
  }

  @Test func `leaves out what is on its way, by either id, and strangers of a moving symbol`() {
    var moving = InFlight.Moving.nothing
    moving.orders = ["a", "v"]
    moving.symbols = ["A"]
    let comparison = compare(
      [order("a"), order("b", venue: "v"), order("c")],
      [order("d"), order("e", symbol: "B")],
      inFlight: moving
    )
    expectNoDifference(
      comparison.findings.map(\.words),
      ["orders c missingOrder minor", "orders e unexpectedOrder minor"]
    )
    expectNoDifference(comparison.skipped, ["a", "b", "d"])
    #expect(comparison.comparedCount == 2)
  }

  @Test func `never reads a failed query as orders that are gone`() {
    let comparison = DriftComparison.compare(
      local: OrderReport(book: .local, orders: [order("o")]),
      broker: OrderReport(book: .broker, orders: [], isComplete: false)
    )
    expectNoDifference(comparison.findings.map(\.words), ["orders brokerQueryFailed moderate"])
    #expect(comparison.findings.first?.alert.key.description == "drift.brokerQueryFailed(orders)")
    #expect(
      comparison.findings.first?.alert.message
        == "The broker's orders could not be read in full: drift is unknown."
    )
  }

  @Test func `every order of either book is in exactly one pair, whatever the order`() {
    for seed in 0..<500 {
      var random = MonitorRandom(seed: seed)
      func book(_ prefix: String) -> [OpenOrder] {
        (0..<8).filter { _ in random.below(3) > 0 }.map { number in
          let id = random.below(4) == 0 ? "\(prefix)\(number)" : "o\(number)"
          return order(id, venue: random.below(2) == 0 ? "v\(number)" : nil)
        }
      }
      let (mine, theirs) = (book("l"), book("b"))
      let pairs = OrderMatching(local: mine, broker: theirs).pairs
      #expect(Set(pairs.compactMap(\.local)) == Set(mine), "seed \(seed)")
      #expect(pairs.compactMap(\.local).count == mine.count, "seed \(seed)")
      #expect(Set(pairs.compactMap(\.broker)) == Set(theirs), "seed \(seed)")
      #expect(pairs.compactMap(\.broker).count == theirs.count, "seed \(seed)")
      let shuffled = OrderMatching(
        local: mine.shuffled(using: &random),
        broker: theirs.shuffled(using: &random)
      )
      #expect(shuffled.pairs.map(\.broker) == pairs.map(\.broker), "seed \(seed)")
    }
  }
}
