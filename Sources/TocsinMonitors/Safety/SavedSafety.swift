import Tocsin

/// What of a ``SafetyMonitor`` has to survive a restart.
public struct SavedSafety: Hashable, Codable, Sendable {
  /// The version of this format.
  public static let version = 1

  /// The version it was written in.
  public var version = SavedSafety.version
  /// Counts what was to be saved: of two records the one with the higher number is newer.
  public var revision: Int
  /// The kill switch.
  public var killSwitch: KillSwitch
  /// The circuit breaker.
  public var breaker: CircuitBreaker
  /// Whether the run that saved it has not ended in an orderly way.
  public var isOpen: Bool

  /// Makes a record.
  public init(revision: Int, killSwitch: KillSwitch, breaker: CircuitBreaker, isOpen: Bool) {
    self.revision = revision
    self.killSwitch = killSwitch
    self.breaker = breaker
    self.isOpen = isOpen
  }

  /// What is wrong with it; nil when nothing is.
  var problem: String? {
    if version != Self.version { return "it has version \(version), not \(Self.version)" }
    if revision < 0 { return "its revision is \(revision)" }
    return killSwitch.isConsistent ? nil : "its mode does not fit its newest change"
  }
}

/// With what a ``SafetyMonitor`` starts.
public enum SafetyStart: Hashable, Sendable {
  /// There is no saved state: this is the first start, or there is no store. Active.
  case absent
  /// The state of the run before.
  case saved(SavedSafety)
  /// There is a saved state, or there may be one, and it cannot be read. Halted.
  case unreadable(String)

  /// The same, but unreadable when the record contradicts itself.
  var checked: SafetyStart {
    if case .saved(let record) = self, let problem = record.problem { return .unreadable(problem) }
    return self
  }
}
