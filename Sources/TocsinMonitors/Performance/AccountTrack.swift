import Tocsin

/// The equity of one account: its index, its drawdowns, its trading days and weeks.
struct AccountTrack: Codable, Sendable {
  private(set) var wealth = WealthIndex()
  private(set) var drawdown: DrawdownTrack
  var days: ReturnSeries
  private(set) var highest = ExactAmount.zero
  private(set) var markCount = 0
  /// The index at the end of the last closed day.
  private(set) var closedValue = 1.0
  /// Days whose return was too large to be right.
  private(set) var unusableDays = 0
  private var firstEquity = ExactAmount.zero
  private var firstDeposits = ExactAmount.zero

  init(_ settings: PerformanceSettings, at now: Instant) {
    drawdown = DrawdownTrack(at: now)
    days = ReturnSeries(
      window: settings.window,
      minimumAcceptableReturn: settings.minimumDailyReturn
    )
  }

  /// What was earned since the first mark.
  var profit: ExactAmount {
    let paid = wealth.deposits.subtracting(firstDeposits) ?? .zero
    return wealth.equity.subtracting(firstEquity)?.subtracting(paid) ?? .zero
  }

  /// Takes a mark; gives back the drawdown that it ends. O(1), no allocation.
  mutating func mark(
    _ equity: ExactAmount,
    _ deposits: ExactAmount,
    _ day: inout PeriodTrack,
    _ week: inout PeriodTrack,
    at now: Instant
  ) -> DrawdownEpisode? {
    let step = wealth.mark(equity, deposits)
    if markCount == 0 { begin(&day, &week) }
    markCount += 1
    highest = max(highest, equity)
    switch step {
    case .withoutCapital:
      return nil
    case .started:
      if markCount > 1 { restart(&day, &week) }
      return drawdown.restart(at: now)
    case .restarted(let last):
      if day.startIndex > 0 { append(last / day.startIndex - 1, day, at: now) }
      restart(&day, &week)
      return drawdown.restart(at: now)
    case .moved:
      day.mark(wealth)
      week.mark(wealth)
      return drawdown.mark(wealth.value, at: now)
    }
  }

  private mutating func begin(_ day: inout PeriodTrack, _ week: inout PeriodTrack) {
    firstEquity = wealth.equity
    firstDeposits = wealth.deposits
    highest = wealth.equity
    day.start(from: wealth)
    week.start(from: wealth)
  }

  private func restart(_ day: inout PeriodTrack, _ week: inout PeriodTrack) {
    day.restart()
    week.restart()
  }

  /// Takes the return of a day that is over. A day without a mark gives none; the next one's return
  /// is of both.
  mutating func close(_ day: PeriodTrack) {
    guard day.hasMoved, let growth = day.growth(to: wealth) else { return }
    append(growth, day, at: day.bounds.upperBound)
    closedValue = wealth.value
  }

  private mutating func append(_ growth: Double, _ day: PeriodTrack, at end: Instant) {
    guard ReturnSeries.isUsable(growth) else { return unusableDays += 1 }
    let profit = day.profit(to: wealth).double
    days.append(ReturnSample(value: growth, profit: profit, end: end.nanoseconds))
  }
}
