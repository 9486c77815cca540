import Testing

@testable import TocsinTesting

/// What is left still fails, and nothing of it can be left out.
@Suite struct DecisionShrinkerTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `keeps exactly what is needed`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let all = (1...(random.below(60) + 1)).map { Decision(step: $0, .run(random.below(4) + 1)) }
    let needed = Set(all.filter { _ in random.below(12) == 0 }.map(\.step))
    var shrinker = DecisionShrinker(budget: 5_000) { needed.isSubset(of: $0.map(\.step)) }
    let shrunk = shrinker.shrink(all)
    #expect(shrunk == needed.sorted().map { Decision(step: $0, .run(1)) })
    #expect(shrinker.runs <= 5_000)
  }

  @Test(arguments: [0, 1, 7, 50])
  func `never spends more runs than it may`(budget: Int) {
    let all = (1...64).map { Decision(step: $0, .run(2)) }
    var calls = 0
    var shrinker = DecisionShrinker(budget: budget) {
      calls += 1
      return $0.count > 5
    }
    #expect(shrinker.shrink(all).count > 5)
    #expect(calls <= budget)
    #expect(shrinker.delays(steps: 100, shorterThan: 6) == nil)
    #expect(calls <= budget)
  }

  @Test func `one or two delays stand for many small steps`() {
    let wanted = [Decision(step: 9, .hold), Decision(step: 30, .hold)]
    var one = DecisionShrinker(budget: 2_000) { $0 == [wanted[0]] }
    #expect(one.delays(steps: 40, shorterThan: 5) == [wanted[0]])
    var two = DecisionShrinker(budget: 2_000) { $0 == wanted }
    #expect(two.delays(steps: 40, shorterThan: 5) == wanted)
    var none = DecisionShrinker(budget: 2_000) { _ in true }
    #expect(none.delays(steps: 40, shorterThan: 1) == nil)
  }
}
