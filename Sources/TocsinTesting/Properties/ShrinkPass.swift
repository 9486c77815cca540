/// One way to make a failing stream smaller. It proposes candidates; the shrinker says which failed
/// and keeps those.
protocol ShrinkPass<Value> {
  associatedtype Value
  /// The next candidate made of the smallest stream so far; nil when this way is at its end.
  mutating func next(of events: [Timed<Value>]) -> [Timed<Value>]?
  /// Whether the last candidate failed too, and is the smallest stream now.
  mutating func learn(isKept: Bool)
}

/// Removes chunks, from half of the stream down to single events: ddmin without its complement step
/// (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002). From the end,
/// because what comes after a failure is the least needed.
struct RemoveChunks<Value>: ShrinkPass {
  /// The size of the chunks, and where the next one ends; nil before the first.
  private var place: (size: Int, end: Int)?
  private var hasRemoved = false

  mutating func next(of events: [Timed<Value>]) -> [Timed<Value>]? {
    var (size, end) = place ?? ((events.count + 1) / 2, events.count)
    if end <= 0 {
      guard size > 1 || hasRemoved else { return nil }
      (size, end) = (max(1, size / 2), events.count)
      hasRemoved = false
    }
    guard end > 0 else { return nil }
    let start = max(0, end - size)
    var candidate = events
    candidate.removeSubrange(start..<end)
    place = (size, start)
    return candidate
  }

  mutating func learn(isKept: Bool) { hasRemoved = hasRemoved || isKept }
}

/// Removes two events at once, of a stream that is short already: what opens and what closes.
struct RemovePairs<Value>: ShrinkPass {
  private static var limit: Int { 24 }
  private var first = 0
  private var second = 1

  mutating func next(of events: [Timed<Value>]) -> [Timed<Value>]? {
    guard events.count <= Self.limit else { return nil }
    if second >= events.count { (first, second) = (first + 1, first + 2) }
    guard second < events.count else { return nil }
    var candidate = events
    candidate.remove(at: second)
    candidate.remove(at: first)
    second += 1
    return candidate
  }

  mutating func learn(isKept: Bool) { if isKept { (first, second) = (0, 1) } }
}

/// Replaces values by simpler ones, as the generator says what is simpler.
struct SimplifyValues<Value>: ShrinkPass {
  private let simplify: @Sendable (Value) -> [Value]
  private var index = 0
  private var rest: [Value]?

  init(_ simplify: @escaping @Sendable (Value) -> [Value]) { self.simplify = simplify }

  mutating func next(of events: [Timed<Value>]) -> [Timed<Value>]? {
    while index < events.count {
      var choices = rest ?? simplify(events[index].value)
      if let choice = choices.first {
        choices.removeFirst()
        rest = choices
        var candidate = events
        candidate[index].value = choice
        return candidate
      }
      (index, rest) = (index + 1, nil)
    }
    return nil
  }

  mutating func learn(isKept: Bool) { if isKept { rest = nil } }
}
