public import Testing

/// Runs a test in a world of its own, in virtual time; see ``withVirtualTime(_:schedule:_:)``.
public struct VirtualTimeTrait: TestTrait, SuiteTrait, TestScoping {
  let options: WorldOptions

  /// On a suite it is for each of its tests.
  public var isRecursive: Bool { true }

  /// A scope for each case of a test, none for a suite as a whole.
  public func scopeProvider(for test: Test, testCase: Test.Case?) -> VirtualTimeTrait? {
    testCase == nil ? nil : self
  }

  /// Runs the test's function in a world; with ``Trait/schedules(_:from:_:)`` in one after another.
  public func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    // With the trait on a suite and on its test, the outer scope takes the inner one's options.
    if VirtualWorld.current != nil { return try await function() }
    let options = test.traits.compactMap { $0 as? VirtualTimeTrait }.last?.options ?? self.options
    switch ScheduleTrait.Choice(of: test) {
    case .one(let schedule):
      try Abandonment.lending(function) { body in
        try withVirtualTime(options, schedule: schedule) { _ in try await body() }
      }
    case .explore(let plan):
      let issues = IssueCatcher()
      let failure = try await issues.catching {
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
