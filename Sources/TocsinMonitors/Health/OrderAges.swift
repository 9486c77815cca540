#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
public import Tocsin

/// Watches the order machine: no order may stay in one state for longer than the limit of that state.
///
/// The component `orders` is unhealthy from the instant at which the first order is stuck until none
/// is: told once, however many there are. The time counts from when the order came into the state;
/// a step back (the word of an earlier state that comes late) does not start it again. A state
/// without a limit may last for ever. A fill told twice in a row counts once; the first fill of an
/// order whose quantity was not told ends it.
///
/// O(1) amortised a step. Orders beyond the limit are not watched, and counted.
public struct OrderAges: TimedRule, Sendable {
  private struct Waiting: Sendable {
    var symbol: String
    var state: OrderState
    var since: Int64
    var ordered: Decimal?
    var open: Decimal?
    var lastFill: String?
    var isStuck = false
  }

  /// The limits when none are given: 10 s where an answer of the broker is missing.
  public static let usualLimits: [OrderState: Duration] = [
    .signalled: .seconds(10), .submitted: .seconds(10), .unconfirmed: .seconds(10),
  ]

  /// How long an order may be in a state.
  public let limits: [OrderState: Duration]
  /// How many orders are watched at most.
  public let orderLimit: Int
  /// Orders that had no room.
  public private(set) var refusedCount = 0
  /// How many orders are stuck.
  public private(set) var stuckCount = 0
  private var orders = KeyTable<String, Waiting>()
  private var timers = TimerWheel()
  private var floor = Int64.min

  /// Makes a rule that knows no order yet.
  public init(_ limits: [OrderState: Duration] = usualLimits, orderLimit: Int = 10_000) {
    self.limits = limits.filter { !$0.key.isTerminal }
    self.orderLimit = max(1, orderLimit)
  }

  /// When the next order may be stuck.
  public var nextDeadline: Instant { timers.nextDeadline }

  /// Goes on after a time in which nothing could be heard: every age counts from `now` on.
  public mutating func resume(at now: Instant) { floor = max(floor, now.nanoseconds) }

  /// Notes a step, and passes the recovery when no order is stuck any more.
  public mutating func receive(_ step: OrderEvent, at now: Instant) -> Verdict<HealthTransition> {
    let slot = orders.slot(of: step.order)
    guard let next = state(after: step, at: slot) else { return end(slot, step) }
    guard let slot else { return begin(step, next, at: now.nanoseconds) }
    guard rank(next) > rank(orders[slot].state) else { return .drop(.unchanged) }
    let wasStuck = orders[slot].isStuck
    orders[slot].isStuck = false
    (orders[slot].state, orders[slot].since) = (next, now.nanoseconds)
    arm(slot, at: now.nanoseconds)
    return wasStuck ? freed(step) : .drop(.alive)
  }

  /// Takes one order that is stuck. Only the first is told.
  public mutating func expire(at now: Instant) -> Due<HealthTransition>? {
    while nextDeadline <= now, let (slot, instant) = timers.popDue(at: now) {
      guard let limit = limits[orders[slot].state] else { continue }
      let age = max(orders[slot].since, floor)
      let due = age.addingSaturated(limit.wholeNanoseconds)
      if due > instant.nanoseconds {
        timers.arm(slot, at: Instant(nanoseconds: due))
        continue
      }
      orders[slot].isStuck = true
      stuckCount += 1
      if stuckCount == 1 {
        return Due(stuck(slot, limit), at: instant, .absent, isMade: true)
      }
    }
    return nil
  }

  /// Nothing: the end of the stream is no silence.
  public mutating func finish(at now: Instant) -> Due<HealthTransition>? { nil }
}

extension OrderAges {
  /// The state after a step; nil when the order is not watched any more.
  private mutating func state(after step: OrderEvent, at slot: Int?) -> OrderState? {
    switch step.kind {
    case .signalled: return .signalled
    case .submitted: return .submitted
    case .unconfirmed: return .unconfirmed
    case .acknowledged: return .acknowledged
    case .filled(let quantity, _, let fill, _): return filled(quantity, fill, slot)
    case .replaced(let quantity, _): return replaced(quantity, slot)
    case .rejected, .cancelled: return nil
    // A step that is neither an answer nor an end leaves the order where it is.
    default: return step.kind == .expired ? nil : slot.map { orders[$0].state }
    }
  }

  private mutating func filled(_ quantity: Decimal, _ fill: String, _ slot: Int?) -> OrderState? {
    guard let slot, let open = orders[slot].open else { return nil }
    guard orders[slot].lastFill != fill else { return .partiallyFilled }
    (orders[slot].open, orders[slot].lastFill) = (open - quantity, fill)
    return open - quantity > 0 ? .partiallyFilled : nil
  }

  /// The order has another quantity in all; one that is filled already has nothing left to wait for.
  private mutating func replaced(_ quantity: Decimal?, _ slot: Int?) -> OrderState? {
    guard let slot else { return nil }
    guard let quantity, let open = orders[slot].open, let ordered = orders[slot].ordered else {
      return orders[slot].state
    }
    (orders[slot].ordered, orders[slot].open) = (quantity, open + quantity - ordered)
    return open + quantity - ordered > 0 ? orders[slot].state : nil
  }

  private func rank(_ state: OrderState) -> Int {
    OrderState.allCases.firstIndex(of: state) ?? 0
  }

  private mutating func begin(
    _ step: OrderEvent,
    _ state: OrderState,
    at now: Int64
  ) -> Verdict<HealthTransition> {
    guard orders.count < orderLimit else {
      refusedCount += 1
      return .drop(.keyLimit)
    }
    var waiting = Waiting(symbol: step.symbol, state: state, since: now)
    if case .signalled(_, let quantity, _, _, _) = step.kind {
      (waiting.ordered, waiting.open) = (quantity, quantity)
    }
    arm(orders.insert(step.order, waiting), at: now)
    return .drop(.alive)
  }

  private mutating func arm(_ slot: Int, at now: Int64) {
    guard let limit = limits[orders[slot].state] else { return timers.cancel(slot) }
    timers.arm(slot, at: Instant(nanoseconds: now.addingSaturated(limit.wholeNanoseconds)))
  }

  private mutating func end(_ slot: Int?, _ step: OrderEvent) -> Verdict<HealthTransition> {
    guard let slot else { return .drop(.filtered) }
    timers.cancel(slot)
    return orders.remove(slot).isStuck ? freed(step) : .drop(.alive)
  }

  private mutating func freed(_ step: OrderEvent) -> Verdict<HealthTransition> {
    stuckCount -= 1
    guard stuckCount == 0 else { return .drop(.unchanged) }
    let reason = "no order is stuck any more, the last was \(step.order) (\(step.symbol))"
    return .pass(
      HealthTransition(component: "orders", from: .unhealthy, to: .healthy, reason: reason),
      .resolved
    )
  }

  private func stuck(_ slot: Int, _ limit: Duration) -> HealthTransition {
    let order = orders[slot]
    return HealthTransition(
      component: "orders",
      from: .healthy,
      to: .unhealthy,
      reason: "order \(orders.key(at: slot)) (\(order.symbol)) is \(order.state.rawValue) for "
        + limit.words,
      value: limit.inSeconds
    )
  }
}
