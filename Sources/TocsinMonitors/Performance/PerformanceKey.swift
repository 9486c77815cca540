/// Whether orders go to a market or are only simulated.
public enum TradingMode: String, CaseIterable, Hashable, Codable, Sendable {
  /// Simulated money.
  case paper
  /// Real money.
  case live
}

/// Whose performance it is. Paper and live money are never added.
public struct PerformanceKey: Hashable, Codable, Sendable, CustomStringConvertible {
  /// Whether the money is real.
  public var mode: TradingMode
  /// The strategy; empty for the whole account.
  public var strategy: String

  /// Makes a key of the whole account, or of a strategy.
  public init(_ mode: TradingMode, strategy: String = "") {
    self.mode = mode
    self.strategy = strategy
  }

  /// `live` or `live/meanReversion`.
  public var description: String {
    strategy.isEmpty ? mode.rawValue : "\(mode.rawValue)/\(strategy)"
  }
}
