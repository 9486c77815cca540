import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about aggregates and what steps make, and no other test holds.
@Suite struct BooksContractTests {
  private typealias Number = NumberOfKey

  private func numbers(_ count: Int) -> [Number] {
    (0..<count).map { Number(key: $0, number: 1) }
  }

  private func books<Chain: FlowPublisher>(
    _ kind: String,
    of build: ([Tap<Feed<Number>>]) -> Tap<Chain>
  ) -> String? {
    let bench = Bench<Number, Chain.Output>(build)
    bench.at(second: 0) { bench.feeds[0].send(contentsOf: numbers(5)) }
    bench.at(second: 9)
    return bench.node(kind)?.books
  }

  @Test func `roll-ups, sets and keyed chains drop their values as summarised, too`() {
    expectNoDifference(
      books("rollup") { $0[0].rollup(asOne: 1, per: .seconds(4)) },
      "received 5, made 1, passed 2, held 0, dropped 4 summarised"
    )
    expectNoDifference(
      books("coalesce") { $0[0].coalesce(every: .seconds(4)) },
      "received 5, made 1, passed 1, held 0, dropped 5 summarised"
    )
    expectNoDifference(
      books("keyed") { $0[0].keyed(by: \.key, to: Number.self, limit: 9) { $0 } },
      "received 5, made 5, passed 5, held 0, dropped 5 summarised"
    )
  }

  @Test func `the value that fills an aggregate passes as it`() {
    expectNoDifference(
      books("window") { $0[0].window(count: 5) },
      "received 5, made 0, passed 1, held 0, dropped 4 summarised"
    )
    expectNoDifference(
      books("window") { $0[0].window(.seconds(4), atMost: 5, into: 0) { sum, _ in sum += 1 } },
      "received 5, made 0, passed 1, held 0, dropped 4 summarised"
    )
    expectNoDifference(
      books("coalesce") { $0[0].coalesce(every: .seconds(40), limit: 4) },
      "received 5, made 0, passed 1, held 0, dropped 4 summarised"
    )
  }

  @Test func `a reminder and the last summary of a stream are made`() {
    let reminded = Bench<Int, AbsenceSignal<Int>> {
      $0[0].timed(Absence(.seconds(2)).repeats(every: .seconds(3)), "absence")
    }
    reminded.at(second: 0) { reminded.feeds[0].send(1) }
    reminded.at(second: 9)
    expectNoDifference(
      reminded.node("absence")?.books,
      "received 1, made 3, passed 3, held 0, dropped 1 alive"
    )
    let sliding = Bench<Int, WindowSummary<[Int]>> {
      $0[0].window(sliding: .seconds(8), every: .seconds(4))
    }
    sliding.at(second: 0) { sliding.feeds[0].send(1) }
    sliding.at(second: 1) { sliding.feeds[0].finish() }
    expectNoDifference(
      sliding.node("window")?.books,
      "received 1, made 1, passed 1, held 0, dropped 1 summarised"
    )
  }
}
