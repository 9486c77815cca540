import CustomDump
import Testing

@testable import Tocsin

/// What docs/contracts.md says about loss and the books, and no other test holds.
@Suite struct LossContractTests {
  @Test func `who was told of an episode is told of its end, behind all operators of alerts`() {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let bench = Bench<MarkedAlert, MarkedAlert>(text: { "\($0.key) \($0.phase)" }) {
        $0[0].cooldown(.seconds(4)).escalate(.repeats(3, within: .seconds(9)))
          .escalate(after: .seconds(5))
          .escalate(.unacknowledged(after: .seconds(3)), acknowledgements: Outlet<Int>("keys"))
      }
      for second in 0..<40 {
        let letter = random.pick(Array("iwwwecrrIWERR------"))
        if letter != "-" { bench.at(second: second) { bench.feeds[0].send(MarkedAlert(letter)) } }
      }
      bench.at(second: 41) { bench.feeds[0].send(contentsOf: "rR".map(MarkedAlert.init)) }
      bench.at(second: 99)
      let told = bench.probe.happened.map(\.text)
      for key in [1, 2] { expectClosed(told.filter { $0.hasPrefix("\(key) ") }, "seed \(seed)") }
      expectNoDifference(bench.breaches(isDone: false), [])
    }
  }

  /// Every row of alerts ends with one closing message, and there are no others.
  private func expectClosed(_ told: [String], _ comment: String) {
    let closings = told.map { $0.hasSuffix("resolved") }
    #expect(closings.last ?? true, "\(comment): the last word is not the truth in \(told)")
    let isSound = zip([true] + closings, closings).allSatisfy { !($0 && $1) }
    #expect(isSound, "\(comment): a closing message without an alert in \(told)")
  }

  @Test func `an aggregate drops its values as summarised and is made itself`() {
    let window = Bench<Int, WindowSummary<Int>> {
      $0[0].window(.seconds(4), into: 0) { $0 += $1 }
    }
    let sliding = Bench<Int, WindowSummary<[Int]>> {
      $0[0].window(sliding: .seconds(4), every: .seconds(2))
    }
    window.at(second: 0) { window.feeds[0].send(contentsOf: [1, 2, 3]) }
    sliding.at(second: 0) { sliding.feeds[0].send(contentsOf: [1, 2, 3]) }
    window.at(second: 9)
    sliding.at(second: 9)
    expectNoDifference(
      window.node("window")?.books,
      "received 3, made 1, passed 1, held 0, dropped 3 summarised"
    )
    expectNoDifference(
      sliding.node("window")?.books,
      "received 3, made 2, passed 2, held 0, dropped 3 summarised"
    )
  }
}
