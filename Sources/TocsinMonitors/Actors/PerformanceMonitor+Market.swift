public import Tocsin

extension PerformanceMonitor {
  /// Makes a monitor that reads trades and equity off what a trading system tells, on its lane.
  ///
  /// ```swift
  /// let money = PerformanceIntake.Settings(mode: .paper, currency: "USD")
  /// let performance = PerformanceMonitor(on: lane, watching: market, reading: PerformanceIntake(money))
  /// ```
  ///
  /// - Parameters:
  ///   - lane: The lane it lives on.
  ///   - name: The first part of the names of its outlets and of its steps; unique in a graph.
  ///   - market: What it watches: orders with their fills, account reports, transfers.
  ///   - intake: How trades and equity are read; after a restart what ``intake`` gave before.
  ///   - calendar: Where days and weeks begin.
  ///   - settings: How performance is measured.
  ///   - memories: What ``memories`` gave before, when it goes on after a restart.
  public init(
    on lane: Lane,
    name: String = "performance",
    watching market: Outlet<TradingEvent>,
    reading intake: PerformanceIntake,
    calendar: TradingCalendar = .roundTheClock,
    settings: PerformanceSettings = PerformanceSettings(),
    restoring memories: [PerformanceMemory] = []
  ) {
    let ledger = PerformanceLedger(calendar: calendar, settings, restoring: memories)
    let events = Outlet<PerformanceEvent>("\(name).events")
    self.init(on: lane, name: name, watching: events, ledger, reading: (market, intake))
  }
}

extension PerformanceDesk {
  /// Reads one event of the market.
  func read(_ event: TradingEvent, at now: Instant) -> PerformanceEvent? {
    switch event {
    case .order(let step): return intake?.trade(step, at: now).map { .trade($0) }
    case .account(let report): return intake?.mark(report).map { .mark($0) }
    case .transfer(let transfer):
      intake?.take(transfer)
      return nil
    default: return nil
    }
  }
}
