public import Tocsin

/// Knows what may be in one book and not yet in the other.
///
/// A symbol is in flight for the guard time after each of its fills, an order after each of its
/// steps, and so is all cash after any fill. What moves without a pause is compared again from
/// ``maximumDeferral`` after the first step of the run, until it pauses: a busy symbol cannot hide
/// its drift for ever. O(1) a step.
public struct InFlight: Sendable {
  /// What may be on its way from one book to the other.
  public struct Moving: Hashable, Sendable {
    /// Symbols with a fill: their positions and fills may differ.
    public var filled: Set<String> = []
    /// Symbols with a step of any order: orders may be known under the venue's id only.
    public var symbols: Set<String> = []
    /// Ids of orders with a step, ours and the venue's.
    public var orders: Set<String> = []
    /// Whether cash may differ.
    public var isCash = false

    /// Nothing.
    public static let nothing = Moving()
  }

  /// For how long after a step the books may differ. Default: 5 s.
  public let guardTime: Duration
  /// For how long a run of steps may keep something from being compared. Default: 5 min.
  public let maximumDeferral: Duration
  let guardNanoseconds: Int64
  private var filled = Runs<String>()
  private var symbols = Runs<String>()
  private var orders = Runs<String>()
  private var cash = Runs<Bool>()

  /// Makes a guard with nothing in flight.
  public init(guardTime: Duration = .seconds(5), maximumDeferral: Duration = .seconds(300)) {
    self.guardTime = guardTime
    guardNanoseconds = guardTime.wholeNanoseconds
    self.maximumDeferral = maximumDeferral
  }

  /// Takes note of a step of an order.
  public mutating func receive(_ event: OrderEvent, at now: Instant) {
    symbols.touch(event.symbol, guardNanoseconds, at: now)
    orders.touch(event.order, guardNanoseconds, at: now)
    if let id = event.venueOrder { orders.touch(id, guardNanoseconds, at: now) }
    guard case .filled = event.kind else { return }
    filled.touch(event.symbol, guardNanoseconds, at: now)
    cash.touch(true, guardNanoseconds, at: now)
  }

  /// Takes note that our book is being changed as a proposal says.
  mutating func receive(_ proposal: ReconciliationProposal, at now: Instant) {
    switch proposal.item.topic {
    case .positions: filled.touch(proposal.symbol, guardNanoseconds, at: now)
    case .orders: orders.touch(proposal.item.id, guardNanoseconds, at: now)
    case .cash: cash.touch(true, guardNanoseconds, at: now)
    case .fills:
      filled.touch(proposal.symbol, guardNanoseconds, at: now)
      cash.touch(true, guardNanoseconds, at: now)
      for value in [proposal.from, proposal.to] {
        if let order = value?.fill?.order { orders.touch(order, guardNanoseconds, at: now) }
      }
    }
  }

  /// Whether fills of a symbol may still explain a difference: false when they have come without a
  /// pause for too long.
  func mayExplain(_ symbol: String, at now: Instant) -> Bool {
    filled.first(symbol).map { $0.duration(to: now) < maximumDeferral } ?? true
  }

  /// The same about steps of an order.
  func mayExplain(order: String, at now: Instant) -> Bool {
    orders.first(order).map { $0.duration(to: now) < maximumDeferral } ?? true
  }

  /// The same about cash.
  func mayExplainCash(at now: Instant) -> Bool {
    cash.first(true).map { $0.duration(to: now) < maximumDeferral } ?? true
  }

  /// The symbols with a fill in flight at `now`.
  public mutating func symbols(at now: Instant) -> Set<String> {
    moving(since: now, at: now).filled
  }

  /// What may have been on its way at any time from `start`, when the first of two reports may have
  /// been made, until `now`; forgets what is long over. O(items with steps in the last minute).
  public mutating func moving(since start: Instant, at now: Instant) -> Moving {
    let limits = (guardTime, maximumDeferral)
    return Moving(
      filled: filled.moving(limits, since: start, at: now),
      symbols: symbols.moving(limits, since: start, at: now),
      orders: orders.moving(limits, since: start, at: now),
      isCash: !cash.moving(limits, since: start, at: now).isEmpty
    )
  }
}

/// Runs of steps, by what they are about.
private struct Runs<Key: Hashable & Sendable>: Sendable {
  private struct Run: Sendable {
    var first: Instant
    var last: Instant

    mutating func step(_ guardTime: Int64, at now: Instant) {
      if now >= last.advanced(byNanoseconds: guardTime) { first = now }
      last = now
    }
  }

  /// For how long a run is remembered beyond its guard time: reports are never further apart.
  private static var memory: Duration { .seconds(60) }
  private var runs = KeyTable<Key, Run>()
  private var pruneAt = 1_024

  mutating func touch(_ key: Key, _ guardTime: Int64, at now: Instant) {
    let (slot, isNew) = runs.findOrInsert(key, Run(first: now, last: now))
    guard isNew else { return runs[slot].step(guardTime, at: now) }
    guard runs.count > pruneAt else { return }
    prune(.nanoseconds(guardTime), at: now)
    pruneAt = max(1_024, runs.count * 2)
  }

  /// When the run of a key began.
  func first(_ key: Key) -> Instant? { runs.slot(of: key).map { runs[$0].first } }

  private mutating func prune(_ guardTime: Duration, at now: Instant) {
    for slot in 0..<runs.slotLimit where runs.isOccupied(slot) {
      let age = runs[slot].last.duration(to: now)
      if age >= guardTime + Self.memory { runs.remove(slot) }
    }
  }

  mutating func moving(
    _ limits: (guardTime: Duration, maximumDeferral: Duration),
    since start: Instant,
    at now: Instant
  ) -> Set<Key> {
    prune(limits.guardTime, at: now)
    var moving: Set<Key> = []
    runs.forEach { _, key, run in
      let isMoving =
        run.last.duration(to: start) < limits.guardTime
        && run.first.duration(to: now) < limits.maximumDeferral
      if isMoving { moving.insert(key) }
    }
    return moving
  }
}
