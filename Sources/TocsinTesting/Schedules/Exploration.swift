/// One run of a body under one schedule.
public struct ScheduledRun: Hashable, Sendable {
  /// What went wrong; nil when nothing did.
  public var failure: String?
  /// What the schedule chose.
  public var trace: ScheduleTrace
  /// A sentence for each decision, where it was asked for.
  public var story: [String]

  /// Makes a run.
  public init(failure: String?, trace: ScheduleTrace, story: [String] = []) {
    self.failure = failure
    self.trace = trace
    self.story = story
  }
}

/// Runs a body under many schedules until one fails, and shortens that one.
///
/// The first run is first in, first out; it is done twice, and so is every failing one and every
/// 32nd of the others: a run that is not the same the second time depends on something outside the
/// world (a real clock, unseeded randomness, the order of a set), and that is reported as its
/// failure.
struct Explorer {
  let plan: ExplorationPlan
  let run: (Schedule, _ tellsStory: Bool) -> ScheduledRun

  /// Gives the first failure; nil when no schedule fails.
  func explore() -> ScheduleFailure? {
    let first = run(.decided([]), false)
    if first.failure != nil { return report(first, seed: nil, tried: 1) }
    let again = run(.decided([]), false)
    if again.trace.hash != first.trace.hash || again.failure != nil {
      return unstable(nil, tried: 2)
    }
    for offset in 0..<plan.schedules {
      let seed = plan.firstSeed &+ UInt64(offset)
      let schedule = Schedule.seeded(seed, plan.picker, length: first.trace.steps)
      let found = run(schedule, false)
      if found.failure != nil { return report(found, schedule, seed: seed, tried: offset + 2) }
      guard offset % 32 == 0 else { continue }
      if run(schedule, false).trace.hash != found.trace.hash {
        return unstable(seed, tried: offset + 2)
      }
    }
    return nil
  }

  private func report(
    _ found: ScheduledRun,
    _ schedule: Schedule = .inOrder,
    seed: UInt64?,
    tried: Int
  ) -> ScheduleFailure {
    let replay = run(.decided(found.trace.decisions), false)
    guard replay.failure != nil, replay.trace.hash == found.trace.hash else {
      return unstable(seed, tried: tried, found)
    }
    var shrinker = DecisionShrinker(budget: plan.shrinkingRuns) { decisions in
      run(.decided(decisions), false).failure != nil
    }
    var shrunk = shrinker.shrink(found.trace.decisions)
    if let delays = shrinker.delays(steps: found.trace.steps, shorterThan: shrunk.count) {
      shrunk = delays
    }
    let told = run(.decided(shrunk), true)
    return ScheduleFailure(
      seed: seed,
      schedule: schedule,
      tried: tried,
      failure: told.failure ?? found.failure ?? "",
      found: found.trace.decisions,
      shrunk: told.trace.decisions,
      story: told.story,
      runs: shrinker.runs,
      isReproducible: told.failure != nil
    )
  }

  private func unstable(
    _ seed: UInt64?,
    tried: Int,
    _ found: ScheduledRun? = nil
  ) -> ScheduleFailure {
    let words = found?.failure.map { " The failure was: \($0)" } ?? ""
    return ScheduleFailure(
      seed: seed,
      schedule: .inOrder,
      tried: tried,
      failure:
        "Two runs of one schedule differ. Something outside the world decides: a real clock, "
        + "unseeded randomness, the order of a set or dictionary, or state that is kept between "
        + "runs." + words,
      found: found?.trace.decisions ?? [],
      shrunk: found?.trace.decisions ?? [],
      story: [],
      runs: 0,
      isReproducible: false
    )
  }
}
