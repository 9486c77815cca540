internal import Tocsin

/// Chooses by priority; see ``SchedulePicker/priorities(changes:)``.
struct PriorityPicker: Sendable {
  private var priorities: [Runner: UInt64] = [:]
  /// At these steps what would run falls to the lowest priority.
  private var changes: [Int]
  private var lowest: UInt64 = 1 << 32

  init(changes count: Int, length: Int, _ random: inout SeededRandom) {
    changes = (0..<count).map { _ in random.below(length) + 1 }.sorted(by: >)
  }

  mutating func pick(
    from eligible: EligibleWork,
    _ step: Int,
    _ random: inout SeededRandom
  ) -> Int {
    var best = highest(eligible, &random)
    while let change = changes.last, change <= step {
      changes.removeLast()
      lowest -= 1
      priorities[Runner(eligible, best)] = lowest
      best = highest(eligible, &random)
    }
    return best
  }

  private mutating func highest(_ eligible: EligibleWork, _ random: inout SeededRandom) -> Int {
    var (best, highest) = (0, UInt64.min)
    for index in 0..<eligible.count {
      let priority = priority(of: Runner(eligible, index), &random)
      if priority > highest { (best, highest) = (index, priority) }
    }
    return best
  }

  private mutating func priority(of runner: Runner, _ random: inout SeededRandom) -> UInt64 {
    if let known = priorities[runner] { return known }
    let new = (1 << 32) + random.next() >> 1
    priorities[runner] = new
    return new
  }
}
