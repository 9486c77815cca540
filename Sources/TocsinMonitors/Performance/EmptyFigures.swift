import Tocsin

extension PerformanceFigure {
  /// Nothing measured yet.
  static func empty(_ series: Convention.Series, _ window: Int? = nil) -> PerformanceFigure {
    PerformanceFigure(.undefined(.noData), Convention(series: series, window: window))
  }
}

extension ReturnFigures {
  /// Figures of no returns.
  public init(_ series: Convention.Series, window: Int? = nil) {
    let empty = PerformanceFigure.empty(series, window)
    count = 0
    mean = empty
    annualVolatility = empty
    sharpe = empty
    sortino = empty
    skewness = empty
    kurtosis = empty
    probabilisticSharpe = empty
    valueAtRisk = empty
    expectedShortfall = empty
  }
}

extension TradeFigures {
  /// Figures of no trades.
  public init(window: Int? = nil) {
    let empty = PerformanceFigure.empty(.trades, window)
    count = 0
    wins = 0
    losses = 0
    winRate = empty
    profitFactor = empty
    expectancy = empty
    averageWin = empty
    averageLoss = empty
    payoffRatio = empty
    returns = ReturnFigures(.trades, window: window)
  }
}

extension ProfitFigures {
  /// Nothing earned.
  public init() {
    total = .zero
    day = .zero
    week = .zero
  }
}

extension TradePerformance {
  /// No trades.
  public init(window: Int = 100) {
    total = TradeFigures()
    recent = TradeFigures(window: window)
    streak = Streak()
    profit = ProfitFigures()
  }
}

extension PeriodFigures {
  /// A period of which nothing is known.
  public init() {
    bounds = .distantPast ..< .distantFuture
    startEquity = .zero
    drawdown = .empty(.marks)
    drawdownFromHigh = .empty(.marks)
  }
}

extension DrawdownFigures {
  /// No drawdown.
  public init() {
    current = .empty(.marks)
    maximum = .empty(.marks)
  }
}

extension EquityPerformance {
  /// An equity of which nothing but its size is known.
  public init(_ equity: ExactAmount = .zero, window: Int = 100) {
    self.equity = equity
    peakEquity = equity
    highestEquity = equity
    profit = ProfitFigures()
    drawdown = DrawdownFigures()
    day = PeriodFigures()
    week = PeriodFigures()
    total = ReturnFigures(.days)
    recent = ReturnFigures(.days, window: window)
    annualGrowth = .empty(.days)
    calmar = .empty(.days)
  }
}
