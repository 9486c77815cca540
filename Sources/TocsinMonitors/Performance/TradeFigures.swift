/// Figures of closed trades: all of them, or the last so many.
///
/// Wins and losses are told by the profit, net of fees. Trades at exactly zero are neither.
public struct TradeFigures: Hashable, Codable, Sendable {
  /// How many trades.
  public var count: Int
  /// How many of them earned.
  public var wins: Int
  /// How many of them lost.
  public var losses: Int
  /// wins ÷ (wins + losses). 0…1.
  public var winRate: PerformanceFigure
  /// Σ won ÷ |Σ lost|.
  public var profitFactor: PerformanceFigure
  /// win rate · average win - (1 - win rate) · average loss, in money a trade.
  public var expectancy: PerformanceFigure
  /// Σ won ÷ wins, in money.
  public var averageWin: PerformanceFigure
  /// |Σ lost| ÷ losses, in money; positive.
  public var averageLoss: PerformanceFigure
  /// average win ÷ average loss.
  public var payoffRatio: PerformanceFigure
  /// The returns on the capital that the trades used.
  public var returns: ReturnFigures
}
