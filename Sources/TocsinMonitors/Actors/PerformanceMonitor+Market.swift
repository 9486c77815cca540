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
  ///   - intake: How trades and equity are read; also what goes on after a restart.
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
    let events = Outlet<PerformanceEvent>("\(name).events")
    let reader = IntakeReader(intake)
    _ = Tap(market, selecting: TradingEvent.self) { PerformanceIntake.concerns($0) ? $0 : nil }
      .named("\(name).market")
      .compactMap(to: PerformanceEvent.self) { reader.take($0, at: lane.now) }
      .named("\(name).intake").send(to: events)
    self.init(
      on: lane,
      name: name,
      watching: events,
      calendar: calendar,
      settings: settings,
      restoring: memories
    )
  }
}

/// Reads trading events with an intake. Of one lane.
private final class IntakeReader {
  private var intake: PerformanceIntake

  init(_ intake: PerformanceIntake) { self.intake = intake }

  func take(_ event: TradingEvent, at now: Instant) -> PerformanceEvent? {
    switch event {
    case .order(let step): return intake.trade(step, at: now).map { .trade($0) }
    case .account(let report): return intake.mark(report).map { .mark($0) }
    case .transfer(let transfer):
      intake.take(transfer)
      return nil
    default: return nil
    }
  }
}
