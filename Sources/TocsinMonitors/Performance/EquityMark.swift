#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// What an account, or the part of it that a strategy has, is worth at one moment.
///
/// A deposit counts at the first mark that shows it, as if it had come right before: what was earned
/// since the mark before it is measured against the equity of that mark. Mark the equity when money
/// comes in or goes out, and nothing is left to interpretation.
public struct EquityMark: Hashable, Codable, Sendable, KeyedEvent {
  /// The strategy; empty for the whole account.
  public var strategy: String
  /// Whether the money is real.
  public var mode: TradingMode
  /// Cash, frozen value, and open positions at their current price; negative when more is owed.
  public var equity: Decimal
  /// Everything paid in minus everything paid out, since the start. Of one moment with `equity`: a
  /// deposit that is in one of them only looks like a profit, or like a loss.
  public var netDeposits: Decimal

  /// Makes a mark.
  public init(
    strategy: String = "",
    mode: TradingMode,
    equity: Decimal,
    netDeposits: Decimal = 0
  ) {
    self.strategy = strategy
    self.mode = mode
    self.equity = equity
    self.netDeposits = netDeposits
  }

  /// The account's or the strategy's key.
  public var key: PerformanceKey { PerformanceKey(mode, strategy: strategy) }
}
