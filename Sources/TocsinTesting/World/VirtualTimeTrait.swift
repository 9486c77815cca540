public import Testing

/// Runs a test in a world of its own, in virtual time; see ``withVirtualTime(_:schedule:_:)``.
public struct VirtualTimeTrait: TestTrait, SuiteTrait, TestScoping {
  let options: WorldOptions

  /// On a suite it is for each of its tests.
  public var isRecursive: Bool { true }

  public func scopeProvider(for test: Test, testCase: Test.Case?) -> VirtualTimeTrait? {
    testCase == nil ? nil : self
  }

  public func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    switch ScheduleTrait.Choice(of: test) {
    case .one(let schedule):
      try Abandonment.lending(function) { body in
        try withVirtualTime(options, schedule: schedule) { _ in try await body() }
      }
    case .explore(let plan):
      let failure = try await IssueCapture.capturing { issues in
        try Abandonment.lending(function) { body in
          issues.explore(plan, options) { _ in try await body() }
        }
      }
      guard let failure else { return }
      Issue.record(Comment(rawValue: "\(failure)"), sourceLocation: test.sourceLocation)
    case .unreadable(let text):
      Issue.record(
        "\"\(text)\" is no schedule. A failure prints one, such as `.schedule(\"17:1 23:2\")`.",
        sourceLocation: test.sourceLocation
      )
    }
  }
}

extension Trait where Self == VirtualTimeTrait {
  /// Runs the test in a world of its own, in virtual time.
  ///
  /// The test reaches it as ``VirtualWorld/current``, or by ``advance(by:)``.
  public static var virtualTime: Self { Self(options: WorldOptions()) }

  /// The same with other options.
  public static func virtualTime(_ options: WorldOptions) -> Self { Self(options: options) }
}

/// Which schedules a test in virtual time is run under.
public struct ScheduleTrait: TestTrait, SuiteTrait {
  enum Choice: Sendable {
    case explore(ExplorationPlan)
    case one(Schedule)
    case unreadable(String)

    /// The choice of the innermost trait of a test.
    init(of test: Test) {
      self = test.traits.compactMap { $0 as? ScheduleTrait }.last?.choice ?? .one(.inOrder)
    }
  }

  let choice: Choice

  /// On a suite it is for each of its tests.
  public var isRecursive: Bool { true }
}

extension Trait where Self == ScheduleTrait {
  /// Runs a test in virtual time under so many schedules, until one fails; see ``explore(_:_:_:)``.
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
