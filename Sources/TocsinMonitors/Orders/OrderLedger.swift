public import Tocsin

/// Follows every order through its life.
///
/// Events may be repeated, come in any order, or be missing: nothing traps, each oddity is a
/// finding, each fill id is counted once, and every counted fill is in ``OrderRecord/filledQuantity``
/// whatever the state of the order was. O(1) an event. Open orders are bounded; ended orders are
/// remembered up to a limit, so repeats and late fills are recognised, and then forgotten.
public struct OrderLedger: Sendable {
  /// What one event did.
  public struct Outcome: Sendable {
    /// What is wrong with the event, if something is. The gravest thing only.
    public var finding: OrderFinding?
    /// Whether this event ended the order; the first end counts. Its record is still known.
    public var isEnd = false
    /// Where the order stands now; nil when it is not followed.
    public var standing: OrderStanding?
    /// Where its record is; nil when the order is not followed.
    var slot: Int?
  }

  /// How many open orders are followed at most.
  public let openLimit: Int
  /// How many orders are open.
  public private(set) var openCount = 0
  /// Events of orders that are not followed because there were too many.
  public private(set) var refusedCount = 0
  /// How many findings of each kind there were.
  public private(set) var findingCounts: [OrderFinding.Kind: Int] = [:]
  private var records = KeyTable<String, OrderRecord>()
  /// The slots of the orders that have ended, in that order.
  private var ended: Recent<Int32>

  /// Makes an empty ledger. Limits below 1 count as 1.
  public init(openLimit: Int = 10_000, endedLimit: Int = 10_000) {
    self.openLimit = max(1, openLimit)
    ended = Recent(capacity: endedLimit)
  }

  /// What is known of an order; nil when it was never seen, or ended long ago.
  public subscript(order: String) -> OrderRecord? {
    records.slot(of: order).map { records[$0] }
  }

  /// The record in a slot, in place.
  subscript(slot slot: Int) -> OrderRecord {
    @inline(__always) _read { yield records[slot] }
  }

  /// Open orders that are in one state, other than resting at the broker, for at least `limit`; in
  /// the order of their ids. O(orders).
  public func stuck(for limit: Duration, at now: Instant) -> [OrderRecord] {
    let resting: Set<OrderState> = [.acknowledged, .partiallyFilled]
    var stuck: [OrderRecord] = []
    records.forEach { _, _, record in
      let isWaiting = !record.state.isTerminal && !resting.contains(record.state)
      if isWaiting, record.stateSince.duration(to: now) >= limit { stuck.append(record) }
    }
    return stuck.sorted { $0.order < $1.order }
  }

  /// Takes one event.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - now: When it was received.
  ///   - touch: The market of its symbol at that moment; nil when nobody looked.
  /// - Returns: What it did.
  public mutating func receive(
    _ event: OrderEvent,
    at now: Instant,
    _ touch: Touch? = nil
  ) -> Outcome {
    guard let (slot, isNew) = place(of: event, at: now) else {
      refusedCount += 1
      return Outcome(finding: note(.tooManyOrders, event, nil))
    }
    let before = records[slot].state
    let kind = records[slot].take(event, isNew: isNew, at: now, touch)
    let finding = kind.map { note($0, event, isNew ? nil : before) }
    if isNew {
      guard kind != .invalid else { return forget(slot, finding) }
      openCount += 1
    }
    return outcome(slot, finding, wasOpen: !before.isTerminal)
  }

  /// The slot of the event's order, which is made when it is new; nil when there are too many.
  private mutating func place(of event: OrderEvent, at now: Instant) -> (slot: Int, isNew: Bool)? {
    guard openCount < openLimit else { return records.slot(of: event.order).map { ($0, false) } }
    return records.findOrInsert(
      event.order,
      OrderRecord(order: event.order, symbol: event.symbol, at: now)
    )
  }

  /// An order does not begin with an event that is invalid.
  private mutating func forget(_ slot: Int, _ finding: OrderFinding?) -> Outcome {
    records.remove(slot)
    return Outcome(finding: finding)
  }

  private mutating func outcome(
    _ slot: Int,
    _ finding: OrderFinding?,
    wasOpen: Bool
  ) -> Outcome {
    let standing = OrderStanding(records[slot])
    let isEnd = wasOpen && standing.state.isTerminal
    if isEnd { end(slot) }
    return Outcome(finding: finding, isEnd: isEnd, standing: standing, slot: slot)
  }

  /// The order is open no more. It is remembered, and the one that ended longest ago is not.
  private mutating func end(_ slot: Int) {
    openCount -= 1
    if let forgotten = ended.append(Int32(truncatingIfNeeded: slot)) {
      records.remove(Int(forgotten))
    }
  }

  private mutating func note(
    _ kind: OrderFinding.Kind,
    _ event: OrderEvent,
    _ state: OrderState?
  ) -> OrderFinding {
    findingCounts[kind, default: 0] += 1
    return OrderFinding(order: event.order, symbol: event.symbol, kind: kind, state: state)
  }
}
