import Tocsin

extension TradingCalendar {
  /// Round the clock, in UTC: days begin at midnight, weeks on Monday, 365 days a year.
  public static let roundTheClock = TradingCalendar(
    unchecked: .utc,
    Dictionary(
      uniqueKeysWithValues: Weekday.allCases.map { ($0, [Duration.zero..<Duration.hours(24)]) }
    ),
    [:],
    .localTime(.zero),
    .monday,
    365
  )

  /// The New York Stock Exchange and Nasdaq: 9:30 to 16:00 in New York, 252 days a year, with the
  /// holidays, early closings and unscheduled closings of ``USMarketHolidays``.
  ///
  /// - Parameter dayBegins: Where a trading day begins: at midnight in New York, or with
  ///   ``DayBegin/opening`` when the bell rings.
  /// - Returns: The calendar.
  /// - Throws: ``TradingCalendarError/unknownZone(_:)`` on a machine without time-zone data, and
  ///   ``TradingCalendarError/sessionOutsideDay(day:)`` when days begin while the market is open.
  public static func usEquities(
    dayBegins: DayBegin = .localTime(.zero)
  ) throws(TradingCalendarError) -> TradingCalendar {
    let opening = Duration.minutes(9 * 60 + 30)
    let week = try TradingCalendar(
      zone: "America/New_York",
      sessions: [opening..<Duration.hours(16)],
      dayBegins: dayBegins
    )
    // The exceptions are shorter than the sessions of the week, which were checked.
    return TradingCalendar(
      unchecked: week.clock,
      week.sessions,
      USMarketHolidays.exceptions,
      dayBegins,
      .monday,
      252
    )
  }
}
