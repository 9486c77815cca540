public import Tocsin

/// Watches how well orders are executed: their life cycles, what they cost, and how often and how
/// fast they are filled.
///
/// ```swift
/// let execution = ExecutionMonitor(on: lane, watching: market)
/// Tap(execution.changes).alert { $0.alert }.route { Otherwise { log } }
/// ```
///
/// Make it on its lane, in the build closure of a graph. An order enters the figures when it ends;
/// a limit is judged then, so a fill rate recovers with the next order, not by time alone.
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
  /// Orders that the broker does not answer, and their end.
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
  ///   - window: How many ended orders the figures stand on, per symbol and overall.
  ///   - limits: What is too bad; its own `window` is not used.
  ///   - stuckAfter: How long the broker may leave an order without an answer.
  ///   - openLimit: How many open orders are followed at most.
  public init(
    on lane: Lane,
    name: String = "execution",
    watching market: Outlet<TradingEvent>? = nil,
    window: Int = 1_000,
    limits: ExecutionLimits = ExecutionLimits(),
    stuckAfter: Duration = .seconds(10),
    openLimit: Int = 10_000
  ) {
    self.lane = lane
    let events = market ?? Outlet<TradingEvent>("\(name).events")
    self.events = events
    findings = Outlet("\(name).findings")
    changes = Outlet("\(name).changes")
    ended = Outlet("\(name).ended")
    stuck = Outlet("\(name).stuck")
    slippage = Outlet("\(name).slippage")
    fillRate = Outlet("\(name).fillRate")
    var limits = limits
    limits.window = max(1, window)
    let book = ExecutionBook(ExecutionQuality(limits, openLimit: openLimit))
    let told = ExecutionTold(findings, changes, ended, slippage, fillRate)
    let orders = Tap(events).compactMap(to: OrderEvent.self) { event in
      if case .order(let order) = event { order } else { nil }
    }
    _ = orders.named("\(name).orders").each { told.tell(book.receive($0, at: lane.now)) }
    let rule = StuckOrders(limit: stuckAfter, orderLimit: openLimit)
    _ = Tap(events).timed(rule, "stuck").named("\(name).waiting").send(to: stuck)
    self.book = book
    lane.adopt(self)
  }

  /// All figures as they are now, of one symbol, or of all when `symbol` is empty.
  public func readings(symbol: String = "") -> [ExecutionReading] {
    book.quality.readings(symbol: symbol, at: lane.now)
  }

  /// What is known of an order; nil when it was never seen, or ended long ago.
  public func order(_ id: String) -> OrderRecord? { book.quality.orders[id] }

  /// How many orders are open.
  public var openCount: Int { book.quality.orders.openCount }
}

/// The figures of an execution monitor. Of one lane.
final class ExecutionBook {
  fileprivate(set) var quality: ExecutionQuality
  private var changes = ExecutionChanges()

  init(_ quality: ExecutionQuality) { self.quality = quality }

  /// What one event brought about.
  struct News {
    var finding: OrderFinding?
    var ended: OrderRecord?
    var slippage: ExecutionReading?
    var fillRate: ExecutionReading?
    var changes: [ExecutionReading] = []
  }

  func receive(_ event: OrderEvent, at now: Instant) -> News {
    let outcome = quality.receive(event, at: now)
    var news = News(finding: outcome.finding, ended: outcome.ended)
    guard let order = outcome.ended else { return news }
    news.slippage = quality.reading(.slippage, symbol: order.symbol, at: now)
    news.fillRate = quality.reading(.fillRate, at: now)
    let all = quality.readings(at: now) + quality.readings(symbol: order.symbol, at: now)
    news.changes = all.compactMap { changes.receive($0, at: now).output }
    return news
  }
}

/// Where an execution monitor tells what happened.
private struct ExecutionTold {
  let findings: Outlet<OrderFinding>
  let changes: Outlet<ExecutionReading>
  let ended: Outlet<OrderRecord>
  let slippage: Outlet<ExecutionReading>
  let fillRate: Outlet<ExecutionReading>

  init(
    _ findings: Outlet<OrderFinding>,
    _ changes: Outlet<ExecutionReading>,
    _ ended: Outlet<OrderRecord>,
    _ slippage: Outlet<ExecutionReading>,
    _ fillRate: Outlet<ExecutionReading>
  ) {
    self.findings = findings
    self.changes = changes
    self.ended = ended
    self.slippage = slippage
    self.fillRate = fillRate
  }

  func tell(_ news: ExecutionBook.News) {
    if let finding = news.finding { findings.send(finding) }
    if let order = news.ended { ended.send(order) }
    if let reading = news.slippage { slippage.send(reading) }
    if let reading = news.fillRate { fillRate.send(reading) }
    if !news.changes.isEmpty { changes.send(contentsOf: news.changes) }
  }
}
