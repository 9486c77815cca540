import CustomDump
import Testing
import TocsinTesting

@testable import Tocsin

@Suite struct SampleOperatorTests {
  @Test func `sample gives the latest value of every interval`() throws {
    let run = try rehearse("a . b . c . d . e . . . . . . . . f . . . |") {
      $0.sample(asOneEvery: .seconds(4))
    }
    run.expect(marbles: ". . . . b . . . d . . . e . . . . . . . . (f |)")
    expectNoDifference(try run.books(of: "sample").dropped, [.notSampled: 2])
  }

  @Test func `sample treats every key by itself`() throws {
    try rehearse("a B A b . . . . |", of: Item.self) {
      $0.sample(every: .seconds(4))
    }
    .expect(marbles: ". . . . A b . . |")
    try rehearse("a B A b a B a B |", of: Item.self) {
      $0.sample(everyNth: 2)
    }
    .expect(marbles: "a B . . a B . . |")
  }

  @Test func `sample by number gives the first and every nth`() throws {
    try rehearse("a b c d e f g |") {
      $0.sample(asOneEveryNth: 3)
    }
    .expect(marbles: "a . . d . . g |")
  }

  @Test func `a cancelled sample leaves nothing behind`() throws {
    try rehearse("a a (b !) . . . |") {
      $0.sample(asOneEvery: .seconds(4))
    }
    .expect(marbles: ".")
  }

  @Test func `operators do what their rules do`() {
    expectTwins(input: { Int.random(in: 0..<4, using: &$0) }) { _, long, _ in
      (Sample<Int>(every: long), { $0[0].sample(asOneEvery: long) })
    }
    expectTwins(input: { $0.keyedAlert() }) { _, long, _ in
      (SampleOfEpisodes<KeyedAlert>(every: long), { $0[0].sample(asOneEvery: long) })
    }
    expectTwins(input: { $0.keyedAlert() }) { _, long, _ in
      (ByEventKey(Sample<KeyedAlert>(every: long)), { $0[0].sample(every: long) })
    }
  }

  @Test func `operators by number do what their rules do`() {
    expectTwins(keeps: false, input: { Int.random(in: 0..<4, using: &$0) }) { _, _, _ in
      (Untimed(SampleByCount<Int>(3)), { $0[0].sample(asOneEveryNth: 3) })
    }
    expectTwins(keeps: false, input: { $0.keyedAlert() }) { _, _, _ in
      (Untimed(SampleByCountOfEpisodes<KeyedAlert>(3)), { $0[0].sample(asOneEveryNth: 3) })
    }
    expectTwins(input: { $0.keyedAlert() }) { _, _, _ in
      (ByEventKey(Untimed(SampleByCount<KeyedAlert>(3))), { $0[0].sample(everyNth: 3) })
    }
  }

  @Test func `each key gives the same as alone`() {
    expectKeysAlone(input: { $0.keyedAlert() }) { $0[0].sample(every: .nanoseconds(9)) }
    expectKeysAlone(input: { $0.keyedAlert() }) { $0[0].sample(everyNth: 3) }
    expectKeysAlone(input: { $0.numberOfKey() }) { $0[0].sample(every: .nanoseconds(9)) }
  }
}
