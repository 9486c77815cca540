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

  /// The ``seeded(_:_:length:)`` of a run of which nothing is known.
  public static let usualLength = 256

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
    length: Int = usualLength
  ) -> Schedule {
    Schedule(source: .seeded(seed, picker, length: max(1, length)))
  }

  /// First in, first out but for these decisions.
  public static func decided(_ decisions: [Decision]) -> Schedule {
    guard !decisions.isEmpty else { return .inOrder }
    return Schedule(source: .decided(decisions.sorted { $0.step < $1.step }))
  }
}
