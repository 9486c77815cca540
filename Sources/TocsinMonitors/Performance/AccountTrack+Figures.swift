import Foundation
import Tocsin

extension AccountTrack {
  /// The figures as they are.
  mutating func figures(
    _ day: PeriodTrack,
    _ week: PeriodTrack,
    _ settings: PerformanceSettings,
    daysPerYear: Double
  ) -> EquityPerformance {
    var figures = EquityPerformance(wealth.equity, window: settings.window)
    figures.highestEquity = highest
    figures.peakEquity = peakEquity
    figures.profit.total = profit
    figures.profit.day = day.profit(to: wealth)
    figures.profit.week = week.profit(to: wealth)
    figures.drawdown = drawdownFigures
    figures.day = period(day)
    figures.week = period(week)
    let basis = Self.basis(settings, daysPerYear)
    figures.total = ReturnFigures(days.total, basis)
    figures.annualGrowth = annualGrowth(daysPerYear)
    figures.calmar = calmar(figures.annualGrowth)
    var recent = basis
    recent.window = settings.window
    figures.recent = ReturnFigures(days.recentSums(), sorted: days.sortedRecent(), recent)
    return figures
  }

  private static func basis(_ settings: PerformanceSettings, _ daysPerYear: Double) -> ReturnBasis {
    ReturnBasis(
      series: .days,
      periodsPerYear: .value(daysPerYear),
      minimumAcceptableReturn: settings.minimumDailyReturn,
      riskFreeReturn: settings.riskFreeDailyReturn,
      base: .previousDay,
      tail: settings.tail
    )
  }

  /// The equity ÷ (1 + drawdown).
  private var peakEquity: ExactAmount {
    guard drawdown.open != nil, wealth.value > 0 else { return wealth.equity }
    let peak = wealth.equity.double * (drawdown.peak / wealth.value)
    return ExactAmount(nearest: peak) ?? wealth.equity
  }

  private var drawdownFigures: DrawdownFigures {
    var figures = DrawdownFigures()
    let hasCapital = wealth.hasCapital
    figures.current = mark(hasCapital ? .finite(drawdown.current) : .undefined(.noCapital), .peak)
    let depth = drawdown.deepest?.depth ?? 0
    figures.maximum = mark(hasCapital ? .finite(depth) : .undefined(.noCapital), .peak)
    figures.open = drawdown.open
    figures.deepest = drawdown.deepest
    return figures
  }

  private func period(_ track: PeriodTrack) -> PeriodFigures {
    var figures = PeriodFigures()
    figures.bounds = track.bounds
    figures.startEquity = track.startEquity
    let undefined = Measured.undefined(.noCapital)
    let isKnown = wealth.hasCapital
    figures.drawdown = mark(isKnown ? track.drawdown(to: wealth) : undefined, .periodStart)
    figures.drawdownFromHigh = mark(
      isKnown ? track.drawdownFromHigh(to: wealth) : undefined,
      .periodHigh
    )
    return figures
  }

  private func mark(_ measured: Measured, _ base: Convention.Base) -> PerformanceFigure {
    PerformanceFigure(measured, Convention(series: .marks, samples: markCount, base: base))
  }

  private func annualGrowth(_ daysPerYear: Double) -> PerformanceFigure {
    let count = days.total.count
    let convention = Convention(
      series: .days,
      samples: count,
      periodsPerYear: daysPerYear,
      base: .previousDay
    )
    guard count > 0 else { return PerformanceFigure(.undefined(.noData), convention) }
    guard wealth.restarts == 0, closedValue > 0 else {
      return PerformanceFigure(.undefined(.ruined), convention)
    }
    let growth = pow(closedValue, daysPerYear / Double(count)) - 1
    return PerformanceFigure(.finite(growth), convention)
  }

  private func calmar(_ growth: PerformanceFigure) -> PerformanceFigure {
    let depth = drawdown.deepest?.depth ?? 0
    let ratio: Measured = growth.measured.flatMap { growth in
      depth < 0 ? .finite(growth / -depth) : .undefined(.noDrawdown)
    }
    return PerformanceFigure(ratio, growth.convention)
  }
}
