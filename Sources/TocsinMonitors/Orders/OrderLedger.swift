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
    /// The order, when this event ended it; the first end counts.
    public var ended: OrderRecord?
    /// Where the order stands now; nil when it is not followed.
    public var standing: OrderStanding?
  }

  /// How many open orders are followed at most.
  public let openLimit: Int
  /// How many orders are open.
  public private(set) var openCount = 0
  /// Events of orders that are not followed because there were too many.
  public private(set) var refusedCount = 0
  /// How many findings of each kind there were.
  public private(set) var findingCounts: [OrderFinding.Kind: Int] = [:]
  private var records: [String: OrderRecord] = [:]
  private var endedOrders: Recent<String>

  /// Makes an empty ledger. Limits below 1 count as 1.
  public init(openLimit: Int = 10_000, endedLimit: Int = 10_000) {
    self.openLimit = max(1, openLimit)
    endedOrders = Recent(capacity: endedLimit)
  }

  /// What is known of an order; nil when it was never seen, or ended long ago.
  public subscript(order: String) -> OrderRecord? { records[order] }

  /// Open orders that are in one state, other than resting at the broker, for at least `limit`; in
  /// the order of their ids. O(orders).
  public func stuck(for limit: Duration, at now: Instant) -> [OrderRecord] {
    let resting: Set<OrderState> = [.acknowledged, .partiallyFilled]
    return records.values
      .filter { !$0.state.isTerminal && !resting.contains($0.state) }
      .filter { $0.stateSince.duration(to: now) >= limit }
      .sorted { $0.order < $1.order }
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
    guard let place = records.index(forKey: event.order) else {
      return begin(event, at: now, touch)
    }
    let before = records.values[place].state
    let kind = records.values[place].take(event, isNew: false, at: now, touch)
    let hasEnded = !before.isTerminal && records.values[place].state.isTerminal
    var outcome = Outcome(finding: kind.map { note($0, event, before) })
    outcome.standing = OrderStanding(records.values[place])
    if hasEnded { outcome.ended = end(records.values[place]) }
    return outcome
  }

  private mutating func begin(_ event: OrderEvent, at now: Instant, _ touch: Touch?) -> Outcome {
    guard openCount < openLimit else {
      refusedCount += 1
      return Outcome(finding: note(.tooManyOrders, event, nil))
    }
    var record = OrderRecord(order: event.order, symbol: event.symbol, at: now)
    let kind = record.take(event, isNew: true, at: now, touch)
    var outcome = Outcome(finding: kind.map { note($0, event, nil) })
    if kind == .invalid { return outcome }
    records[record.order] = record
    openCount += 1
    outcome.standing = OrderStanding(record)
    if record.state.isTerminal { outcome.ended = end(record) }
    return outcome
  }

  private mutating func end(_ record: OrderRecord) -> OrderRecord {
    openCount -= 1
    if let forgotten = endedOrders.append(record.order) { records[forgotten] = nil }
    return record
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
