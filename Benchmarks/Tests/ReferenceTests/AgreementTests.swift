import Harness
import ReferenceGraph
import References
import Testing

@Suite struct AgreementTests {
  private static let second: Int64 = 1_000_000_000

  /// Streams short enough for the slow model, that reach each rule's both sides.
  static let workloads: [Workload] = (0..<5).flatMap { seed in
    [
      Workload("calm", events: 6000, alerting: .onePercent, seed: seed),
      Workload("storm", events: 3000, alerting: .all, symbols: 20, stretch: 30, seed: seed),
      Workload("slow", events: 6000, alerting: .onePercent, symbols: 4, stretch: 9000, seed: seed),
      Workload("slow storm", events: 3000, alerting: .all, symbols: 30, stretch: 9000, seed: seed),
      Workload("ties", events: 2000, alerting: .all, symbols: 2, tick: second / 10, seed: seed),
      Workload(
        "slow ties",
        events: 2000,
        alerting: .all,
        symbols: 2,
        tick: second * 100,
        seed: seed
      ),
    ]
  }

  @Test(arguments: workloads)
  func `every reference gives what the rules say about each key`(workload: Workload) async throws {
    let expected = KeyByKey.outcome(of: workload)
    for variant in ReferenceVariants.all {
      let outcome = try await variant.prepare(workload)()
      #expect(outcome == expected, "\(variant.name) on \(workload.name)")
    }
  }

  @Test func `the model's streams reach every sink`() {
    let total = Self.workloads.map(KeyByKey.outcome).reduce(Outcome(), +)
    #expect(min(total.info, total.warning, total.error, total.critical) > 100)
  }

  @Test func `a run gives the same outcome when it is repeated`() async throws {
    for variant in ReferenceVariants.all {
      let run = try variant.prepare(.storm(20_000))
      let first = try await run()
      #expect(try await run() == first)
    }
  }

  @Test func `outcomes that differ are named with both variants`() async throws {
    let wrong = Variant.graph("wrong", "gives nothing") { _ in Outcome() }
    let right = ReferenceVariants.all.prefix(1)
    let error = await #expect(throws: Disagreement.self) {
      _ = try await Disagreement.check(right + [wrong], on: .storm(1000))
    }
    let text = error?.description ?? ""
    #expect(
      text.hasPrefix("On \"storm\" wrong gave [0, 0, 0, 0] 0, but hand-written gave [")
        && text.hasSuffix(
          "Variants of one family must agree; fix the one that is wrong before you compare times."
        )
    )
  }
}
