/// A day of the Gregorian calendar, without a time zone.
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01; negative before it.
  public let daysSinceEpoch: Int

  /// The date that many days after 1970-01-01.
  public init(daysSinceEpoch: Int) { self.daysSinceEpoch = daysSinceEpoch }

  /// Makes a date, or nil when the calendar has no such day.
  public init?(_ year: Int, _ month: Int, _ day: Int) {
    guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
    daysSinceEpoch = date.daysSinceEpoch
  }

  /// Reads `2004-03-01`; nil when it is anything else.
  public init?(_ text: String) {
    guard let date = CivilDate(text: text) else { return nil }
    daysSinceEpoch = date.daysSinceEpoch
  }

  /// The year.
  public var year: Int { civil.year }
  /// The month, 1 to 12.
  public var month: Int { civil.month }
  /// The day of the month, from 1.
  public var day: Int { civil.day }

  /// The day of the week.
  public var weekday: Weekday {
    Weekday.allCases[CalendarDate.floorRemainder(daysSinceEpoch + 3, 7)]
  }

  /// The date that many days later.
  public func advanced(by days: Int) -> CalendarDate {
    CalendarDate(daysSinceEpoch: daysSinceEpoch + days)
  }

  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }

  /// `2004-03-01`.
  public var description: String { civil.description }

  private var civil: CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch) }

  static func floorRemainder(_ number: Int, _ divisor: Int) -> Int {
    let rest = number % divisor
    return rest < 0 ? rest + divisor : rest
  }

  static func floorQuotient(_ number: Int, _ divisor: Int) -> Int {
    number / divisor - (number % divisor < 0 ? 1 : 0)
  }
}

/// Coded as text: `"2004-03-01"`.
extension CalendarDate: Codable {
  /// Reads `2004-03-01`; throws when it is anything else.
  public init(from decoder: any Decoder) throws {
    let box = try decoder.singleValueContainer()
    guard let date = CalendarDate(try box.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: box,
        debugDescription: "A date is written as 2004-03-01."
      )
    }
    self = date
  }

  /// Writes `2004-03-01`.
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    try box.encode(description)
  }
}

/// A day of the week, Monday first.
public enum Weekday: String, CaseIterable, Hashable, Codable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// 0 for Monday to 6 for Sunday.
  var number: Int {
    switch self {
    case .monday: 0
    case .tuesday: 1
    case .wednesday: 2
    case .thursday: 3
    case .friday: 4
    case .saturday: 5
    case .sunday: 6
    }
  }
}
