/// Figures of a series of simple returns: of trades, or of days.
public struct ReturnFigures: Hashable, Codable, Sendable {
  /// How many returns.
  public var count: Int
  /// The mean return of a period.
  public var mean: PerformanceFigure
  /// Standard deviation · √(periods a year).
  public var annualVolatility: PerformanceFigure
  /// (mean - risk-free) ÷ standard deviation · √(periods a year). *(Sharpe 1994)*
  public var sharpe: PerformanceFigure
  /// (mean - minimum) ÷ downside deviation · √(periods a year), the downside deviation being
  /// √(Σ min(return - minimum, 0)² ÷ n) over all n. *(Sortino and Price 1994)*
  public var sortino: PerformanceFigure
  /// The third standardised moment.
  public var skewness: PerformanceFigure
  /// The fourth standardised moment; 3 for a normal distribution.
  public var kurtosis: PerformanceFigure
  /// How likely the true Sharpe ratio is above zero. *(Bailey and López de Prado 2012)* 0…1.
  public var probabilisticSharpe: PerformanceFigure
  /// The return that 5 % of the window's returns are below, interpolated as numpy does. Only of a
  /// window.
  public var valueAtRisk: PerformanceFigure
  /// The mean of the window's returns that are at or below the value at risk. Only of a window.
  public var expectedShortfall: PerformanceFigure
}
