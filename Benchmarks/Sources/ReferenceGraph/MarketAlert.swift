/// One alert of the benchmark's graph: 24 bytes. Its instant travels beside it.
@frozen
public struct MarketAlert: Sendable {
  /// The value that broke the limit.
  public var value: Double
  /// How many alerts this one stands for: itself and those held back before it.
  public var occurrences: Int
  /// What the keyed operators group by: `symbol * 4 + kind`.
  public var key: UInt32
  /// 0 info, 1 warning, 2 error, 3 critical.
  public var severity: UInt8

  /// Makes an alert.
  @inlinable
  public init(value: Double, occurrences: Int = 1, key: UInt32, severity: UInt8) {
    self.value = value
    self.occurrences = occurrences
    self.key = key
    self.severity = severity
  }

  /// The alert that a monitor raises for `event`; its severity is the event's kind.
  @inlinable
  public init(for event: MarketEvent) {
    self.init(value: event.value, key: MarketAlert.key(of: event), severity: event.kind)
  }

  /// The key of the alerts about `event`.
  @inlinable
  @inline(__always)
  public static func key(of event: MarketEvent) -> UInt32 {
    event.symbol &* 4 &+ UInt32(event.kind)
  }
}
