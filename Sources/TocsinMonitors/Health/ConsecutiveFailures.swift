public import Tocsin

/// Turns the outcomes of one check into the status of its component: "3 failures in a row".
///
/// It gets worse when enough outcomes in a row are at least that bad, and better, by as much as
/// they allow, when enough in a row are better than the status. One good outcome among failures
/// starts the count again. O(1).
public struct ConsecutiveFailures: Rule, Hashable, Codable, Sendable {
  /// The component.
  public let component: String
  /// How many in a row it takes.
  public let policy: CheckPolicy
  /// How the component is. Healthy before the first outcome.
  public private(set) var status = HealthStatus.healthy
  /// How many of the latest outcomes failed, without a break.
  public private(set) var failures = 0
  private var problems = 0
  private var better = 0
  private var worstOfBetter = HealthStatus.healthy

  /// Makes a rule for a component that is healthy so far.
  public init(component: String, policy: CheckPolicy = CheckPolicy()) {
    self.component = component
    self.policy = policy
  }

  /// Counts an outcome, and passes the change of status that it brings about.
  public mutating func receive(
    _ outcome: CheckOutcome,
    at now: Instant
  ) -> Verdict<HealthTransition> {
    count(outcome.status)
    let next = nextStatus
    guard next != status else { return .drop(.unchanged) }
    return .pass(change(to: next, outcome), next == .healthy ? .resolved : .changed)
  }

  private mutating func count(_ seen: HealthStatus) {
    failures = seen == .unhealthy ? failures + 1 : 0
    problems = seen == .healthy ? 0 : problems + 1
    worstOfBetter = seen < status && better > 0 ? max(worstOfBetter, seen) : seen
    better = seen < status ? better + 1 : 0
  }

  private var nextStatus: HealthStatus {
    if failures >= policy.failuresInARow { return .unhealthy }
    if status == .healthy, problems >= policy.problemsInARow { return .degraded }
    return better >= policy.recoveriesInARow ? worstOfBetter : status
  }

  private mutating func change(to next: HealthStatus, _ outcome: CheckOutcome) -> HealthTransition {
    defer {
      status = next
      better = 0
    }
    return HealthTransition(
      component: component,
      from: status,
      to: next,
      reason: outcome.reason + (failures > 1 ? " (\(failures) failures in a row)" : ""),
      value: outcome.value
    )
  }
}
