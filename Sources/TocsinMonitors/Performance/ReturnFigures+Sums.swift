import Foundation

/// How a series of returns is judged.
struct ReturnBasis {
  var series: Convention.Series
  var window: Int?
  var periodsPerYear: Measured
  var minimumAcceptableReturn: Double
  var riskFreeReturn: Double
  var base: Convention.Base
  /// The fraction of the returns that are below the value at risk.
  var tail = 0.05
}

extension ReturnFigures {
  /// The figures of some returns. `sorted` are the same returns in order, where they are kept.
  init(_ sums: ReturnSums, sorted: SortedWindow? = nil, _ basis: ReturnBasis) {
    let maker = ReturnFigureMaker(sums: sums, moments: ReturnMoments(sums), basis: basis)
    count = sums.count
    mean = maker.mean
    annualVolatility = maker.annualVolatility
    sharpe = maker.sharpe
    sortino = maker.sortino
    skewness = maker.skewness
    kurtosis = maker.kurtosis
    probabilisticSharpe = maker.probabilisticSharpe
    valueAtRisk = maker.figure(maker.valueAtRisk(sorted))
    expectedShortfall = maker.figure(maker.expectedShortfall(sorted))
  }
}

/// Makes the figures of one series, each with its convention.
private struct ReturnFigureMaker {
  let sums: ReturnSums
  let moments: ReturnMoments
  let basis: ReturnBasis

  var mean: PerformanceFigure {
    figure(sums.count > 0 ? .value(moments.mean) : .undefined(.noData))
  }

  var annualVolatility: PerformanceFigure {
    figure(annual(moments.deviation), .sample, isAnnual: true)
  }

  var sharpe: PerformanceFigure {
    let excess = moments.mean - basis.riskFreeReturn
    let ratio = annual(moments.deviation.map { excess / $0 })
    var figure = figure(ratio, .sample, isAnnual: true)
    figure.convention.riskFreeReturn = basis.riskFreeReturn
    return figure
  }

  var sortino: PerformanceFigure {
    let excess = moments.mean - basis.minimumAcceptableReturn
    let ratio = annual(moments.downsideDeviation.map { excess / $0 })
    var figure = figure(ratio, .population, isAnnual: true)
    figure.convention.minimumAcceptableReturn = basis.minimumAcceptableReturn
    return figure
  }

  var skewness: PerformanceFigure { figure(moments.skewness, .population) }
  var kurtosis: PerformanceFigure { figure(moments.kurtosis, .population) }

  var probabilisticSharpe: PerformanceFigure {
    var figure = figure(probability, .sample)
    figure.convention.riskFreeReturn = basis.riskFreeReturn
    return figure
  }

  private var probability: Measured {
    let excess = moments.mean - basis.riskFreeReturn
    return moments.skewness.flatMap { skewness in
      moments.kurtosis.flatMap { kurtosis in
        moments.deviation.flatMap { deviation in
          let sharpe = excess / deviation
          let spread = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe
          guard spread > 0 else { return .undefined(.zeroVariance) }
          let deviations = sharpe * (moments.count - 1).squareRoot() / spread.squareRoot()
          return .finite(erfc(-deviations / 2.0.squareRoot()) / 2)
        }
      }
    }
  }

  func valueAtRisk(_ sorted: SortedWindow?) -> Measured {
    guard let sorted else { return .undefined(.notKept) }
    guard !sorted.values.isEmpty else { return .undefined(.noData) }
    guard Double(sorted.values.count) * basis.tail >= 1 - 1e-9 else { return .undefined(.tooFew) }
    return sorted.quantile(basis.tail).map(Measured.finite) ?? .undefined(.noData)
  }

  func expectedShortfall(_ sorted: SortedWindow?) -> Measured {
    valueAtRisk(sorted).flatMap { bound in
      sorted?.mean(upTo: bound).map(Measured.finite) ?? .undefined(.noData)
    }
  }

  private func annual(_ figure: Measured) -> Measured {
    figure.flatMap { number in basis.periodsPerYear.map { number * $0.squareRoot() } }
  }

  func figure(
    _ measured: Measured,
    _ deviation: Convention.Deviation? = nil,
    isAnnual: Bool = false
  ) -> PerformanceFigure {
    PerformanceFigure(
      measured,
      Convention(
        series: basis.series,
        window: basis.window,
        samples: sums.count,
        periodsPerYear: isAnnual ? basis.periodsPerYear.number : nil,
        deviation: deviation,
        base: basis.base
      )
    )
  }
}
