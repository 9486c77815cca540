import Tocsin

/// Days on which the New York Stock Exchange is closed or closes early, from 1990 to 2100, by its
/// published rules (Rule 7.2) and the days on which it departed from them.
///
/// Checked against the days on which prices were made from 1990 to 2022. What is decided later, a
/// day of mourning for instance, has to be added: give the calendar of your own `exceptions`.
public enum USMarketHolidays {
  /// The years that are covered.
  public static let years = 1990...2100

  /// Days on which it stayed closed beside its rules: funerals of presidents, the attacks of 2001,
  /// the storm of 2012.
  public static let unscheduledClosings = dates([
    "1994-04-27", "2001-09-11", "2001-09-12", "2001-09-13", "2001-09-14", "2004-06-11",
    "2007-01-02", "2012-10-29", "2012-10-30", "2018-12-05", "2025-01-09",
  ])

  /// Days on which it closed at 13:00 beside its rules.
  public static let unscheduledEarlyClosings = dates(["1997-12-26", "1999-12-31", "2003-12-26"])

  /// The weekdays of a year on which it is closed all day.
  public static func closings(in year: Int) -> [CalendarDate] {
    let scheduled: [CalendarDate?] = [
      observed(year, 1, 1, onFriday: false),
      year >= 1998 ? nth(3, .monday, year, 1) : nil,
      nth(3, .monday, year, 2),
      goodFriday(in: year),
      last(.monday, year, 5),
      year >= 2022 ? observed(year, 6, 19) : nil,
      observed(year, 7, 4),
      nth(1, .monday, year, 9),
      nth(4, .thursday, year, 11),
      observed(year, 12, 25),
    ]
    let unscheduled = unscheduledClosings.filter { $0.year == year }
    return (scheduled.compactMap { $0 } + unscheduled).sorted()
  }

  /// The days of a year on which it closes early, and when.
  public static func earlyClosings(in year: Int) -> [CalendarDate: Duration] {
    var closings: [CalendarDate: Duration] = [:]
    for date in unscheduledEarlyClosings where date.year == year { closings[date] = .hours(13) }
    if year >= 1992, let day = nth(4, .thursday, year, 11)?.advanced(by: 1) {
      closings[day] = year == 1992 ? .hours(14) : .hours(13)
    }
    if let eve = CalendarDate(year, 12, 24), eve.weekday.number < 4 {
      closings[eve] = year < 1993 ? .hours(14) : .hours(13)
    }
    if let day = besideIndependenceDay(in: year) { closings[day] = .hours(13) }
    return closings
  }

  /// The sessions of all these days.
  static let exceptions: [CalendarDate: [Range<Duration>]] = years.reduce(into: [:]) {
    exceptions,
    year in
    let opening = Duration.minutes(9 * 60 + 30)
    for (date, closing) in earlyClosings(in: year) { exceptions[date] = [opening..<closing] }
    for date in closings(in: year) { exceptions[date] = [] }
  }

  /// 3 July, unless it is a Wednesday before 2013, when it was Friday the fifth.
  private static func besideIndependenceDay(in year: Int) -> CalendarDate? {
    guard year >= 1995, let eve = CalendarDate(year, 7, 3) else { return nil }
    if eve.weekday == .wednesday, year < 2013 { return eve.advanced(by: 2) }
    return eve.weekday.number < 4 ? eve : nil
  }

  /// On Sundays the Monday after; on Saturdays the Friday before, but for New Year's Day, which is
  /// then not observed.
  private static func observed(
    _ year: Int,
    _ month: Int,
    _ day: Int,
    onFriday: Bool = true
  ) -> CalendarDate? {
    guard let date = CalendarDate(year, month, day) else { return nil }
    switch date.weekday {
    case .saturday: return onFriday ? date.advanced(by: -1) : nil
    case .sunday: return date.advanced(by: 1)
    default: return date
    }
  }

  private static func nth(
    _ count: Int,
    _ weekday: Weekday,
    _ year: Int,
    _ month: Int
  ) -> CalendarDate? {
    guard let first = CalendarDate(year, month, 1) else { return nil }
    let days = CalendarDate.floorRemainder(weekday.number - first.weekday.number, 7)
    return first.advanced(by: days + 7 * (count - 1))
  }

  private static func last(_ weekday: Weekday, _ year: Int, _ month: Int) -> CalendarDate? {
    guard let last = CalendarDate(year, month, 31) else { return nil }
    let days = CalendarDate.floorRemainder(last.weekday.number - weekday.number, 7)
    return last.advanced(by: -days)
  }

  /// Two days before Easter, which is the Sunday after the first full moon of spring, as the church
  /// reckons it. *(Meeus, Jones and Butcher)*
  private static func goodFriday(in year: Int) -> CalendarDate? {
    let (century, ofCentury) = year.quotientAndRemainder(dividingBy: 100)
    let golden = year % 19
    let lunar = (8 * century + 13) / 25
    let epact = (19 * golden + century - century / 4 - lunar + 15) % 30
    let weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7
    let late = (golden + 11 * epact + 22 * weekday) / 451
    let place = epact + weekday - 7 * late + 114
    return CalendarDate(year, place / 31, place % 31 + 1)?.advanced(by: -2)
  }

  private static func dates(_ texts: [String]) -> [CalendarDate] {
    texts.compactMap { CalendarDate($0) }
  }
}
