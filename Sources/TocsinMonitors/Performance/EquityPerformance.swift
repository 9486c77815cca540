public import Tocsin

/// How the equity did, apart from what was paid in or out.
public struct EquityPerformance: Hashable, Codable, Sendable {
  /// The equity at the last mark: cash, frozen value, and open positions at their marks.
  public var equity: ExactAmount
  /// The equity that would be as good as the best so far: what is paid in or out moves it along.
  public var peakEquity: ExactAmount
  /// The highest equity that was ever marked, whatever was paid in or out.
  public var highestEquity: ExactAmount
  /// What the equity grew by apart from deposits: in all, this trading day, this trading week.
  public var profit: ProfitFigures
  /// Below the best so far.
  public var drawdown: DrawdownFigures
  /// This trading day.
  public var day: PeriodFigures
  /// This trading week.
  public var week: PeriodFigures
  /// The returns of all closed trading days.
  public var total: ReturnFigures
  /// The returns of the last so many closed trading days: a hundred when not told otherwise.
  public var recent: ReturnFigures
  /// The compound annual growth rate: growth^(days a year ÷ days) - 1, of all closed trading days.
  public var annualGrowth: PerformanceFigure
  /// The annual growth ÷ the deepest drawdown. *(Young 1991)*
  public var calmar: PerformanceFigure
}

/// The current trading day or week.
public struct PeriodFigures: Hashable, Codable, Sendable {
  /// Where the period begins and ends; all of time before the first mark.
  public var bounds: Range<Instant>
  /// The equity at the start: the last mark before it, or the first one in it when there is none.
  public var startEquity: ExactAmount
  /// The equity against that at the start; at most 0.
  public var drawdown: PerformanceFigure
  /// The equity against the highest since the start; at most 0.
  public var drawdownFromHigh: PerformanceFigure
}

/// How far the equity is below its best, and was.
public struct DrawdownFigures: Hashable, Codable, Sendable {
  /// Now; at most 0.
  public var current: PerformanceFigure
  /// The deepest so far; at most 0.
  public var maximum: PerformanceFigure
  /// What the current one is part of; nil at a peak.
  public var open: DrawdownEpisode?
  /// What the deepest one was part of; nil when there never was one.
  public var deepest: DrawdownEpisode?
}

/// One way down and up again.
public struct DrawdownEpisode: Hashable, Codable, Sendable {
  /// The mark of the peak before it.
  public var start: Instant
  /// The deepest mark so far.
  public var trough: Instant
  /// The first mark that was as good as the peak again; nil while it lasts.
  public var recovery: Instant?
  /// How deep it was; below 0, and below -1 when more than everything was lost.
  public var depth: Double

  /// From the peak to the trough.
  public var timeDown: Duration { start.duration(to: trough) }
  /// From the trough to the recovery; nil while it lasts.
  public var timeUp: Duration? { recovery.map { trough.duration(to: $0) } }
}
