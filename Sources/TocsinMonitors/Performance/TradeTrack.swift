import Tocsin

/// The closed trades of one account or strategy.
struct TradeTrack: Codable, Sendable {
  private(set) var series: ReturnSeries
  private(set) var streak = Streak()
  private(set) var profit = ExactAmount.zero

  init(_ settings: PerformanceSettings) {
    series = ReturnSeries(
      window: settings.window,
      minimumAcceptableReturn: settings.minimumTradeReturn
    )
  }

  /// Takes a trade. Amortised O(1), no allocation once the window is full.
  mutating func append(_ returnOnCapital: Double, _ amount: ExactAmount, closed: Instant) {
    profit = profit.adding(amount) ?? profit
    streak.append(amount.units.signum() < 0 ? -1 : amount.units > 0 ? 1 : 0)
    series.append(
      ReturnSample(value: returnOnCapital, profit: amount.double, end: closed.nanoseconds)
    )
  }

  /// The figures as they are. O(1) amortised for each trade since the last time.
  mutating func figures(
    _ settings: PerformanceSettings,
    day: ExactAmount,
    week: ExactAmount
  ) -> TradePerformance {
    var figures = TradePerformance(window: settings.window)
    let recent = series.recentSums()
    figures.total = TradeFigures(series.total, Self.basis(series.total, settings))
    var basis = Self.basis(recent, settings)
    basis.window = settings.window
    figures.recent = TradeFigures(recent, sorted: series.sortedRecent(), basis)
    figures.streak = streak
    figures.profit.total = profit
    figures.profit.day = day
    figures.profit.week = week
    return figures
  }

  private static func basis(_ sums: ReturnSums, _ settings: PerformanceSettings) -> ReturnBasis {
    ReturnBasis(
      series: .trades,
      periodsPerYear: tradesPerYear(sums, settings.tradesPerYear),
      minimumAcceptableReturn: settings.minimumTradeReturn,
      riskFreeReturn: 0,
      base: .capitalUsed,
      tail: settings.tail
    )
  }

  /// The trades after the first one, over the time since it was closed.
  private static func tradesPerYear(
    _ sums: ReturnSums,
    _ rule: PerformanceSettings.TradesPerYear
  ) -> Measured {
    if case .fixed(let count) = rule { return .value(count) }
    guard sums.count >= 2 else { return .undefined(sums.count == 0 ? .noData : .tooFew) }
    let (span, overflow) = sums.latestEnd.subtractingReportingOverflow(sums.earliestEnd)
    guard !overflow, span >= 86_400_000_000_000 else { return .undefined(.tooShort) }
    return .value(Double(sums.count - 1) / (Double(span) / nanosecondsPerYear))
  }

  /// A year of 365.25 days.
  private static let nanosecondsPerYear = 31_557_600e9
}
