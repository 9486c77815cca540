/// How the closed trades did.
public struct TradePerformance: Hashable, Codable, Sendable {
  /// All trades since the start.
  public var total: TradeFigures
  /// The last so many trades: a hundred when not told otherwise.
  public var recent: TradeFigures
  /// Rows of wins and of losses.
  public var streak: Streak
  /// What the trades earned, net of fees: in all, this trading day, this trading week. A trade
  /// counts when it is reported.
  public var profit: ProfitFigures
}

/// What was earned, exactly.
public struct ProfitFigures: Hashable, Codable, Sendable {
  /// Since the start.
  public var total: ExactAmount
  /// Since the start of the trading day.
  public var day: ExactAmount
  /// Since the start of the trading week.
  public var week: ExactAmount
}

/// How many in a row won or lost. A trade at exactly zero ends both rows.
public struct Streak: Hashable, Codable, Sendable {
  /// How many of the last trades, in a row, lost.
  public var losses = 0
  /// How many of the last trades, in a row, won.
  public var wins = 0
  /// The longest row of losses so far.
  public var longestLosses = 0
  /// The longest row of wins so far.
  public var longestWins = 0

  /// Takes the sign of a result.
  mutating func append(_ sign: Int) {
    losses = sign < 0 ? losses + 1 : 0
    wins = sign > 0 ? wins + 1 : 0
    longestLosses = max(longestLosses, losses)
    longestWins = max(longestWins, wins)
  }
}
