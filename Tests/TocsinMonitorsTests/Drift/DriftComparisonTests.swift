import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// A position from `IBM 10 @100`.
func position(_ symbol: String, _ quantity: Decimal, at price: Decimal = 100) -> Position {
  Position(symbol: symbol, quantity: quantity, averagePrice: price)
}

func report(
  _ book: Book,
  _ positions: [Position],
  isComplete: Bool = true
) -> PositionReport {
  PositionReport(book: book, positions: positions, isComplete: isComplete)
}

struct DriftComparisonTests {
  private func compare(
    _ local: [Position],
    _ broker: [Position],
    inFlight: Set<String> = []
  ) -> DriftComparison {
    .compare(local: report(.local, local), broker: report(.broker, broker), inFlight: inFlight)
  }

  private func words(_ local: [Position], _ broker: [Position]) -> [String] {
    compare(local, broker).findings.map { "\($0.symbol) \($0.kind) \($0.tier)" }
  }

  @Test func `looks at every symbol in either book, sorted`() {
    let local = [position("C", 10), position("A", 10), position("D", 50)]
    let broker = [position("B", 20), position("D", 51, at: 102), position("A", 10)]
    expectNoDifference(
      words(local, broker),
      [
        "B unknownPosition moderate", "C ghostPosition moderate",
        "D priceMismatch moderate", "D quantityMismatch moderate",
      ]
    )
  }

  private static let huge = Decimal(sign: .plus, exponent: 120, significand: 1)

  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var local: Decimal?
    var broker: Decimal?
    var price: Decimal
    var expected: String?

    init(_ local: Decimal?, _ broker: Decimal?, _ price: Decimal, _ expected: String?) {
      testDescription = "\(local ?? 0) \(broker ?? 0) @\(price)"
      self.local = local
      self.broker = broker
      self.price = price
      self.expected = expected
    }
  }

  @Test(arguments: [
    Case(10, 10, 100, nil),
    Case(0, nil, 100, nil),
    Case(nil, 0, 100, nil),
    Case(1, 1 + Decimal(sign: .plus, exponent: -8, significand: 1), 1, nil),
    Case(100, 101, 1, "quantityMismatch minor"),
    Case(100, 101, 101, "quantityMismatch moderate"),
    Case(100, 105, 1, "quantityMismatch moderate"),
    Case(100, 112, 1, "quantityMismatch critical"),
    Case(1_000, 1_001, 10_000, "quantityMismatch critical"),
    Case(1, -1, 1, "quantityMismatch critical"),
    Case(-100, -101, 1, "quantityMismatch minor"),
    Case(nil, 1, 1, "unknownPosition minor"),
    Case(nil, 1, 101, "unknownPosition moderate"),
    Case(nil, -1, 10_000, "unknownPosition critical"),
    Case(nil, 1, 0, "unknownPosition critical"),
    Case(1, nil, 1, "ghostPosition minor"),
    Case(-5, nil, 100, "ghostPosition moderate"),
    Case(nil, huge, huge, "unknownPosition critical"),
    Case(1, 2, Decimal(sign: .plus, exponent: 127, significand: 9), "quantityMismatch critical"),
  ])
  func `grades a difference by its share and its value`(example: Case) {
    let local = example.local.map { [position("A", $0, at: example.price)] } ?? []
    let broker = example.broker.map { [position("A", $0, at: example.price)] } ?? []
    expectNoDifference(words(local, broker), example.expected.map { ["A \($0)"] } ?? [])
  }

  @Test(arguments: [
    (Decimal(string: "100.01"), [String]()), (Decimal(string: "100.02"), ["A priceMismatch minor"]),
    (Decimal(102), ["A priceMismatch moderate"]), (Decimal(500), ["A priceMismatch moderate"]),
  ])
  func `never halts for a price`(price: Decimal?, expected: [String]) throws {
    let local = [position("A", 10, at: try #require(price))]
    expectNoDifference(words(local, [position("A", 10)]), expected)
  }

  @Test func `never reads a failed query as flat`() {
    let comparison = DriftComparison.compare(
      local: report(.local, [position("A", 10)]),
      broker: report(.broker, [], isComplete: false)
    )
    expectNoDifference(comparison.findings.map(\.kind), [.brokerQueryFailed])
    #expect(!comparison.isClean)
    #expect(
      comparison.findings.first?.alert.message
        == "The broker's book could not be read in full: drift is unknown."
    )
  }

  @Test func `does not compare symbols that are twice in a report or not numbers`() {
    let local = [position("A", 1), position("A", 1), position("B", .nan), position("C", 1)]
    expectNoDifference(
      words(local, [position("A", 9_999), position("B", 1), position("C", 1)]),
      ["A invalidReport moderate", "B invalidReport moderate"]
    )
  }

  @Test func `leaves out and counts what is in flight`() {
    let comparison = compare([position("A", 1), position("B", 1)], [], inFlight: ["A", "Z"])
    #expect(comparison.findings.map(\.symbol) == ["B"])
    #expect(comparison.skipped == ["A"])
    #expect(comparison.comparedCount == 1)
  }

  @Test func `says in words what is different`() {
    let finding = compare([position("A", 1)], [position("A", 3)]).findings.first
    #expect(finding?.alert.message == "A: 1 here, 3 at the broker.")
    #expect(finding?.difference == 2)
    #expect(finding?.alert.severity == .critical)
  }

  private func book(_ random: inout MonitorRandom) -> [Position] {
    let symbols = (0..<12).filter { _ in random.below(2) == 0 }
    return symbols.map { symbol in
      let quantity = Decimal(random.below(41) - 20) / 4
      return position("S\(symbol)", quantity, at: Decimal(1 + random.below(1_000)) / 10)
    }
  }

  @Test func `a book agrees with itself, in any order`() {
    for seed in 0..<500 {
      var random = MonitorRandom(seed: seed)
      let one = book(&random)
      #expect(compare(one, one.shuffled(using: &random)).isClean, "seed \(seed)")
    }
  }

  @Test func `both directions see the same symbols, unknown for ghost`() {
    let mirror: [DriftFinding.Kind: DriftFinding.Kind] = [
      .unknownPosition: .ghostPosition, .ghostPosition: .unknownPosition,
    ]
    for seed in 0..<500 {
      var random = MonitorRandom(seed: seed)
      let (one, other) = (book(&random), book(&random))
      let there = compare(one, other)
      let back = compare(other, one)
      let seen = Set(there.findings.filter { $0.kind != .priceMismatch }.map(\.key))
      let mirrored = back.findings.filter { $0.kind != .priceMismatch }
        .map { DriftFinding(symbol: $0.symbol, kind: mirror[$0.kind] ?? $0.kind, tier: .minor).key }
      #expect(seen == Set(mirrored), "seed \(seed)")
      let held = Set((one + other).filter { $0.quantity != 0 }.map(\.symbol))
      #expect(there.comparedCount == held.count, "seed \(seed)")
      let drift = Dictionary(grouping: one + other, by: \.symbol).filter { symbol, _ in
        quantity(symbol, one) != quantity(symbol, other)
      }
      #expect(Set(drift.keys) == Set(seen.map(\.item.id)), "seed \(seed)")
    }
  }

  private func quantity(_ symbol: String, _ book: [Position]) -> Decimal {
    book.first { $0.symbol == symbol }?.quantity ?? 0
  }
}
