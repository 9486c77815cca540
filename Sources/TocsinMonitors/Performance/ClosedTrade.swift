#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// A trade that is over: a position opened and closed again, or the part of it that was.
public struct ClosedTrade: Hashable, Codable, Sendable, KeyedEvent {
  /// Its id. A trade that comes again under the same id counts once.
  public var id: String
  /// The symbol.
  public var symbol: String
  /// The strategy that traded; empty when there is only one.
  public var strategy: String
  /// Whether the money was real.
  public var mode: TradingMode
  /// What it earned, net of fees, in the currency of the account; negative when it lost.
  public var profit: Decimal
  /// `profit` ÷ the capital that it used: 0.01 is one per cent.
  public var returnOnCapital: Double
  /// When it was opened.
  public var opened: Instant
  /// When it was closed.
  public var closed: Instant

  /// Makes a closed trade.
  public init(
    id: String,
    symbol: String,
    strategy: String = "",
    mode: TradingMode,
    profit: Decimal,
    returnOnCapital: Double,
    opened: Instant,
    closed: Instant
  ) {
    self.id = id
    self.symbol = symbol
    self.strategy = strategy
    self.mode = mode
    self.profit = profit
    self.returnOnCapital = returnOnCapital
    self.opened = opened
    self.closed = closed
  }

  /// For how long the position was held.
  public var holdingPeriod: Duration { opened.duration(to: closed) }

  /// The strategy's key.
  public var key: PerformanceKey { PerformanceKey(mode, strategy: strategy) }
}
