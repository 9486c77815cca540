#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What to explore: how many schedules, which seeds, how they choose.
public struct ExplorationPlan: Hashable, Sendable {
  /// How many seeds are tried, after the run that is first in, first out.
  public var schedules: Int
  /// The first seed; the others follow it.
  public var firstSeed: UInt64
  /// How a seed makes choices.
  public var picker: SchedulePicker
  /// How many runs may be spent to make a failing schedule shorter.
  public var shrinkingRuns: Int

  /// Makes a plan.
  public init(
    schedules: Int = 200,
    firstSeed: UInt64 = 1,
    picker: SchedulePicker = .mixed,
    shrinkingRuns: Int = 2_000
  ) {
    self.schedules = max(0, schedules)
    self.firstSeed = firstSeed
    self.picker = picker
    self.shrinkingRuns = max(0, shrinkingRuns)
  }

  /// With what the environment says: `TOCSIN_SCHEDULES` and `TOCSIN_SEED`, where they are numbers.
  func overridden(
    by environment: (String) -> String? = { name in getenv(name).map { String(cString: $0) } }
  ) -> ExplorationPlan {
    var plan = self
    if let count = environment("TOCSIN_SCHEDULES").flatMap(Int.init) {
      plan.schedules = max(0, count)
    }
    if let seed = environment("TOCSIN_SEED").flatMap(UInt64.init) { plan.firstSeed = seed }
    return plan
  }
}

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

/// A schedule under which a body fails, made as short as it goes.
public struct ScheduleFailure: Error, Hashable, Sendable {
  /// The seed that found it; nil when first in, first out fails already.
  public var seed: UInt64?
  /// The schedule that found it.
  public var schedule: Schedule
  /// How many schedules were tried until then.
  public var tried: Int
  /// What went wrong under the shortest schedule.
  public var failure: String
  /// The decisions of the seed.
  public var found: [Decision]
  /// The decisions that are enough.
  public var shrunk: [Decision]
  /// A sentence for each of these.
  public var story: [String]
  /// How many runs it took to shorten them.
  public var runs: Int
  /// Whether the seed, and the shortest schedule, gave the same run again.
  public var isReproducible: Bool
}

/// Runs a body under many schedules until one fails, and shortens that one.
///
/// The first run is first in, first out; it is done twice, and so is every failing one and every
/// 32nd of the others: a run that is not the same the second time depends on something outside the world (a real clock, unseeded
/// randomness, the order of a set), and that is reported as its failure.
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

extension ScheduleFailure: CustomStringConvertible {
  /// The failure, the story that leads to it, and the line that replays it.
  public var description: String {
    guard isReproducible else { return failure }
    guard let seed else {
      return "\(failure)\nFirst in, first out is enough: no schedule was needed."
    }
    var lines = [
      failure,
      "Found by seed \(seed), the schedule number \(tried), with \(decisionWords):",
    ]
    lines += story.map { "  " + $0 }
    lines.append("Replay it with \(replayLine), or all of it with .schedule(\"\(schedule)\").")
    return lines.joined(separator: "\n")
  }

  private var decisionWords: String {
    guard found.count > 1 else { return "one decision" }
    return "\(found.count) decisions, of which "
      + (shrunk.count == 1 ? "one is enough" : "\(shrunk.count) are enough")
  }

  /// The trait that replays the shortest schedule.
  public var replayLine: String { ".schedule(\"\(Schedule.decided(shrunk))\")" }
}
