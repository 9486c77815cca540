public import Tocsin

/// How well orders are executed: their life cycles, and rolling figures overall, per symbol, per
/// side, and per venue where the instruments tell it.
///
/// An order enters the figures once, when it ends. What is filled afterwards is counted in its
/// record and reported as a finding, but the figures stay as they were. O(1) amortised an event, and
/// O(log n) for each figure whose quantile somebody asked for; memory is bounded by the limits, and
/// allocated while it grows only.
public struct ExecutionQuality: Sendable {
  /// The limits and look-backs.
  public let limits: ExecutionLimits
  /// The orders.
  public internal(set) var orders: OrderLedger
  /// Ended orders that have no figures of their symbol because there are too many symbols.
  public internal(set) var unlistedCount = 0
  /// When an order leaves the look-back of time, or changes wait to be asked for. Kept, not computed:
  /// its reader holds this value in an object, and would copy all of it.
  public private(set) var nextDeadline = Instant.distantFuture
  let contracts: [String: ContractTerms]
  let limited: [ExecutionMetric]
  /// The look-back of time, in nanoseconds.
  let lookBack: Int64
  var quotes: TouchBook
  var pool: TradePool
  var scopes: [ScopeWindow]
  /// The places of their figures.
  var symbols = KeyTable<String, Int>()
  var venues = KeyTable<String, Int>()
  var free: [Int] = []
  /// The number of the first order that is within the look-back of time.
  var firstRecent = 0
  /// The scopes whose limits must be judged, and since when.
  var touched: [Int] = []
  var touchedAt = Instant.distantFuture
  var distributions = [LatencyDistribution](
    repeating: LatencyDistribution(),
    count: MeanFigure.legs.count
  )

  /// Makes figures without orders.
  ///
  /// - Parameters:
  ///   - limits: The limits and look-backs.
  ///   - openLimit: How many open orders are followed at most.
  ///   - instruments: What tells the venue of a symbol, and the currency and the multiplier that
  ///     fees need. Of a symbol with several instruments only what they agree on is known.
  public init(
    _ limits: ExecutionLimits = ExecutionLimits(),
    openLimit: Int = 10_000,
    instruments: [Instrument] = []
  ) {
    self.limits = limits
    orders = OrderLedger(openLimit: openLimit)
    contracts = Self.contracts(instruments)
    limited = limits.limited
    lookBack = limits.fillRateLookBack.wholeNanoseconds
    quotes = TouchBook(maximumAge: limits.maximumQuoteAge, limit: limits.quoteLimit)
    pool = TradePool(capacity: max(limits.orderLimit, limits.window))
    scopes = [
      ScopeWindow(.overall, dimension: 0), ScopeWindow(.side(.buy), dimension: 1),
      ScopeWindow(.side(.sell), dimension: 1),
    ]
  }

  /// Quotes that found no room because there are too many symbols.
  public var refusedQuoteCount: Int { quotes.refusedCount }

  /// Takes a quote: what the next orders of its symbol meet. When the instruments name one venue for
  /// the symbol, quotes of other venues are not looked at. O(1).
  public mutating func receive(_ quote: Quote, at now: Instant) {
    if !contracts.isEmpty, let venue = contracts[quote.symbol]?.venue, venue != quote.venue {
      return
    }
    quotes.receive(quote, at: now)
  }

  /// Takes one event. When it ended an order, figures have changed: ask for ``changes(at:)``.
  public mutating func receive(_ event: OrderEvent, at now: Instant) -> OrderLedger.Outcome {
    defer { plan() }
    forget(at: now)
    let outcome = orders.receive(event, at: now, quotes.touch(event.symbol, at: now))
    if outcome.isEnd, let slot = outcome.slot { append(slot, at: now) }
    return outcome
  }

  mutating func plan() {
    if !touched.isEmpty {
      nextDeadline = touchedAt
    } else if firstRecent < pool.total {
      let oldest = pool.rows[firstRecent % pool.capacity]
      nextDeadline = oldest.endedAt.advanced(byNanoseconds: lookBack)
    } else {
      nextDeadline = .distantFuture
    }
  }

  /// The figures that began to break their limit, or stopped, since the last call, be it by an order
  /// or by time alone; in the order in which their scopes changed.
  public mutating func changes(at now: Instant) -> [ExecutionReading] {
    defer { plan() }
    forget(at: now)
    var changes: [ExecutionReading] = []
    for scope in touched {
      scopes[scope].isTouched = false
      judge(scope, &changes)
      recycle(scope)
    }
    touched.removeAll(keepingCapacity: true)
    touchedAt = .distantFuture
    return changes
  }
}
