import Tocsin

/// What a health monitor does later by itself.
enum HealthDeed: Hashable, Sendable {
  /// Ends the maintenance of a component.
  case unmute(String)
  /// Finds the machine awake.
  case awake
}

/// Does deeds at their instants. A later order for the same deed replaces the earlier one; the
/// distant future takes it back.
struct HealthClock: TimedRule {
  struct Order: Sendable {
    var deed: HealthDeed
    var instant: Instant
  }

  private var instants: [HealthDeed: Instant] = [:]
  private(set) var nextDeadline = Instant.distantFuture

  mutating func receive(_ order: Order, at now: Instant) -> Verdict<HealthDeed> {
    instants[order.deed] = order.instant < .distantFuture ? order.instant : nil
    nextDeadline = instants.values.min() ?? .distantFuture
    return .drop(.queued)
  }

  mutating func expire(at now: Instant) -> Due<HealthDeed>? {
    guard nextDeadline <= now, let (deed, instant) = instants.first(where: { $0.value <= now })
    else { return nil }
    instants[deed] = nil
    nextDeadline = instants.values.min() ?? .distantFuture
    return Due(deed, at: instant, .ended, isMade: true)
  }

  mutating func finish(at now: Instant) -> Due<HealthDeed>? { nil }
}
