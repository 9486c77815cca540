import Tocsin

/// One open order and what it waits for.
struct WaitingOrder: Sendable {
  /// The two things that may take too long.
  enum Wait { case state, change }

  let order: String
  let symbol: String
  private var standing: OrderStanding?
  private var isStateTold = false
  private var isChangeTold = false

  init(_ step: OrderStep) {
    order = step.order
    symbol = step.symbol
  }

  func isTold(_ wait: Wait) -> Bool { wait == .state ? isStateTold : isChangeTold }

  mutating func tell(_ wait: Wait) {
    if wait == .state { isStateTold = true } else { isChangeTold = true }
  }

  /// Whether a standing is still the same wait.
  func goesOn(_ wait: Wait, _ next: OrderStanding) -> Bool {
    guard let standing else { return false }
    return wait == .state
      ? standing.state == next.state && standing.since == next.since
      : standing.pending == next.pending && standing.pendingSince == next.pendingSince
  }

  /// Takes its part of a new standing.
  mutating func take(_ wait: Wait, _ next: OrderStanding) {
    var merged = standing ?? OrderStanding(state: next.state, since: next.since)
    if wait == .state {
      (merged.state, merged.since, isStateTold) = (next.state, next.since, false)
    } else {
      (merged.pending, merged.pendingSince, isChangeTold) = (next.pending, next.pendingSince, false)
    }
    standing = merged
  }

  /// When a wait takes too long; nil for never.
  func deadline(_ wait: Wait, _ limits: StuckLimits) -> Instant? {
    guard let standing else { return nil }
    if wait == .state {
      return limits.limit(for: standing.state).map { standing.since.advanced(by: $0) }
    }
    guard let pending = standing.pending, let since = standing.pendingSince else { return nil }
    return limits.limit(for: pending).map { since.advanced(by: $0) }
  }

  /// What is told of a wait.
  func told(_ wait: Wait, at now: Instant, _ phase: Phase) -> StuckOrder {
    let state = standing?.state ?? .signalled
    let since = wait == .state ? standing?.since : standing?.pendingSince
    return StuckOrder(
      order: order,
      symbol: symbol,
      state: state,
      pending: wait == .change ? standing?.pending : nil,
      age: (since ?? now).duration(to: now),
      phase: phase
    )
  }
}
