public import Tocsin

/// Asks a calendar many questions about instants near each other.
///
/// A question about the same trading day is one comparison and allocates nothing; one about another
/// day takes some microseconds.
public struct CalendarCursor: Sendable {
  /// Whose days they are.
  public let calendar: TradingCalendar
  private var current: TradingDay

  /// Makes a cursor at an instant.
  public init(_ calendar: TradingCalendar, at instant: Instant = .epoch) {
    self.calendar = calendar
    current = calendar.day(of: instant)
  }

  /// The trading day that an instant belongs to.
  @inline(__always)
  public mutating func day(of instant: Instant) -> TradingDay {
    move(to: instant)
    return current
  }

  /// Whether the market is open.
  public mutating func isOpen(at instant: Instant) -> Bool {
    move(to: instant)
    return current.isOpen(at: instant)
  }

  /// The earliest instant, not before the given one, at which the market is open.
  public mutating func nextOpening(_ instant: Instant) -> Instant {
    move(to: instant)
    return current.nextOpening(instant) ?? calendar.nextOpening(current.bounds.upperBound)
  }

  @inline(__always)
  private mutating func move(to instant: Instant) {
    if !current.bounds.contains(instant) { current = calendar.day(of: instant) }
  }
}
