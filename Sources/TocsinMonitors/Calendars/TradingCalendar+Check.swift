import Tocsin

extension TradingCalendar {
  /// Whether all sessions have a length, none overlap, and each is within its trading day.
  func check() throws(TradingCalendarError) {
    guard (1...366).contains(tradingDaysPerYear) else { throw .badYear(tradingDaysPerYear) }
    guard sessions.values.contains(where: { !$0.isEmpty }) else { throw .noSessions }
    for weekday in Weekday.allCases { try check(sessions[weekday] ?? [], weekday.rawValue) }
    try checkWeek()
    for (date, hours) in exceptions.sorted(by: { $0.key < $1.key }) {
      try check(hours, date.description)
      try checkNeighbours(of: date)
    }
  }

  private func check(
    _ sessions: [Range<Duration>],
    _ day: String
  ) throws(TradingCalendarError) {
    for session in sessions where !Self.isReasonable(session) {
      throw .badSession(day: day, session: session)
    }
    for (one, next) in zip(sessions, sessions.dropFirst()) where next.lowerBound < one.upperBound {
      throw .overlappingSessions(first: day, second: day)
    }
  }

  private static func isReasonable(_ session: Range<Duration>) -> Bool {
    !session.isEmpty && session.lowerBound >= .hours(-24) && session.upperBound <= .hours(48)
  }

  /// Two ordinary weeks, day against the next day that has sessions.
  private func checkWeek() throws(TradingCalendarError) {
    var last: Closing?
    for place in 0..<14 {
      let weekday = Weekday.allCases[place % 7]
      guard let hours = sessions[weekday], !hours.isEmpty else { continue }
      try check(hours, .weekday(weekday), since: .days(place), after: &last)
    }
  }

  private func checkNeighbours(of date: CalendarDate) throws(TradingCalendarError) {
    var last: Closing?
    for step in -2...2 {
      let day = date.advanced(by: step)
      let hours = sessionTimes(on: day)
      guard !hours.isEmpty else { continue }
      try check(hours, .date(day), since: .days(step), after: &last)
    }
  }

  private func check(
    _ hours: [Range<Duration>],
    _ day: DayName,
    since midnight: Duration,
    after last: inout Closing?
  ) throws(TradingCalendarError) {
    guard let opening = hours.first?.lowerBound, let closing = hours.last?.upperBound else {
      return
    }
    if let last, midnight + opening < last.end {
      throw .overlappingSessions(first: last.day.description, second: day.description)
    }
    if case .localTime(let start) = dayBegins {
      guard start <= opening, closing <= start + .days(1) else {
        throw .sessionOutsideDay(day: day.description)
      }
    }
    last = Closing(day: day, end: midnight + closing)
  }
}

/// When the last session of a day ends.
private struct Closing {
  var day: DayName
  var end: Duration
}

/// Which day an error is about.
private enum DayName: CustomStringConvertible {
  case weekday(Weekday)
  case date(CalendarDate)

  var description: String {
    switch self {
    case .weekday(let weekday): weekday.rawValue
    case .date(let date): date.description
    }
  }
}
