/// Leaves decisions out of a failing schedule as long as it still fails.
///
/// Delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE
/// TSE 28(2), 2002): pieces of halving size are left out, then single decisions, until none can be;
/// then the choices that are left are made as small as they go. A choice that is left out is first
/// in, first out again. Any failure counts, also one that reads differently.
struct DecisionShrinker {
  /// How many runs may be spent.
  let budget: Int
  let fails: ([Decision]) -> Bool
  private(set) var runs = 0

  init(budget: Int, _ fails: @escaping ([Decision]) -> Bool) {
    self.budget = budget
    self.fails = fails
  }

  mutating func shrink(_ decisions: [Decision]) -> [Decision] {
    var current = decisions
    if !current.isEmpty && stillFails([]) { return [] }
    var size = max(1, current.count / 2)
    while !current.isEmpty && runs < budget {
      let shorter = dropPieces(of: size, from: current)
      if size == 1 && shorter.count == current.count { break }
      current = shorter
      size = max(1, min(size / 2, current.count / 2))
    }
    return lowered(current)
  }

  /// Looks for one or two delays that fail too: what many small steps bring about, one delay often
  /// does.
  mutating func delays(steps: Int, shorterThan count: Int) -> [Decision]? {
    let holds = (1...max(1, steps)).map { Decision(step: $0, .hold) }
    if count > 1, let one = holds.first(where: { stillFails([$0]) }) { return [one] }
    guard count > 2 else { return nil }
    for (place, first) in holds.enumerated() {
      for second in holds[(place + 1)...] {
        if stillFails([first, second]) { return [first, second] }
        if runs >= budget { return nil }
      }
    }
    return nil
  }

  private mutating func dropPieces(of size: Int, from decisions: [Decision]) -> [Decision] {
    var current = decisions
    var start = max(0, current.count - size)
    while true {
      var candidate = current
      candidate.removeSubrange(start..<min(start + size, candidate.count))
      if candidate.count < current.count && stillFails(candidate) { current = candidate }
      if start == 0 || runs >= budget { return current }
      start = max(0, min(start - size, current.count - size))
    }
  }

  private mutating func lowered(_ decisions: [Decision]) -> [Decision] {
    var current = decisions
    for place in current.indices {
      guard case .run(2...) = current[place].choice else { continue }
      var candidate = current
      candidate[place].choice = .run(1)
      if stillFails(candidate) { current = candidate }
    }
    return current
  }

  private mutating func stillFails(_ decisions: [Decision]) -> Bool {
    guard runs < budget else { return false }
    runs += 1
    return fails(decisions)
  }
}
