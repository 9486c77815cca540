import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct ReturnFiguresTests {
  private func trade(_ number: Int, _ value: Double, profit: Decimal? = nil) -> ClosedTrade {
    ClosedTrade(
      id: "\(number)",
      symbol: "A",
      mode: .live,
      profit: profit ?? Decimal(value.sign == .minus ? -1 : value == 0 ? 0 : 1),
      returnOnCapital: value,
      opened: at(Double(number) * 86_400),
      closed: at(Double(number) * 86_400)
    )
  }

  private func figures(_ values: [Double], window: Int = 100) -> TradePerformance {
    var settings = PerformanceSettings()
    settings.window = window
    settings.tradesPerYear = .fixed(252)
    var book = PerformanceBook(PerformanceKey(.live), settings)
    for (number, value) in values.enumerated() {
      _ = book.receive(trade(number, value), at: at(Double(number) * 86_400))
    }
    return book.snapshot().trades
  }

  @Test(
    arguments: [
      ([], .noData, .noData, .noData, .noData),
      ([0.01], .tooFew, .tooFew, .tooFew, .noLosses),
      ([0.001, 0.001, 0.001, 0.001], .zeroVariance, .noDownside, .zeroVariance, .noLosses),
      ([0.1, 0.1, 0.1], .zeroVariance, .noDownside, .zeroVariance, .noLosses),
      ([0, 0, 0, 0], .zeroVariance, .noDownside, .zeroVariance, .noData),
      ([0.1, 0.2, 0.3, 0.2], nil, .noDownside, nil, .noLosses),
      ([1e-170, 2e-170, 3e-170, 1e-170], .tooSmall, .noDownside, .tooSmall, .noLosses),
    ] as [([Double], Measured.Cause?, Measured.Cause?, Measured.Cause?, Measured.Cause?)]
  )
  func `figures that cannot be formed say why`(
    values: [Double],
    sharpe: Measured.Cause?,
    sortino: Measured.Cause?,
    kurtosis: Measured.Cause?,
    profitFactor: Measured.Cause?
  ) {
    let total = figures(values).total
    expectNoDifference(cause(total.returns.sharpe), sharpe)
    expectNoDifference(cause(total.returns.annualVolatility), sharpe)
    expectNoDifference(cause(total.returns.sortino), sortino)
    #expect(kurtosis == nil || cause(total.returns.kurtosis) != nil)
    expectNoDifference(cause(total.profitFactor), profitFactor)
  }

  private func cause(_ figure: PerformanceFigure) -> Measured.Cause? {
    if case .undefined(let cause) = figure.measured { cause } else { nil }
  }

  @Test func `a constant has no Sharpe ratio, whatever left the window before it`() {
    let recent = figures([1e9, -3, 1e-9] + Array(repeating: 0.1, count: 5), window: 5).recent
    expectNoDifference(recent.returns.sharpe.measured, .undefined(.zeroVariance))
    expectNoDifference(recent.returns.mean.measured, .value(0.1))
    expectNoDifference(recent.returns.sortino.measured, .undefined(.noDownside))
  }

  @Test func `a figure carries its convention`() {
    let returns = figures([0.01, -0.01, 0.02], window: 2).recent.returns
    var convention = Convention(
      series: .trades,
      window: 2,
      samples: 2,
      periodsPerYear: 252,
      deviation: .sample,
      riskFreeReturn: 0,
      base: .capitalUsed
    )
    expectNoDifference(returns.sharpe.convention, convention)
    convention.deviation = .population
    convention.riskFreeReturn = nil
    convention.minimumAcceptableReturn = 0
    expectNoDifference(returns.sortino.convention, convention)
  }

  @Test func `money figures tell wins from losses and leave zeros out`() {
    let total = figures([0.02, -0.01, 0, 0.01, -0.03, 0.01]).total
    expectNoDifference([total.count, total.wins, total.losses], [6, 3, 2])
    expectNoDifference(total.winRate.measured, .value(0.6))
    expectNoDifference(total.profitFactor.measured, .value(1.5))
    expectNoDifference(total.expectancy.measured, .value(0.2))
    expectNoDifference(total.payoffRatio.measured, .value(1))
  }

  @Test func `rows of wins and losses end at zero`() {
    let streak = figures([1, -1, -1, -1, 0, -1, 1, 1, -1, -1]).streak
    expectNoDifference(
      [streak.losses, streak.wins, streak.longestLosses, streak.longestWins],
      [2, 0, 3, 2]
    )
  }

  @Test func `trades a year are measured from the first to the last close`() throws {
    var book = PerformanceBook(PerformanceKey(.live))
    for (number, value) in [0.01, -0.01, 0.03].enumerated() {
      _ = book.receive(trade(number, value), at: at(Double(number) * 86_400))
    }
    let sharpe = book.snapshot().trades.total.returns.sharpe
    #expect(sharpe.convention.periodsPerYear == 365.25)
    let expected = 0.01 / 0.02 * 365.25.squareRoot()
    #expect(abs(try #require(sharpe.number) / expected - 1) < 1e-14)
  }

  @Test func `trades within a day say nothing about a year`() {
    var book = PerformanceBook(PerformanceKey(.live))
    for (number, value) in [0.01, -0.01, 0.03].enumerated() {
      var trade = trade(number, value)
      trade.closed = at(3 * 86_400 + Double(number))
      _ = book.receive(trade, at: at(3 * 86_400 + Double(number)))
    }
    let returns = book.snapshot().trades.total.returns
    expectNoDifference(returns.sharpe.measured, .undefined(.tooShort))
  }

  @Test(arguments: 0..<60) func `agree with the formulas on any values`(seed: Int) {
    var random = MonitorRandom(seed: seed)
    var settings = PerformanceSettings()
    settings.window = 1 + random.below(seed % 3 == 0 ? 5 : 60)
    settings.tradesPerYear = .fixed(365)
    var book = PerformanceBook(PerformanceKey(.live), settings)
    var all = NaiveReturns(values: [], profits: [])
    var regime = 0
    for number in 0..<300 {
      if random.below(20) == 0 { regime = random.below(6) }
      let value = draw(regime, &random)
      let profit = Decimal(random.below(2_001) - 1_000) / 100
      _ = book.receive(trade(number, value, profit: profit), at: at(Double(number)))
      all.values.append(value)
      all.profits.append((profit as NSDecimalNumber).doubleValue)
      guard number % 3 == 0 else { continue }
      let snapshot = book.snapshot().trades
      var recent = all
      recent.values = Array(all.values.suffix(settings.window))
      recent.profits = Array(all.profits.suffix(settings.window))
      let place = "seed \(seed), trade \(number)"
      check(snapshot.total, all, isWindow: false, place)
      check(snapshot.recent, recent, isWindow: true, place)
    }
  }

  /// Ordinary returns, constants, zeros, huge and tiny ones, and one far from zero.
  private func draw(_ regime: Int, _ random: inout MonitorRandom) -> Double {
    let unit = Double(random.below(2_000_001) - 1_000_000) / 1e6
    return switch regime {
    case 0: unit / 50
    case 1: 0.0137
    case 2: 0
    case 3: unit * 1e11
    case 4: unit * 1e-11
    default: 10 + unit / 1_000
    }
  }

  private func check(
    _ seen: TradeFigures,
    _ naive: NaiveReturns,
    isWindow: Bool,
    _ place: String
  ) {
    let returns = seen.returns
    let pairs: [(String, PerformanceFigure, Double?)] = [
      ("sharpe", returns.sharpe, naive.sharpe(365)),
      ("sortino", returns.sortino, naive.sortino(365)),
      ("volatility", returns.annualVolatility, naive.volatility(365)),
      ("winRate", seen.winRate, naive.winRate),
      ("profitFactor", seen.profitFactor, naive.profitFactor),
      ("kurtosis", returns.kurtosis, naive.kurtosis),
    ]
    for (name, figure, expected) in pairs { agree(name, figure, expected, 1e-9, place) }
    let slack = 1e-9 * (1 + (naive.kurtosis ?? 0))
    agree("skewness", returns.skewness, naive.skewness, slack, place, isAbsolute: true)
    agree("expectancy", seen.expectancy, naive.expectancy, 1e-9, place, isAbsolute: true)
    if isWindow {
      let scale = naive.values.map(abs).max() ?? 0
      let slack = 1e-12 * scale
      agree("VaR", returns.valueAtRisk, naive.valueAtRisk, slack, place, isAbsolute: true)
    }
  }

  private func agree(
    _ name: String,
    _ figure: PerformanceFigure,
    _ expected: Double?,
    _ slack: Double,
    _ place: String,
    isAbsolute: Bool = false
  ) {
    guard let number = figure.number, let expected else {
      #expect(figure.number == expected, "\(name): \(figure.measured), \(place)")
      return
    }
    #expect(number.isFinite)
    let error = abs(number - expected) / (isAbsolute ? 1 : max(abs(expected), 1e-300))
    #expect(error <= slack, "\(name) is \(number), not \(expected): \(place)")
  }
}
