import Synchronization
import Tocsin

extension WatchHours {
  /// The hours in which the market of a calendar is open.
  ///
  /// Questions about one day cost tens of nanoseconds, from whatever thread.
  public init(_ calendar: TradingCalendar) {
    let shared = SharedCursor(calendar)
    self.init { shared.nextOpening($0) }
  }
}

/// A cursor that several threads ask.
private final class SharedCursor: Sendable {
  private let cursor: Mutex<CalendarCursor>

  init(_ calendar: TradingCalendar) { cursor = Mutex(CalendarCursor(calendar)) }

  func nextOpening(_ instant: Instant) -> Instant {
    cursor.withLock { $0.nextOpening(instant) }
  }
}
