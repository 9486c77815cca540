import TocsinMonitors
public import Tocsin

/// When a paper session trades on one day: 09:30 to 16:00 in New York.
///
/// The offset is five hours behind UTC all the year: daylight saving time is left out, so in summer
/// the session is an hour later than the real one was. Half days are left out as well.
public struct TradingHours: Hashable, Sendable {
  /// The first instant of trading, 14:30 UTC.
  public var open: Instant
  /// The end of trading, 21:00 UTC. Nothing is sent at or after it until the next day.
  public var close: Instant

  /// Makes the hours of a day, given as days since 1970-01-01.
  init(day: Int) {
    open = Instant(nanoseconds: (Int64(day) * 86_400 + 14 * 3600 + 30 * 60) * 1_000_000_000)
    close = open.advanced(by: TradingHours.length)
  }

  /// Six and a half hours.
  static let length = Duration.seconds(390 * 60)

  /// True from the open until the close.
  public func contains(_ instant: Instant) -> Bool { open <= instant && instant < close }
}
