public import Tocsin

/// An order that the broker does not answer, or that it has answered at last.
public struct StuckOrder: Hashable, Codable, Sendable, KeyedEvent, Phased {
  /// The order.
  public var order: String
  /// The symbol.
  public var symbol: String
  /// Where it stands: signalled and not sent, sent and not answered, or sent with unknown outcome.
  public var state: OrderState
  /// For how long.
  public var age: Duration
  /// Firing while it is stuck, resolved when something became of it.
  public var phase: Phase

  /// The order's id.
  public var key: String { order }

  /// The same as an alert: `order.stuck`, about the order. Error when it may be live at the broker
  /// without our knowing, warning when it was not sent.
  public var alert: Alert {
    let ended = "Order \(order) (\(symbol)) goes on after \(age.words)."
    let stuck =
      "Order \(order) (\(symbol)) is \(state.rawValue) for \(age.words) without an answer."
    return Alert(
      "order.stuck",
      state == .signalled ? .warning : .error,
      subject: order,
      message: phase == .firing ? stuck : ended,
      value: age.inSeconds,
      phase: phase,
      labels: ["symbol": symbol]
    )
  }
}

/// Tells of an order when it has been in one state for too long before the broker has it.
///
/// The time counts from when it came into that state. Resolved by whatever happens to the order
/// next. O(1) a step: one limit for all makes the deadlines a queue.
struct StuckOrders: TimedRule, Sendable {
  private struct Waiting {
    var symbol: String
    var state: OrderState
    var since: Instant
    var isTold = false
  }

  let limit: Duration
  /// How many orders are waited for at most; more are not.
  let orderLimit: Int
  private var orders: [String: Waiting] = [:]
  private var queue: [(deadline: Instant, order: String)] = []
  private var head = 0

  init(limit: Duration, orderLimit: Int) {
    self.limit = limit
    self.orderLimit = max(1, orderLimit)
  }

  var nextDeadline: Instant { head < queue.count ? queue[head].deadline : .distantFuture }

  mutating func receive(_ event: TradingEvent, at now: Instant) -> Verdict<StuckOrder> {
    guard case .order(let step) = event else { return .drop(.filtered) }
    guard !step.kind.isOwnRequest else { return .drop(.unchanged) }
    let known = orders[step.order]
    let next = Self.state(after: step.kind)
    if let known, known.state == next { return .drop(.unchanged) }
    if let next { wait(step, next, at: now) } else { orders[step.order] = nil }
    guard let known, known.isTold else { return .drop(.belowThreshold) }
    return .pass(Self.told(step.order, known, at: now, .resolved), .resolved)
  }

  mutating func expire(at now: Instant) -> Due<StuckOrder>? {
    while nextDeadline <= now {
      let (deadline, order) = takeFirst()
      guard let waiting = orders[order], !waiting.isTold,
        waiting.since.advanced(by: limit) == deadline
      else { continue }
      orders[order]?.isTold = true
      let stuck = Self.told(order, waiting, at: deadline, .firing)
      return Due(stuck, at: deadline, .absent, isMade: true)
    }
    return nil
  }

  /// Nothing: the end of the stream is no silence.
  mutating func finish(at now: Instant) -> Due<StuckOrder>? { nil }

  private mutating func wait(_ step: OrderEvent, _ state: OrderState, at now: Instant) {
    guard orders[step.order] != nil || orders.count < orderLimit else { return }
    orders[step.order] = Waiting(symbol: step.symbol, state: state, since: now)
    queue.append((now.advanced(by: limit), step.order))
  }

  private mutating func takeFirst() -> (deadline: Instant, order: String) {
    let first = queue[head]
    head += 1
    if head > 64 && head * 2 > queue.count {
      queue.removeFirst(head)
      head = 0
    }
    return first
  }

  private static func state(after kind: OrderEvent.Kind) -> OrderState? {
    switch kind {
    case .signalled: .signalled
    case .submitted: .submitted
    case .unconfirmed: .unconfirmed
    default: nil
    }
  }

  private static func told(
    _ order: String,
    _ waiting: Waiting,
    at now: Instant,
    _ phase: Phase
  ) -> StuckOrder {
    StuckOrder(
      order: order,
      symbol: waiting.symbol,
      state: waiting.state,
      age: waiting.since.duration(to: now),
      phase: phase
    )
  }
}

extension OrderEvent.Kind {
  /// Whether we ask for something: no sign of life from the broker.
  var isOwnRequest: Bool {
    switch self {
    case .replaceRequested, .cancelRequested: true
    default: false
    }
  }
}
