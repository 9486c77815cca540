/// Runs a body under many schedules, each in a world of its own, until one fails.
///
/// The body fails when it throws, when a `#expect` or `#require` in it fails, or when the world does
/// (see ``VirtualTimeError``). The schedule that failed is replayed, and shortened to the decisions
/// that are enough.
///
/// ```swift
/// let failure = await explore { world in
///   let desk = Desk(on: world.lane("desk"))
///   …
///   #expect(await desk.isHalted)
/// }
/// #expect(failure == nil)
/// ```
///
/// In a test the traits `.virtualTime, .schedules(200)` do the same with the whole test.
///
/// - Parameters:
///   - plan: How many schedules, which seeds, how they choose.
///   - options: Where time starts, and how far and how long it may run.
///   - body: What to run, again and again: everything it uses is made anew inside.
/// - Returns: The failure; nil when no schedule fails.
public func explore(
  _ plan: ExplorationPlan = ExplorationPlan(),
  _ options: WorldOptions = WorldOptions(),
  _ body: @escaping @Sendable (VirtualWorld) async throws -> Void
) async -> ScheduleFailure? {
  let issues = IssueCatcher()
  return await issues.catching { issues.explore(plan, options, body) }
}

extension IssueCatcher {
  /// Explores, with what the body records kept here.
  func explore(
    _ plan: ExplorationPlan,
    _ options: WorldOptions,
    _ body: @escaping @Sendable (VirtualWorld) async throws -> Void
  ) -> ScheduleFailure? {
    Explorer(plan: plan) { schedule, tellsStory in
      let world = VirtualWorld(options, schedule: schedule, records: true)
      if tellsStory { world.recorder.tellStory(world.pool.names) }
      let fault = self.fault(Result { try world.run(body) })
      return ScheduledRun(
        failure: fault?.message,
        trace: world.recorder.trace,
        story: world.recorder.story
      )
    }.explore()
  }
}
