public import Tocsin

/// All figures of the performance of one account or strategy, as they were after one event.
///
/// Drawdowns are at most 0: -0.05 is five per cent below. None of them is moved by what is paid in
/// or out. A figure that cannot be formed is undefined, with the reason.
public struct PerformanceSnapshot: Hashable, Codable, Sendable, KeyedEvent {
  /// Whose performance it is.
  public var key: PerformanceKey
  /// When the last event came in.
  public var instant: Instant
  /// The closed trades.
  public var trades: TradePerformance
  /// The equity; nil before the first mark.
  public var equity: EquityPerformance?
  /// What was refused or contained up to now.
  public var refused: PerformanceRefusals

  /// Makes a snapshot.
  public init(
    key: PerformanceKey,
    instant: Instant,
    trades: TradePerformance,
    equity: EquityPerformance?,
    refused: PerformanceRefusals
  ) {
    self.key = key
    self.instant = instant
    self.trades = trades
    self.equity = equity
    self.refused = refused
  }
}

/// What the triggers read.
extension PerformanceSnapshot {
  /// The equity against that at the start of the trading day; at most 0.
  public var dailyDrawdown: PerformanceFigure { drawdown(.periodStart) { $0.day.drawdown } }

  /// The equity against the highest since the start of the trading day; at most 0.
  public var intradayDrawdown: PerformanceFigure {
    drawdown(.periodHigh) { $0.day.drawdownFromHigh }
  }

  /// The equity against that at the start of the trading week; at most 0.
  public var weeklyDrawdown: PerformanceFigure { drawdown(.periodStart) { $0.week.drawdown } }

  /// The equity against the highest since the start of the trading week; at most 0.
  public var weeklyDrawdownFromHigh: PerformanceFigure {
    drawdown(.periodHigh) { $0.week.drawdownFromHigh }
  }

  /// The equity against the highest ever; at most 0.
  public var totalDrawdown: PerformanceFigure { drawdown(.peak) { $0.drawdown.current } }

  /// How many trades in a row lost, up to now. A trade at exactly zero ends a row.
  public var consecutiveLosses: Int { trades.streak.losses }

  /// Trades won ÷ trades won or lost, of the last so many trades.
  public var winRate: PerformanceFigure { trades.recent.winRate }

  /// How many trades the win rate is of; those at exactly zero are not among them.
  public var decidedTrades: Int { trades.recent.wins + trades.recent.losses }

  private func drawdown(
    _ base: Convention.Base,
    _ pick: (EquityPerformance) -> PerformanceFigure
  ) -> PerformanceFigure {
    equity.map(pick)
      ?? PerformanceFigure(.undefined(.noData), Convention(series: .marks, base: base))
  }
}

extension PerformanceSnapshot {
  /// The snapshot before anything happened.
  public init(_ key: PerformanceKey, at instant: Instant = .epoch) {
    self.init(
      key: key,
      instant: instant,
      trades: TradePerformance(),
      equity: nil,
      refused: PerformanceRefusals()
    )
  }
}
