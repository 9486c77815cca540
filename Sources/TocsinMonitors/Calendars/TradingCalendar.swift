import Tocsin

/// When a market is open, and where its days and weeks begin.
///
/// Times are local times of a time zone, given since midnight of the date: `.hours(16)` is 16:00
/// also on days of 23 and 25 hours, and `.hours(-6)` is 18:00 of the day before, for sessions that
/// cross midnight. A local time that the clocks skip is the instant at which they skip it; of a local
/// time that comes twice the first one is meant.
///
/// ```swift
/// let futures = try TradingCalendar(
///   zone: "America/Chicago",
///   sessions: [.hours(-7)..<(.hours(16))],
///   on: [.monday, .tuesday, .wednesday, .thursday, .friday],
///   dayBegins: .opening
/// )
/// ```
///
/// A question takes some microseconds, because it asks the time-zone database. Ask many questions
/// through a ``CalendarCursor``, which remembers the day.
public struct TradingCalendar: Hashable, Sendable {
  /// Where a trading day begins.
  public enum DayBegin: Hashable, Codable, Sendable {
    /// At a local time, given since midnight of its date. Midnight is usual.
    case localTime(Duration)
    /// When its first session opens.
    case opening
  }

  /// The name of the time zone.
  public var zone: String { clock.identifier }
  /// The sessions of ordinary weeks.
  public let sessions: [Weekday: [Range<Duration>]]
  /// The sessions of days that are not as usual; none when the market is closed all day.
  public let exceptions: [CalendarDate: [Range<Duration>]]
  /// Where a trading day begins.
  public let dayBegins: DayBegin
  /// With which day a week begins.
  public let weekBegins: Weekday
  /// How many trading days make a year, to annualise by: 252, or 365 round the clock.
  public let tradingDaysPerYear: Double

  let clock: LocalClock

  /// Makes a calendar.
  ///
  /// - Parameters:
  ///   - zone: The time zone, as the IANA database names it.
  ///   - sessions: When the market is open on each weekday, since midnight of that day.
  ///   - exceptions: The sessions of single dates instead, in order; none on holidays.
  ///   - dayBegins: Where a trading day begins.
  ///   - weekBegins: With which day a week begins.
  ///   - tradingDaysPerYear: How many trading days make a year.
  /// - Throws: ``TradingCalendarError``, which says what to correct.
  public init(
    zone: String,
    sessions: [Weekday: [Range<Duration>]],
    exceptions: [CalendarDate: [Range<Duration>]] = [:],
    dayBegins: DayBegin = .localTime(.zero),
    weekBegins: Weekday = .monday,
    tradingDaysPerYear: Double = 252
  ) throws(TradingCalendarError) {
    guard let clock = LocalClock(zone) else { throw .unknownZone(zone) }
    self.init(
      unchecked: clock,
      sessions,
      exceptions,
      dayBegins,
      weekBegins,
      tradingDaysPerYear
    )
    try check()
  }

  /// Makes a calendar whose open days are alike.
  ///
  /// - Parameters:
  ///   - zone: The time zone, as the IANA database names it.
  ///   - sessions: When the market is open, since midnight.
  ///   - weekdays: On which days.
  ///   - exceptions: The sessions of single dates instead, in order; none on holidays.
  ///   - dayBegins: Where a trading day begins.
  ///   - weekBegins: With which day a week begins.
  ///   - tradingDaysPerYear: How many trading days make a year.
  /// - Throws: ``TradingCalendarError``, which says what to correct.
  public init(
    zone: String,
    sessions: [Range<Duration>],
    on weekdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday],
    exceptions: [CalendarDate: [Range<Duration>]] = [:],
    dayBegins: DayBegin = .localTime(.zero),
    weekBegins: Weekday = .monday,
    tradingDaysPerYear: Double = 252
  ) throws(TradingCalendarError) {
    try self.init(
      zone: zone,
      sessions: Dictionary(weekdays.map { ($0, sessions) }) { first, _ in first },
      exceptions: exceptions,
      dayBegins: dayBegins,
      weekBegins: weekBegins,
      tradingDaysPerYear: tradingDaysPerYear
    )
  }

  init(
    unchecked clock: LocalClock,
    _ sessions: [Weekday: [Range<Duration>]],
    _ exceptions: [CalendarDate: [Range<Duration>]],
    _ dayBegins: DayBegin,
    _ weekBegins: Weekday,
    _ tradingDaysPerYear: Double
  ) {
    self.clock = clock
    self.sessions = sessions.mapValues { $0.sorted { $0.lowerBound < $1.lowerBound } }
    self.exceptions = exceptions
    self.dayBegins = dayBegins
    self.weekBegins = weekBegins
    self.tradingDaysPerYear = tradingDaysPerYear
  }
}
