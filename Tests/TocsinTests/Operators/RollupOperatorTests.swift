import CustomDump
import Testing
import TocsinTesting

@testable import Tocsin

extension RolledUp: Drawn {
  var mark: String { sample.map { drawn($0) }.joined() }
}

/// How a value in a message is drawn.
private func drawn(_ value: some Any) -> String { mark(of: value) }

@Suite struct RollupOperatorTests {
  @Test func `rollup gives the first values at once and the rest as one`() throws {
    let run = try rehearse("a . b . c . d . e . f . g . . . . . . . . h . |") {
      $0.rollup(asOne: 1, per: .seconds(5))
    }
    run.marks.expect(marbles: "a . . . . bc . . . . de . . . . fg . . . . . h . |")
    expectNoDifference(try run.books(of: "rollup").dropped, [.summarised: 6])
    expectNoDifference(try run.books(of: "rollup").made, 3)
  }

  @Test func `rollup treats every key by itself and delivers what is open at the end`() throws {
    try rehearse("a B A B a b . . . . . a A |", of: Item.self) {
      $0.rollup(per: .seconds(5))
    }
    .marks.expect(marbles: "a B . . . Aa Bb . . . . a . (A |)")
  }

  @Test func `a cancelled rollup leaves nothing behind`() throws {
    try rehearse("a a (b !) . . . |") {
      $0.rollup(asOne: 1, per: .seconds(4))
    }
    .marks.expect(marbles: "a")
  }

  @Test func `a rollup of alerts is an alert again behind it`() throws {
    let run = try rehearse("w w c r w W . . .", of: MarkedAlert.self, until: .seconds(8)) { tap in
      tap.rollup(per: .seconds(9))
        .filter { $0.key == 1 && $0.worst != nil }
    }
    run.marks.expect(marbles: "w . wc . . . .")
    expectNoDifference(run.books.map(\.id), ["input", "input/rollup", "input/rollup/filter"])
  }

  @Test func `operators do what their rules do`() {
    expectTwins(input: { Int.random(in: 0..<4, using: &$0) }) { random, long, _ in
      let (count, sample) = (random.pick([1, 2]), random.pick([1, 3]))
      return (
        Rollup<Int>(count, per: long, sample: sample),
        { $0[0].rollup(asOne: count, per: long, sample: sample) }
      )
    }
    expectTwins(input: { $0.keyedAlert() }) { random, long, _ in
      let count = random.pick([1, 2])
      return (
        ByEventKey(Rollup<KeyedAlert>(count, per: long, sample: 2)),
        { $0[0].rollup(count, per: long, sample: 2) }
      )
    }
  }

  @Test func `each key gives the same as alone`() {
    expectKeysAlone(input: { $0.keyedAlert() }) {
      $0[0].rollup(per: .nanoseconds(9), sample: 2)
    }
  }
}

@Suite struct CoalesceOperatorTests {
  @Test func `coalesce gives one set of all keys while something changes`() throws {
    let run = try rehearse("a b . B . . . . . A . . . |", of: Item.self) {
      $0.coalesce(every: .seconds(4), expiry: .seconds(60))
        .map(to: String.self) { $0.values.map(\.description).joined() }
    }
    run.expect(marbles: ". . . . aB . . . . . . . . (AB |)")
    expectNoDifference(try run.books(of: "coalesce").dropped, [.summarised: 4])
  }

  @Test func `operators do what their rules do`() {
    expectTwins(input: { $0.keyedAlert() }) { random, long, short in
      let limit = random.pick([1, 2, 99])
      return (
        Coalesce<KeyedAlert>(every: short, expiry: long, limit: limit),
        { $0[0].coalesce(every: short, expiry: long, limit: limit) }
      )
    }
  }
}
