public import Tocsin

/// The kill switch changed from one mode to another.
public struct SafetyChange: Hashable, Codable, Sendable, Phased {
  /// The number of the change: 1 for the first there ever was, also across restarts.
  public var sequence: Int
  /// When, by the time of the lane.
  public var instant: Instant
  /// What it was.
  public var from: SafetyMode
  /// What it is now.
  public var to: SafetyMode
  /// What brought it about. Of a reset the person.
  public var cause: SafetyCause
  /// Why, in words for a person.
  public var reason: String
  /// The causes that still held when a reset was forced, sorted.
  public var overridden: [SafetyCause]

  /// Makes a change.
  public init(
    sequence: Int,
    instant: Instant,
    from: SafetyMode,
    to: SafetyMode,
    cause: SafetyCause,
    reason: String,
    overridden: [SafetyCause] = []
  ) {
    self.sequence = sequence
    self.instant = instant
    self.from = from
    self.to = to
    self.cause = cause
    self.reason = reason
    self.overridden = overridden
  }

  /// Whether it made trading stricter.
  public var isStricter: Bool { to > from }
  /// Firing while the switch is engaged, resolved when it is active again.
  public var phase: Phase { to.isEngaged ? .firing : .resolved }

  /// The same as an alert: `safety.killSwitch`, critical.
  public var alert: Alert {
    Alert(
      "safety.killSwitch",
      .critical,
      message: "Trading went from \(from.rawValue) to \(to.rawValue), \(cause): \(reason)"
        + (overridden.isEmpty ? "" : " Forced, while these held: \(overridden.words)."),
      value: Double(sequence),
      phase: phase,
      labels: ["cause": cause.kind.rawValue]
    )
  }
}

/// Why a reset was refused.
public enum ResetRefusal: Hashable, Codable, Sendable, Error, CustomStringConvertible {
  /// It does not say who wants it and why.
  case unsigned
  /// The mode that is wanted is not less strict than the one there is.
  case notLessStrict(SafetyMode)
  /// These causes still hold, sorted.
  case stillHolds([SafetyCause])

  /// What was wrong and what to do.
  public var description: String {
    switch self {
    case .unsigned:
      "The reset was refused: it names nobody or gives no reason. Say who resets, and why."
    case .notLessStrict(let mode):
      "The reset was refused: trading is \(mode.rawValue) already. Use halt or reduce to make it "
        + "stricter."
    case .stillHolds(let causes):
      "The reset was refused: \(causes.words) still hold\(causes.count == 1 ? "s" : ""). Put it "
        + "right, or force the reset with a reason."
    }
  }

  /// The same as an alert: `safety.reset`, a warning.
  public var alert: Alert { Alert("safety.reset", .warning, message: description) }
}

extension [SafetyCause] {
  /// The first five by name, and how many more there are. None: more than are remembered.
  var words: String {
    if isEmpty { return "more conditions than are remembered" }
    let first = prefix(5).map(\.description).joined(separator: ", ")
    return count > 5 ? "\(first) and \(count - 5) more" : first
  }
}
