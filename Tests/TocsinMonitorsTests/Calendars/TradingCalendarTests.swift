import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct TradingCalendarTests {
  /// The instant of a time in UTC.
  static func utc(_ text: String) throws -> Instant {
    let parts = text.split(separator: " ")
    let date = try #require(CalendarDate(String(parts[0])))
    let time = parts[1].split(separator: ":").compactMap { Int($0) }
    let seconds = date.daysSinceEpoch * 86_400 + time[0] * 3_600 + time[1] * 60
    return Instant(nanoseconds: Int64(seconds) * 1_000_000_000)
  }

  private func weekdays(
    _ zone: String,
    dayBegins: TradingCalendar.DayBegin = .localTime(.zero)
  ) throws -> TradingCalendar {
    try TradingCalendar(zone: zone, sessions: [.hours(0)..<(.hours(24))], on: Weekday.allCases)
  }

  @Test(
    arguments: [
      // Clocks go forward, and back.
      ("America/New_York", "2026-03-08", 23), ("America/New_York", "2026-11-01", 25),
      ("Europe/London", "2026-03-29", 23), ("Europe/London", "2026-10-25", 25),
      ("Australia/Lord_Howe", "2026-04-05", 24), ("UTC", "2026-03-08", 24),
      ("America/New_York", "2026-03-09", 24),
      // Clocks go forward at midnight.
      ("America/Havana", "2026-03-08", 23), ("Asia/Beirut", "2026-03-29", 23),
    ]
  )
  func `days last as long as they do`(zone: String, date: String, hours: Int) throws {
    let calendar = try weekdays(zone)
    let date = try #require(CalendarDate(date))
    let day = calendar.day(of: calendar.instant(of: date, at: .hours(12)))
    expectNoDifference(day.date, date)
    let length = day.bounds.lowerBound.duration(to: day.bounds.upperBound)
    let half = zone == "Australia/Lord_Howe" ? Duration.minutes(30) : .zero
    expectNoDifference(length, .hours(hours) + half)
  }

  @Test(
    arguments: [
      // 02:00 to 03:00 does not exist on 8 March 2026, 01:00 to 02:00 comes twice on 1 November.
      ("2026-03-08", 119, "2026-03-08 06:59"), ("2026-03-08", 120, "2026-03-08 07:00"),
      ("2026-03-08", 150, "2026-03-08 07:00"), ("2026-03-08", 180, "2026-03-08 07:00"),
      ("2026-03-08", 181, "2026-03-08 07:01"), ("2026-11-01", 59, "2026-11-01 04:59"),
      ("2026-11-01", 60, "2026-11-01 05:00"), ("2026-11-01", 90, "2026-11-01 05:30"),
      ("2026-11-01", 119, "2026-11-01 05:59"), ("2026-11-01", 120, "2026-11-01 07:00"),
      ("2026-07-01", -360, "2026-06-30 22:00"), ("2026-07-01", 1_440, "2026-07-02 04:00"),
    ]
  )
  func `times that are skipped or come twice are defined`(
    date: String,
    minutes: Int,
    expected: String
  ) throws {
    let calendar = try weekdays("America/New_York")
    let date = try #require(CalendarDate(date))
    expectNoDifference(calendar.instant(of: date, at: .minutes(minutes)), try Self.utc(expected))
  }

  @Test func `a date that an island skipped lasts no time`() throws {
    // Samoa went over the date line at the end of 29 December 2011.
    let calendar = try weekdays("Pacific/Apia")
    let before = try #require(CalendarDate("2011-12-29"))
    let day = calendar.day(of: calendar.instant(of: before, at: .hours(12)))
    expectNoDifference(day.date, before)
    let next = calendar.day(of: day.bounds.upperBound)
    expectNoDifference(next.date.description, "2011-12-31")
    expectNoDifference(next.bounds.lowerBound, try Self.utc("2011-12-30 10:00"))
    let length = next.bounds.lowerBound.duration(to: next.bounds.upperBound)
    expectNoDifference(length, .hours(24))
  }

  @Test func `nights, weekends and holidays belong to the trading day before`() throws {
    let calendar = try TradingCalendar.usEquities()
    // Thursday 2 April 2026, then Good Friday and a weekend.
    let thursday = calendar.day(of: try Self.utc("2026-04-02 18:00"))
    expectNoDifference(thursday.date.description, "2026-04-02")
    expectNoDifference(calendar.day(of: try Self.utc("2026-04-04 18:00")), thursday)
    expectNoDifference(thursday.bounds.upperBound, try Self.utc("2026-04-06 04:00"))
    expectNoDifference(thursday.week.lowerBound, try Self.utc("2026-03-30 04:00"))
    expectNoDifference(thursday.week.upperBound, try Self.utc("2026-04-06 04:00"))
    expectNoDifference(
      calendar.nextOpening(try Self.utc("2026-04-03 15:00")),
      try Self.utc("2026-04-06 13:30")
    )
  }

  @Test(
    arguments: [
      ("2026-07-10 13:29", false), ("2026-07-10 13:30", true), ("2026-07-10 19:59", true),
      ("2026-07-10 20:00", false), ("2026-01-09 14:29", false), ("2026-01-09 14:30", true),
      // A half day, a weekend, a holiday that is observed on Friday.
      ("2026-11-27 17:59", true), ("2026-11-27 18:00", false), ("2026-07-11 15:00", false),
      ("2026-07-03 15:00", false),
    ]
  )
  func `the New York exchange is open when it is`(time: String, isOpen: Bool) throws {
    let calendar = try TradingCalendar.usEquities()
    expectNoDifference(calendar.isOpen(at: try Self.utc(time)), isOpen)
    expectNoDifference(WatchHours(calendar).contains(try Self.utc(time)), isOpen)
  }

  @Test func `sessions of futures cross midnight and belong to the next date`() throws {
    let calendar = try TradingCalendar(
      zone: "America/Chicago",
      sessions: [.hours(-7)..<(.hours(16))],
      dayBegins: .opening
    )
    // Sunday 17:00 in Chicago begins Monday; in summer that is 22:00 UTC.
    let sunday = try Self.utc("2026-07-12 22:00")
    expectNoDifference(calendar.day(of: sunday).date.description, "2026-07-13")
    expectNoDifference(calendar.day(of: sunday).bounds.lowerBound, sunday)
    #expect(!calendar.isOpen(at: sunday.advanced(by: .seconds(-1))))
    #expect(calendar.isOpen(at: sunday))
    expectNoDifference(
      calendar.nextOpening(try Self.utc("2026-07-13 21:30")),
      try Self.utc("2026-07-13 22:00")
    )
    // 11 July is a Saturday: still Friday's trading day.
    expectNoDifference(
      calendar.day(of: try Self.utc("2026-07-11 12:00")).date.description,
      "2026-07-10"
    )
  }

  @Test(
    arguments: [
      (
        TradingCalendarError.unknownZone("America/NewYork"),
        "There is no time zone \"America/NewYork\". Use a name of the IANA database, for instance "
          + "\"America/New_York\", \"Europe/London\" or \"UTC\"."
      ),
      (
        .noSessions,
        "The calendar has no sessions, so it would never be open. Give at least one weekday a "
          + "session."
      ),
      (
        .badSession(day: "monday", session: .hours(9)..<(.hours(9))),
        "The session 09:00 to 09:00 of monday is empty or out of reach. A session lasts some time, "
          + "begins at -24:00 (the day before) or later, and ends by 48:00."
      ),
      (
        .overlappingSessions(first: "sunday", second: "monday"),
        "Sessions of sunday and monday overlap. Shorten one of them, or make one of both."
      ),
      (
        .sessionOutsideDay(day: "monday"),
        "A session of monday is not within its trading day. Let the days begin at the opening "
          + "(dayBegins: .opening), or at a time at which the market is closed."
      ),
      (.badYear(0), "A year cannot have 0.0 trading days. Give a number from 1 to 366."),
    ] as [(TradingCalendarError, String)]
  )
  func `an error says what to do`(error: TradingCalendarError, words: String) {
    expectNoDifference(error.description, words)
  }

  @Test func `a calendar that cannot be is refused`() {
    func error(
      zone: String = "UTC",
      _ sessions: [Weekday: [Range<Duration>]],
      exceptions: [CalendarDate: [Range<Duration>]] = [:],
      days: Double = 252
    ) -> TradingCalendarError? {
      do throws(TradingCalendarError) {
        _ = try TradingCalendar(
          zone: zone,
          sessions: sessions,
          exceptions: exceptions,
          tradingDaysPerYear: days
        )
        return nil
      } catch { return error }
    }
    let hours = Duration.hours(9)..<Duration.hours(17)
    let late = Duration.hours(16)..<Duration.hours(20)
    let night = Duration.hours(20)..<Duration.hours(28)
    expectNoDifference(error(zone: "Nowhere", [.monday: [hours]]), .unknownZone("Nowhere"))
    expectNoDifference(error([:]), .noSessions)
    expectNoDifference(
      error([.monday: [.hours(9)..<(.hours(9))]]),
      .badSession(day: "monday", session: .hours(9)..<(.hours(9)))
    )
    expectNoDifference(
      error([.monday: [hours, late]]),
      .overlappingSessions(first: "monday", second: "monday")
    )
    expectNoDifference(error([.monday: [night]]), .sessionOutsideDay(day: "monday"))
    expectNoDifference(
      error([.monday: [hours], .tuesday: [.hours(-8)..<(.hours(1))]]),
      .overlappingSessions(first: "monday", second: "tuesday")
    )
    let christmas = CalendarDate(daysSinceEpoch: 4)
    expectNoDifference(
      error([.monday: [hours]], exceptions: [christmas: [hours, late]]),
      .overlappingSessions(first: "1970-01-05", second: "1970-01-05")
    )
    expectNoDifference(error([.monday: [hours]], days: 0), .badYear(0))
    expectNoDifference(error([.monday: [hours]]), nil)
  }

  @Test(arguments: ["America/New_York", "Europe/London", "Asia/Tokyo", "America/Havana", "UTC"])
  func `days follow each other without a gap, and a cursor agrees`(zone: String) throws {
    let calendar = try TradingCalendar(
      zone: zone,
      sessions: [.hours(9)..<(.hours(12)), .hours(13)..<(.hours(17))]
    )
    var cursor = CalendarCursor(calendar)
    var random = MonitorRandom(seed: 5)
    for _ in 0..<300 {
      let instant = at(Double(random.below(2_000_000_000)))
      let day = calendar.day(of: instant)
      #expect(day.bounds.contains(instant) && day.week.contains(instant))
      #expect(calendar.day(of: day.bounds.upperBound).bounds.lowerBound == day.bounds.upperBound)
      #expect(day.sessions.allSatisfy { day.bounds.contains($0.lowerBound) })
      expectNoDifference(cursor.day(of: instant), day)
      #expect(cursor.isOpen(at: instant) == calendar.isOpen(at: instant))
      let opening = calendar.nextOpening(instant)
      #expect(cursor.nextOpening(instant) == opening)
      #expect(calendar.isOpen(at: opening) && opening >= instant)
      #expect(opening == instant || !calendar.isOpen(at: opening.advanced(byNanoseconds: -1)))
    }
  }

  @Test func `the ends of time have a day`() throws {
    for calendar in [TradingCalendar.roundTheClock, try .usEquities()] {
      for instant in [Instant.distantPast, .distantFuture, .epoch] {
        let day = calendar.day(of: instant)
        #expect(day.bounds.lowerBound <= instant)
      }
    }
  }

  @Test func `round the clock is always open, from midnight to midnight`() {
    let calendar = TradingCalendar.roundTheClock
    let instant = at(1_000_000_000)
    #expect(calendar.isOpen(at: instant) && calendar.nextOpening(instant) == instant)
    expectNoDifference(calendar.day(of: instant).date.description, "2001-09-09")
    expectNoDifference(calendar.day(of: instant).week.lowerBound, at(999_475_200))
  }
}
