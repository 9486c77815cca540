/// The search for a failing seed, then for a smaller input: which input to run next. It runs nothing
/// itself, so that synchronous and asynchronous properties share it.
struct PropertySearch<Value> {
  private enum Stage {
    case seeds
    case again
    case shrinking(Shrinker<Value>)
    case over
  }

  private let generator: StreamGenerator<Value>
  private let seeds: Range<UInt64>
  private let shrinkRuns: Int
  private var seed: UInt64
  private var stage = Stage.seeds
  private var original: [Timed<Value>] = []
  private var fault: PropertyFault?
  /// The failure; nil while none is found.
  private(set) var failure: PropertyFailure<Value>?

  init(_ generator: StreamGenerator<Value>, _ count: Int, from first: UInt64, _ shrinkRuns: Int) {
    self.generator = generator
    let (end, overflow) = first.addingReportingOverflow(UInt64(max(0, count)))
    seeds = first..<(overflow ? .max : end)
    seed = first
    self.shrinkRuns = shrinkRuns
  }

  /// The next input to run; nil when the search is over.
  mutating func next() -> [Timed<Value>]? {
    switch stage {
    case .seeds:
      guard seed < seeds.upperBound else { return nil }
      original = generator.stream(seed: seed)
      return original
    case .again: return original
    case .shrinking(var shrinker):
      let candidate = shrinker.next()
      stage = candidate == nil ? .over : .shrinking(shrinker)
      finish(shrinker, isSteady: true)
      return candidate
    case .over: return nil
    }
  }

  /// Says what the input gave: nil when it passed.
  mutating func learn(_ new: PropertyFault?) {
    switch stage {
    case .seeds:
      fault = new
      if new == nil { seed += 1 } else { stage = .again }
    case .again:
      let isSteady = new?.kind == fault?.kind
      let shrinker = Shrinker(original, limit: shrinkRuns, simplify: generator.simplify)
      stage = isSteady ? .shrinking(shrinker) : .over
      finish(shrinker, isSteady: isSteady)
    case .shrinking(var shrinker):
      let fails = new?.kind == fault?.kind
      if fails { fault = new }
      shrinker.learn(fails: fails)
      stage = .shrinking(shrinker)
    case .over: break
    }
  }

  private mutating func finish(_ shrinker: Shrinker<Value>, isSteady: Bool) {
    guard let fault else { return }
    failure = PropertyFailure(
      seed: seed,
      passedSeeds: Int(seed - seeds.lowerBound),
      originalCount: original.count,
      input: shrinker.smallest,
      kind: fault.kind,
      message: fault.message,
      runs: shrinker.runs,
      isSteady: isSteady
    )
  }
}
