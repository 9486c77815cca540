import Tocsin

/// Why a calendar cannot be made.
public enum TradingCalendarError: Error, Hashable, Sendable {
  /// There is no time zone of that name.
  case unknownZone(String)
  /// No weekday has a session.
  case noSessions
  /// A session does not end after it begins, or reaches more than a day before its date or more
  /// than two days after it begins.
  case badSession(day: String, session: Range<Duration>)
  /// Two sessions are open at once.
  case overlappingSessions(first: String, second: String)
  /// A session begins before its trading day, or ends after the next one has begun.
  case sessionOutsideDay(day: String)
  /// There are no trading days in a year.
  case badYear(Double)
}

extension TradingCalendarError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .unknownZone(let name):
      "There is no time zone \"\(name)\". Use a name of the IANA database, for instance "
        + "\"America/New_York\", \"Europe/London\" or \"UTC\"."
    case .noSessions:
      "The calendar has no sessions, so it would never be open. Give at least one weekday a session."
    case .badSession(let day, let session):
      "The session \(Self.time(session.lowerBound)) to \(Self.time(session.upperBound)) of \(day) is "
        + "empty or out of reach. A session lasts some time, begins at -24:00 (the day before) or "
        + "later, and ends by 48:00."
    case .overlappingSessions(let first, let second):
      "Sessions of \(first) and \(second) overlap. Shorten one of them, or make one of both."
    case .sessionOutsideDay(let day):
      "A session of \(day) is not within its trading day. Let the days begin at the opening "
        + "(dayBegins: .opening), or at a time at which the market is closed."
    case .badYear(let days):
      "A year cannot have \(days) trading days. Give a number from 1 to 366."
    }
  }

  static func time(_ time: Duration) -> String {
    let minutes = Int(time.wholeNanoseconds / 60_000_000_000)
    let (hour, minute) = abs(minutes).quotientAndRemainder(dividingBy: 60)
    return "\(minutes < 0 ? "-" : "")\(pad(hour)):\(pad(minute))"
  }

  private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
