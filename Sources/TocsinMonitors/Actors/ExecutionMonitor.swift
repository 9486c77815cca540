public import Tocsin

/// Watches how well orders are executed: their life cycles, what they cost, and how often and how
/// fast they are filled.
///
/// ```swift
/// let execution = ExecutionMonitor(on: lane, watching: market)
/// Tap(execution.changes).alert { $0.alert }.route { Otherwise { log } }
/// ```
///
/// Make it on its lane, in the build closure of a graph. It needs the orders, and the quotes of their
/// symbols for what they met when they were sent and when they ended. An order enters the figures
/// when it ends; limits are judged then, and when an order leaves the look-back of time, to the
/// nanosecond, so a fill rate recovers by time alone.
public actor ExecutionMonitor: LaneActor {
  /// The lane it lives on.
  public nonisolated let lane: Lane
  /// What it watches. Send events here when it was not given an outlet.
  public nonisolated let events: Outlet<TradingEvent>
  /// What is wrong with single events.
  public nonisolated let findings: Outlet<OrderFinding>
  /// Figures that began to break their limit, or stopped.
  public nonisolated let changes: Outlet<ExecutionReading>
  /// Every order that ended.
  public nonisolated let ended: Outlet<OrderRecord>
  /// Orders that wait for too long, and the end of it.
  public nonisolated let stuck: Outlet<StuckOrder>
  /// The mean slippage of a symbol, after each of its orders.
  public nonisolated let slippage: Outlet<ExecutionReading>
  /// The fill rate of all orders, after each order.
  public nonisolated let fillRate: Outlet<ExecutionReading>

  private let book: ExecutionBook

  /// Makes a monitor, on its lane.
  ///
  /// - Parameters:
  ///   - lane: The lane it lives on.
  ///   - name: The first part of the names of its outlets and of its steps; unique in a graph.
  ///   - market: What it watches.
  ///   - window: How many ended orders the figures stand on, in each scope.
  ///   - limits: What is too bad; its own `window` is not used.
  ///   - stuckAfter: How long an order may wait in each state, or for a change.
  ///   - openLimit: How many open orders are followed at most.
  ///   - instruments: What tells the venue of a symbol, and the currency of its fees. Without them
  ///     there are no figures per venue, and fees are known only where they are zero.
  public init(
    on lane: Lane,
    name: String = "execution",
    watching market: Outlet<TradingEvent>? = nil,
    window: Int = 1_000,
    limits: ExecutionLimits = ExecutionLimits(),
    stuckAfter: StuckLimits = StuckLimits(),
    openLimit: Int = 10_000,
    instruments: [Instrument] = []
  ) {
    self.lane = lane
    let events = market ?? Outlet<TradingEvent>("\(name).events")
    self.events = events
    let told = ExecutionTold(name)
    (findings, changes, ended) = (told.findings, told.changes, told.ended)
    (slippage, fillRate) = (told.slippage, told.fillRate)
    stuck = Outlet("\(name).stuck")
    var limits = limits
    limits.window = max(1, window)
    book = ExecutionBook(
      ExecutionQuality(limits, openLimit: openLimit, instruments: instruments)
    )
    _ = Tap(events, selecting: TradingEvent.self) { ExecutionWatch.concerns($0) ? $0 : nil }
      .named("\(name).market")
      .timed(ExecutionWatch(book: book), "execution").named("\(name).orders")
      .compactMap(to: OrderStep.self) { told.tell($0) }.named("\(name).steps")
      .timed(StuckOrders(stuckAfter, orderLimit: openLimit), "stuck").named("\(name).waiting")
      .send(to: stuck)
    lane.adopt(self)
  }

  /// All figures as they are now.
  public func readings(of scope: ExecutionScope = .overall) -> [ExecutionReading] {
    book.quality.readings(of: scope, at: lane.now)
  }

  /// The value below which a fraction of the orders lies; see ``ExecutionQuality``. The first
  /// question about a figure sorts it; later ones are O(blocks).
  public func quantile(
    _ fraction: Double,
    of metric: ExecutionMetric,
    in scope: ExecutionScope = .overall
  ) -> Measured {
    book.quality.quantile(fraction, of: metric, in: scope, at: lane.now)
  }

  /// All times of one leg since the start; nil when the metric is no time.
  public func latency(of metric: ExecutionMetric) -> LatencyDistribution? {
    book.quality.latency(of: metric)
  }

  /// What is known of an order; nil when it was never seen, or ended long ago.
  public func order(_ id: String) -> OrderRecord? { book.quality.orders[id] }

  /// How many orders are open.
  public var openCount: Int { book.quality.orders.openCount }

  /// The scopes that have figures.
  public var listedScopes: [ExecutionScope] { book.quality.listedScopes }

  /// What was contained because there was no room for it.
  public var overflow: ExecutionOverflow {
    ExecutionOverflow(
      orderEvents: book.quality.orders.refusedCount,
      unlistedOrders: book.quality.unlistedCount,
      quotes: book.quality.refusedQuoteCount
    )
  }
}

/// What an execution monitor contained because there was no room for it.
public struct ExecutionOverflow: Hashable, Codable, Sendable {
  /// Events of orders that are not followed.
  public var orderEvents: Int
  /// Ended orders that have no figures of their symbol.
  public var unlistedOrders: Int
  /// Quotes of symbols whose quotes are not remembered.
  public var quotes: Int

  /// Makes the counts.
  public init(orderEvents: Int = 0, unlistedOrders: Int = 0, quotes: Int = 0) {
    self.orderEvents = orderEvents
    self.unlistedOrders = unlistedOrders
    self.quotes = quotes
  }
}
