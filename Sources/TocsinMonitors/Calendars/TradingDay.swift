public import Tocsin

/// One trading day of a calendar.
public struct TradingDay: Hashable, Sendable {
  /// The date that the exchange gives it.
  public let date: CalendarDate
  /// From its start to the start of the next trading day, so that nights, weekends and holidays
  /// belong to the trading day before them.
  public let bounds: Range<Instant>
  /// From the start of the first trading day of its week to that of the next week's.
  public let week: Range<Instant>
  /// When the market is open, in order.
  public let sessions: [Range<Instant>]

  /// Whether the market is open at an instant of the day.
  public func isOpen(at instant: Instant) -> Bool {
    sessions.contains { $0.contains(instant) }
  }

  /// The earliest instant of the day, not before the given one, at which the market is open; nil
  /// when there is none left.
  public func nextOpening(_ instant: Instant) -> Instant? {
    sessions.first { instant < $0.upperBound }.map { max(instant, $0.lowerBound) }
  }
}
