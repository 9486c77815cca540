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
  private var filled = Runs<String>()
  private var symbols = Runs<String>()
  private var orders = Runs<String>()
  private var cash = Runs<Bool>()

  /// Makes a guard with nothing in flight.
  public init(guardTime: Duration = .seconds(5), maximumDeferral: Duration = .seconds(300)) {
    self.guardTime = guardTime
    self.maximumDeferral = maximumDeferral
  }

  /// Takes note of a step of an order.
  public mutating func receive(_ event: OrderEvent, at now: Instant) {
    symbols.touch(event.symbol, guardTime, at: now)
    orders.touch(event.order, guardTime, at: now)
    if let id = event.venueOrder { orders.touch(id, guardTime, at: now) }
    guard case .filled = event.kind else { return }
    filled.touch(event.symbol, guardTime, at: now)
    cash.touch(true, guardTime, at: now)
  }

  /// Takes note that our book is being changed as a proposal says.
  mutating func receive(_ proposal: ReconciliationProposal, at now: Instant) {
    switch proposal.item.topic {
    case .positions: filled.touch(proposal.symbol, guardTime, at: now)
    case .orders: orders.touch(proposal.item.id, guardTime, at: now)
    case .cash: cash.touch(true, guardTime, at: now)
    case .fills:
      filled.touch(proposal.symbol, guardTime, at: now)
      cash.touch(true, guardTime, at: now)
      for value in [proposal.from, proposal.to] {
        if let order = value?.fill?.order { orders.touch(order, guardTime, at: now) }
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
  }

  /// For how long a run is remembered beyond its guard time: reports are never further apart.
  private static var memory: Duration { .seconds(60) }
  private var runs: [Key: Run] = [:]
  private var pruneAt = 1_024

  mutating func touch(_ key: Key, _ guardTime: Duration, at now: Instant) {
    let run = runs[key]
    let isRun = run.map { $0.last.duration(to: now) < guardTime } ?? false
    runs[key] = Run(first: isRun ? run?.first ?? now : now, last: now)
    guard runs.count > pruneAt else { return }
    prune(guardTime, at: now)
    pruneAt = max(1_024, runs.count * 2)
  }

  /// When the run of a key began.
  func first(_ key: Key) -> Instant? { runs[key]?.first }

  private mutating func prune(_ guardTime: Duration, at now: Instant) {
    runs = runs.filter { $0.value.last.duration(to: now) < guardTime + Self.memory }
  }

  mutating func moving(
    _ limits: (guardTime: Duration, maximumDeferral: Duration),
    since start: Instant,
    at now: Instant
  ) -> Set<Key> {
    prune(limits.guardTime, at: now)
    let moving = runs.filter { run in
      run.value.last.duration(to: start) < limits.guardTime
        && run.value.first.duration(to: now) < limits.maximumDeferral
    }
    return Set(moving.keys)
  }
}
