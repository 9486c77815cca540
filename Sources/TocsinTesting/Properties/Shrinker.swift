/// Makes a failing stream smaller, one candidate at a time: whoever owns the shrinker runs the
/// property, in whatever way, and reports what came of it.
///
/// Deterministic, and bounded by a number of runs. First it removes events, then it shortens gaps,
/// simplifies values and removes once more, until a whole round changes nothing.
struct Shrinker<Value> {
  /// The smallest stream that fails in the same way.
  private(set) var smallest: [Timed<Value>]
  /// How many candidates were tried.
  private(set) var runs = 0
  private let limit: Int
  private let simplify: @Sendable (Value) -> [Value]
  private var passes: [any ShrinkPass<Value>]
  private var candidate: [Timed<Value>] = []
  private var hasChanged = false

  init(
    _ failing: [Timed<Value>],
    limit: Int,
    simplify: @escaping @Sendable (Value) -> [Value]
  ) {
    smallest = failing
    self.limit = limit
    self.simplify = simplify
    passes = [RemoveChunks<Value>()]
    hasChanged = true
  }

  /// The next candidate; nil when nothing is left to try or to spend.
  mutating func next() -> [Timed<Value>]? {
    while runs < limit {
      if passes.isEmpty {
        guard hasChanged else { return nil }
        (passes, hasChanged) = (round(), false)
      }
      if let candidate = passes[0].next(of: smallest) {
        self.candidate = candidate
        runs += 1
        return candidate
      }
      passes.removeFirst()
    }
    return nil
  }

  /// Says whether the last candidate failed in the same way as the whole stream.
  mutating func learn(fails: Bool) {
    guard !passes.isEmpty else { return }
    passes[0].learn(isKept: fails)
    guard fails else { return }
    smallest = candidate
    hasChanged = true
  }

  private func round() -> [any ShrinkPass<Value>] {
    [
      RemovePairs<Value>(), ShrinkGaps<Value>(movesRest: true),
      ShrinkGaps<Value>(movesRest: false), SimplifyValues(simplify),
      RemoveChunks<Value>(),
    ]
  }
}
