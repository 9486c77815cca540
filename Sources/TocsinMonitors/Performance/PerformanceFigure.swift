/// How a figure was made: without it two correct figures of one series differ by a fifth.
public struct Convention: Hashable, Codable, Sendable {
  /// Of what the figure is.
  public enum Series: String, Hashable, Codable, Sendable {
    /// Closed trades.
    case trades
    /// Trading days of the calendar.
    case days
    /// Equity marks.
    case marks
  }

  /// How a deviation is formed.
  public enum Deviation: String, Hashable, Codable, Sendable {
    /// Divided by n - 1, as of a sample. Volatility and Sharpe.
    case sample
    /// Divided by n, as of the whole population. Downside deviation, skewness and kurtosis.
    case population
  }

  /// What a return or a drawdown is measured against.
  public enum Base: String, Hashable, Codable, Sendable {
    /// The capital that the trade used.
    case capitalUsed
    /// The equity at the end of the day before, without what was paid in or out since.
    case previousDay
    /// The highest equity so far, the first one included, without what was paid in or out.
    case peak
    /// The equity at the start of the day or week, without what was paid in or out since.
    case periodStart
    /// The highest equity since the start of the day or week, without what was paid in or out.
    case periodHigh
    /// Nothing: it is a count, a ratio of counts or of amounts, or an amount.
    case none
  }

  /// Of what the figure is.
  public var series: Series
  /// How many of the last values it is of; nil for all since the start.
  public var window: Int?
  /// How many values it is of.
  public var samples: Int
  /// How many of them make a year; nil when the figure is not annualised.
  public var periodsPerYear: Double?
  /// How its deviation is formed; nil when it has none.
  public var deviation: Deviation?
  /// The return, per period, below which is a loss; nil when the figure has none.
  public var minimumAcceptableReturn: Double?
  /// The return, per period, that is had without risk; nil when the figure has none.
  public var riskFreeReturn: Double?
  /// What it is measured against.
  public var base: Base

  /// Makes a convention.
  public init(
    series: Series,
    window: Int? = nil,
    samples: Int = 0,
    periodsPerYear: Double? = nil,
    deviation: Deviation? = nil,
    minimumAcceptableReturn: Double? = nil,
    riskFreeReturn: Double? = nil,
    base: Base = .none
  ) {
    self.series = series
    self.window = window
    self.samples = samples
    self.periodsPerYear = periodsPerYear
    self.deviation = deviation
    self.minimumAcceptableReturn = minimumAcceptableReturn
    self.riskFreeReturn = riskFreeReturn
    self.base = base
  }
}

/// One figure of the performance: a number with the convention it was made by, or why there is none.
public struct PerformanceFigure: Hashable, Codable, Sendable {
  /// The number, or why there is none.
  public var measured: Measured
  /// How it was made.
  public var convention: Convention

  /// Makes a figure.
  public init(_ measured: Measured, _ convention: Convention) {
    self.measured = measured
    self.convention = convention
  }

  /// The number, if there is one.
  public var number: Double? { measured.number }
}
