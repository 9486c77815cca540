public import Testing

/// Which schedules a test in virtual time is run under.
public struct ScheduleTrait: TestTrait, SuiteTrait {
  enum Choice: Sendable {
    case explore(ExplorationPlan)
    case one(Schedule)
    case unreadable(String)

    /// The choice of the innermost trait of a test.
    init(of test: Test) {
      self = test.traits.compactMap { $0 as? ScheduleTrait }.last?.choice ?? .one(.inOrder)
      if case .explore(let plan) = self { self = .explore(plan.overridden()) }
    }
  }

  let choice: Choice

  /// On a suite it is for each of its tests.
  public var isRecursive: Bool { true }
}

extension Trait where Self == ScheduleTrait {
  /// Runs a test in virtual time under so many schedules, until one fails; see ``explore(_:_:_:)``.
  ///
  /// The environment has the last word: `TOCSIN_SCHEDULES` is how many, `TOCSIN_SEED` the first seed.
  public static func schedules(
    _ count: Int,
    from seed: UInt64 = 1,
    _ picker: SchedulePicker = .mixed
  ) -> Self {
    Self(choice: .explore(ExplorationPlan(schedules: count, firstSeed: seed, picker: picker)))
  }

  /// Runs a test in virtual time under the schedule of a seed.
  public static func seed(_ seed: UInt64) -> Self { Self(choice: .one(.seeded(seed))) }

  /// Runs a test in virtual time under one schedule, as a failure has printed it.
  public static func schedule(_ text: String) -> Self {
    Self(choice: Schedule(text).map { .one($0) } ?? .unreadable(text))
  }
}
