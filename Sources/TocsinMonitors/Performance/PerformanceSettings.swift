/// How performance is measured.
public struct PerformanceSettings: Hashable, Codable, Sendable {
  /// How many trades make a year.
  public enum TradesPerYear: Hashable, Codable, Sendable {
    /// As many as were closed, over the time from the first to the last of them; undefined while
    /// that is less than a day.
    case measured
    /// As many as given.
    case fixed(Double)
  }

  /// Of how many of the last trades, and of the last days, the recent figures are.
  public var window = 100
  /// The return a day below which is a loss.
  public var minimumDailyReturn = 0.0
  /// The return a day that is had without risk.
  public var riskFreeDailyReturn = 0.0
  /// The return a trade below which is a loss.
  public var minimumTradeReturn = 0.0
  /// How many trades make a year.
  public var tradesPerYear = TradesPerYear.measured
  /// The fraction of returns that are below the value at risk.
  public var tail = 0.05
  /// From which depth on a drawdown is told; 0.01 is one per cent.
  public var episodeDepth = 0.01
  /// Of how many of the last trades the ids are remembered, to count none twice.
  public var rememberedTrades = 10_000
  /// How many strategies have figures of their own, paper and live counted apart.
  public var strategyLimit = 100

  /// A hundred trades or days, nothing but profit acceptable, no return without risk.
  public init() {}
}
