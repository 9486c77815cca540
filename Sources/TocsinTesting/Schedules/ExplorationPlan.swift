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
