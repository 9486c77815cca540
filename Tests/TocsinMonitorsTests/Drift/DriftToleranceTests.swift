import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

struct DriftToleranceTests {
  private func words(
    _ local: Decimal,
    _ broker: Decimal,
    _ tolerances: DriftTolerances
  ) -> [String] {
    DriftComparison.compare(
      local: report(.local, [position("A", local)]),
      broker: report(.broker, [position("A", broker)]),
      tolerances: tolerances
    )
    .findings.map(\.words)
  }

  @Test func `an absolute, a relative or a value tolerance is enough`() throws {
    let changes: [(inout DriftTolerance) -> Void] = [
      { $0.quantity = 5 },
      { $0.quantityFraction = Decimal(5) / 1_000 },
      { $0.value = 500 },
    ]
    for (number, change) in changes.enumerated() {
      var tolerance = DriftTolerance()
      change(&tolerance)
      expectNoDifference(words(1_000, 1_005, .init(tolerance)), [], "\(number)")
      let beyond = words(1_000, 1_006, .init(tolerance))
      expectNoDifference(beyond, ["positions A quantityMismatch moderate"], "\(number)")
    }
  }

  @Test func `the multiplier counts in values`() throws {
    let future = try Instrument(
      symbol: "A",
      venue: "CME",
      tick: 0.25,
      lot: 1,
      currency: "USD",
      multiplier: 50
    )
    let table = DriftTolerances(symbols: ["A": DriftTolerance(for: future)])
    // 2 × 100 × 50 is 10,000.
    expectNoDifference(words(1_000, 1_002, table), ["positions A quantityMismatch critical"])
    expectNoDifference(words(1_000, 1_002, .init()), ["positions A quantityMismatch moderate"])
    expectNoDifference(words(1_000, 1_000.5, table), [])
  }

  @Test func `the table is by symbol, with a default`() {
    var loose = DriftTolerance()
    loose.quantity = 100
    let table = DriftTolerances(symbols: ["A": loose])
    expectNoDifference(words(1, 100, table), [])
    #expect(table[symbol: "B"] == DriftTolerance())
  }

  @Test(arguments: [Decimal.nan, -1])
  func `what cannot be is the strictest`(bad: Decimal) {
    var tolerance = DriftTolerance()
    tolerance.quantity = bad
    tolerance.minorFraction = bad
    tolerance.multiplier = bad
    expectNoDifference(
      words(1_000, Decimal(1_000) + 1 / Decimal(1_000_000_000), .init(tolerance)),
      ["positions A quantityMismatch moderate"]
    )
    tolerance.criticalValue = bad
    expectNoDifference(
      words(1_000, 1_001, .init(tolerance)),
      ["positions A quantityMismatch critical"]
    )
  }

  @Test(
    arguments: [
      (100, 100, nil), (100, 100.01, nil), (10_000, 10_050, "minor"), (100, 150, "moderate"),
      (0, 50, "moderate"), (100_000, 101_001, "moderate"), (1_000, 1_101, "moderate"),
      (1_000, 1_112, "critical"), (1_000_000, 1_010_000, "critical"), (-500, 500, "critical"),
      (0, .nan, "invalid"),
    ] as [(Decimal, Decimal, String?)]
  )
  func `cash has its own sizes`(local: Decimal, broker: Decimal, expected: String?) {
    var bench = passive { $0.confirmations = 1 }
    bench.cash(["USD": local], ["USD": broker], at: 10)
    let words = expected.map {
      $0 == "invalid" ? "cash USD invalidReport moderate" : "cash USD cashMismatch \($0)"
    }
    expectNoDifference(bench.takeFindings(), words.map { [$0] } ?? [])
  }

  @Test func `cash is compared over the union of currencies, by account`() {
    var bench = passive {
      $0.confirmations = 1
      $0.tolerances.currencies["JPY"] = CashTolerance()
      $0.tolerances.currencies["JPY"]?.amount = 1_000_000
    }
    bench.cash(["USD": 500, "JPY": 1_000], ["EUR": 500], account: "x", at: 10)
    expectNoDifference(
      bench.takeFindings(),
      ["cash x/EUR cashMismatch critical", "cash x/USD cashMismatch critical"]
    )
    bench.cash(["USD": 1], ["USD": 1], account: "y", at: 20)
    expectNoDifference(bench.takeFindings(), [])
    bench.cash([:], nil, account: "x", at: 30)
    expectNoDifference(bench.takeFindings(), ["cash x brokerQueryFailed moderate"])
    bench.cash([:], [:], account: "x", at: 40)
    expectNoDifference(
      bench.takeFindings(),
      [
        "cash x brokerQueryFailed moderate gone", "cash x/EUR cashMismatch critical gone",
        "cash x/USD cashMismatch critical gone",
      ]
    )
  }
}
