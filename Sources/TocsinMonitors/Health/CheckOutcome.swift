/// What one run of a check found.
public enum CheckOutcome: Hashable, Codable, Sendable {
  /// All is well. The number is what was measured, where something was.
  case healthy(value: Double? = nil)
  /// It works, but not as it should.
  case degraded(reason: String, value: Double? = nil)
  /// It does not work.
  case failed(reason: String, value: Double? = nil)
  /// The check did not finish within its time limit, which counts as failed.
  case timedOut(after: Duration)

  /// How the component looks by this one run.
  public var status: HealthStatus {
    switch self {
    case .healthy: .healthy
    case .degraded: .degraded
    case .failed, .timedOut: .unhealthy
    }
  }

  /// Why, in words for a person.
  public var reason: String {
    switch self {
    case .healthy: "the check succeeds"
    case .degraded(let reason, _), .failed(let reason, _): reason
    case .timedOut(let limit): "the check did not finish within \(limit.words)"
    }
  }

  /// The number that was measured, where there is one; seconds for a time-out.
  public var value: Double? {
    switch self {
    case .healthy(let value), .degraded(_, let value), .failed(_, let value): value
    case .timedOut(let limit): limit.inSeconds
    }
  }
}

/// When a check runs and how its outcomes become a status.
public struct CheckPolicy: Hashable, Codable, Sendable {
  /// From the start of one run to the start of the next. Default: 30 s.
  public var interval: Duration
  /// A run that takes longer is cut off and counts as failed. Default: 10 s.
  public var timeLimit: Duration
  /// How many failed outcomes in a row make the component unhealthy. Default: 3.
  public var failuresInARow: Int
  /// How many outcomes in a row that are not healthy make it degraded. Default: 1.
  public var problemsInARow: Int
  /// How many better outcomes in a row it takes to recover. Default: 2.
  public var recoveriesInARow: Int

  /// Makes a policy. Counts below 1 count as 1.
  public init(
    interval: Duration = .seconds(30),
    timeLimit: Duration = .seconds(10),
    failuresInARow: Int = 3,
    problemsInARow: Int = 1,
    recoveriesInARow: Int = 2
  ) {
    self.interval = interval
    self.timeLimit = timeLimit
    self.failuresInARow = max(1, failuresInARow)
    self.problemsInARow = max(1, problemsInARow)
    self.recoveriesInARow = max(1, recoveriesInARow)
  }
}

/// One run of a check.
public struct CheckRun: Hashable, Codable, Sendable {
  /// The component that is checked.
  public var component: String
  /// Which run of this check it is; the first is 1. Tells the late end of a run that was cut off
  /// from the end of the next one.
  public var number: Int

  /// Names a run.
  public init(component: String, number: Int) {
    self.component = component
    self.number = number
  }
}
