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
