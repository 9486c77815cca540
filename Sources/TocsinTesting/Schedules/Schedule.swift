/// In which order the ready work of different lanes and tasks runs.
///
/// Lanes stay first in, first out, as every serial executor is. What is not promised is the order
/// between them, and that is what a schedule chooses: everything else (time, timers, the order of
/// equal deadlines) is the same under every schedule.
///
/// A schedule is a value: the same one gives the same run, on every machine, for the same build.
public struct Schedule: Hashable, Sendable {
  enum Source: Hashable, Sendable {
    case inOrder
    case seeded(UInt64, SchedulePicker, length: Int)
    case decided([Decision])
  }

  let source: Source

  /// First in, first out: what ran before any exploring.
  public static let inOrder = Schedule(source: .inOrder)

  /// Chosen by a seed.
  ///
  /// - Parameters:
  ///   - seed: Any number.
  ///   - picker: How the choices are made.
  ///   - length: About how many choices the run has; ``SchedulePicker/priorities(changes:)`` spreads
  ///     its changes over them.
  /// - Returns: The schedule.
  public static func seeded(
    _ seed: UInt64,
    _ picker: SchedulePicker = .mixed,
    length: Int = 256
  ) -> Schedule {
    Schedule(source: .seeded(seed, picker, length: max(1, length)))
  }

  /// First in, first out but for these decisions.
  public static func decided(_ decisions: [Decision]) -> Schedule {
    Schedule(source: .decided(decisions.sorted { $0.step < $1.step }))
  }

  /// Whether nothing is chosen or recorded.
  var isPlain: Bool { source == .inOrder }
}

/// One choice that differs from first in, first out.
public struct Decision: Hashable, Codable, Sendable {
  /// Which of the run's choices, from 1 on.
  public var step: Int
  /// Which piece of work that could run did: 0 would be the one that had waited longest.
  public var choice: Int

  /// Makes a decision.
  public init(step: Int, choice: Int) {
    self.step = step
    self.choice = choice
  }
}

/// How a seed makes choices.
public enum SchedulePicker: Hashable, Sendable {
  /// Every piece of work that could run is as likely as any other.
  case uniform
  /// Each lane and task has a random priority, and the highest runs until, at so many random
  /// instants, the one that runs falls to the lowest.
  ///
  /// Finds what needs one lane to be far behind the others, which uniform choices hardly ever give:
  /// a bug that needs *d* orderings is found with a probability of at least 1 / (n · k^(d-1)), with n
  /// lanes, k steps and d - 1 changes (Burckhardt, Kothari, Musuvathi and Nagarakatte, "A Randomized
  /// Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010).
  case priorities(changes: Int)
  /// By the seed: every second one uniform, the others by priorities with none, one or two changes.
  case mixed

  func settled(by seed: UInt64) -> SchedulePicker {
    guard self == .mixed else { return self }
    return seed % 2 == 0 ? .uniform : .priorities(changes: Int(seed / 2 % 3))
  }
}

extension Schedule: CustomStringConvertible, LosslessStringConvertible {
  /// `in order`, `seed 17`, or the decisions as `23:1 40:2`, which reads back.
  public var description: String {
    switch source {
    case .inOrder: "in order"
    case .seeded(let seed, let picker, _):
      picker == .mixed ? "seed \(seed)" : "seed \(seed), \(picker)"
    case .decided(let decisions): decisions.map { "\($0.step):\($0.choice)" }.joined(separator: " ")
    }
  }

  /// Reads `in order`, `seed 17` or decisions. Nil for anything else.
  public init?(_ description: String) {
    if description == "in order" {
      self = .inOrder
    } else if description.hasPrefix("seed "), let seed = UInt64(description.dropFirst(5)) {
      self = .seeded(seed)
    } else {
      let decisions = description.split(separator: " ").map(Decision.init)
      guard !decisions.contains(nil) else { return nil }
      self = .decided(decisions.compactMap { $0 })
    }
  }
}

extension Decision {
  init?(_ text: Substring) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let step = Int(parts[0]), let choice = Int(parts[1]),
      step > 0, choice >= 0
    else { return nil }
    self.init(step: step, choice: choice)
  }
}
