import Tocsin

/// Where one order stands after one of its events.
struct OrderStep: Sendable {
  var order: String
  var symbol: String
  var standing: OrderStanding
}

/// Tells of an order when it has waited for too long: in its state, or for an answer to a change.
///
/// The time counts from when it came into the state, or was asked for; both waits are of their own.
/// Resolved by whatever ends the wait. O(1) amortised a step; 24 bytes of timers and the names for
/// each open order, at most `orderLimit` of them.
struct StuckOrders: TimedRule, Sendable {
  let limits: StuckLimits
  /// How many orders are waited for at most; more are not, and are counted.
  let orderLimit: Int
  /// Steps of orders that are not waited for because there are too many.
  private(set) var refusedCount = 0
  private var orders = KeyTable<String, WaitingOrder>()
  private var wheel = TimerWheel()
  /// What goes on at the instant of the step that is being taken.
  private var owed: [Due<StuckOrder>] = []

  init(_ limits: StuckLimits, orderLimit: Int) {
    self.limits = limits
    self.orderLimit = max(1, orderLimit)
  }

  /// How many orders are waited for.
  var count: Int { orders.count }

  var nextDeadline: Instant {
    owed.first.map { min($0.instant, wheel.nextDeadline) } ?? wheel.nextDeadline
  }

  mutating func receive(_ step: OrderStep, at now: Instant) -> Verdict<StuckOrder> {
    guard let slot = slot(of: step) else { return .drop(.unchanged) }
    guard slot >= 0 else { return .drop(.keyLimit) }
    let first = settle(.state, slot, step, at: now)
    let second = settle(.change, slot, step, at: now)
    if step.standing.state.isTerminal { orders.remove(slot) }
    guard let told = first ?? second else { return .drop(.belowThreshold) }
    if first != nil, let second { owed.append(Due(second, at: now, .resolved, isMade: true)) }
    return .pass(told, .resolved)
  }

  mutating func expire(at now: Instant) -> Due<StuckOrder>? {
    if let due = owed.first, due.instant <= now {
      owed.removeFirst()
      return due
    }
    guard let (id, deadline) = wheel.popDue(at: now) else { return nil }
    let (slot, wait) = (id / 2, id % 2 == 0 ? WaitingOrder.Wait.state : .change)
    orders[slot].tell(wait)
    let stuck = orders[slot].told(wait, at: deadline, .firing)
    return Due(stuck, at: deadline, .absent, isMade: true)
  }

  /// Nothing more than is owed: the end of the stream is no silence.
  mutating func finish(at now: Instant) -> Due<StuckOrder>? {
    owed.isEmpty ? nil : owed.removeFirst()
  }

  /// The place of an order: nil when it ended and was not waited for, -1 when there is none left.
  private mutating func slot(of step: OrderStep) -> Int? {
    if let slot = orders.slot(of: step.order) { return slot }
    guard !step.standing.state.isTerminal else { return nil }
    guard orders.count < orderLimit else {
      refusedCount += 1
      return -1
    }
    return orders.insert(step.order, WaitingOrder(step))
  }

  /// Ends one wait when the step ended it, and begins the one that the step began.
  private mutating func settle(
    _ wait: WaitingOrder.Wait,
    _ slot: Int,
    _ step: OrderStep,
    at now: Instant
  ) -> StuckOrder? {
    guard !orders[slot].goesOn(wait, step.standing) else { return nil }
    let resolved = orders[slot].isTold(wait) ? orders[slot].told(wait, at: now, .resolved) : nil
    orders[slot].take(wait, step.standing)
    let id = 2 * slot + (wait == .state ? 0 : 1)
    if let deadline = orders[slot].deadline(wait, limits) {
      wheel.arm(id, at: max(deadline, now))
    } else {
      wheel.cancel(id)
    }
    return resolved
  }
}
