/// One event of the benchmark's stream: 24 bytes.
@frozen
public struct MarketEvent: Sendable {
  /// The observed value.
  public var value: Double
  /// When it happened, in nanoseconds.
  public var instant: Int64
  /// The instrument it is about.
  public var symbol: UInt32
  /// The source it comes from: 0, 1 or 2.
  public var kind: UInt8

  /// Makes an event.
  @inlinable
  public init(value: Double, instant: Int64, symbol: UInt32, kind: UInt8) {
    self.value = value
    self.instant = instant
    self.symbol = symbol
    self.kind = kind
  }
}
