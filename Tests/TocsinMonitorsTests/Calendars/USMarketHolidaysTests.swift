import CustomDump
import Testing
import Tocsin
import TocsinMonitors

struct USMarketHolidaysTests {
  @Test func `the exchange traded on the days on which stocks had prices`() throws {
    try check(try PriceFiles.stock("IBM").map(\.date))
  }

  @Test(
    .enabled(
      if: PriceFiles.isPresent(PriceFiles.skfolio),
      "\(PriceFiles.comment)\(PriceFiles.missing)"
    )
  )
  func `the exchange traded on the days on which the index had prices, 1990 to 2022`() throws {
    try check(try PriceFiles.skfolioIndex().map(\.date))
  }

  private func check(_ dates: [CalendarDate]) throws {
    let calendar = try TradingCalendar.usEquities()
    let traded = Set(dates)
    let first = try #require(dates.min())
    let last = try #require(dates.max())
    for number in first.daysSinceEpoch...last.daysSinceEpoch {
      let date = CalendarDate(daysSinceEpoch: number)
      #expect(calendar.isTradingDay(date) == traded.contains(date), "\(date)")
    }
  }

  @Test func `days of the exchange cannot begin while it is open`() {
    #expect(throws: TradingCalendarError.sessionOutsideDay(day: "monday")) {
      try TradingCalendar.usEquities(dayBegins: .localTime(.hours(10)))
    }
  }

  @Test(
    arguments: [
      (2021, ["01-01", "01-18", "02-15", "04-02", "05-31", "07-05", "09-06", "11-25", "12-24"]),
      (2022, ["01-17", "02-21", "04-15", "05-30", "06-20", "07-04", "09-05", "11-24", "12-26"]),
      (
        2026,
        [
          "01-01", "01-19", "02-16", "04-03", "05-25", "06-19", "07-03", "09-07", "11-26", "12-25",
        ]
      ),
    ]
  )
  func `closings are those that were published`(year: Int, days: [String]) {
    expectNoDifference(
      USMarketHolidays.closings(in: year).map(\.description),
      days.map { "\(year)-\($0)" }
    )
  }

  @Test(
    arguments: [
      (1992, ["11-27", "12-24"]), (1996, ["07-05", "11-29", "12-24"]),
      (1999, ["11-26", "12-31"]), (2003, ["07-03", "11-28", "12-24", "12-26"]),
      (2013, ["07-03", "11-29", "12-24"]), (2020, ["11-27", "12-24"]),
      (2025, ["07-03", "11-28", "12-24"]), (2026, ["11-27", "12-24"]),
    ]
  )
  func `early closings are those that were published`(year: Int, days: [String]) {
    let closings = USMarketHolidays.earlyClosings(in: year)
    expectNoDifference(closings.keys.sorted().map(\.description), days.map { "\(year)-\($0)" })
    #expect(closings.values.allSatisfy { $0 == .hours(year == 1992 ? 14 : 13) })
  }

  @Test func `forty-one years have as many trading days and early closings as were counted`() {
    // Counted in an independent calendar, exchange_calendars 4.13 (XNYS).
    var days = 0
    var early = 0
    for year in 1990...2030 {
      let closed = Set(USMarketHolidays.closings(in: year))
      guard let first = CalendarDate(year, 1, 1), let next = CalendarDate(year + 1, 1, 1) else {
        continue
      }
      days +=
        (first.daysSinceEpoch..<next.daysSinceEpoch).map { CalendarDate(daysSinceEpoch: $0) }
        .filter { ![.saturday, .sunday].contains($0.weekday) && !closed.contains($0) }.count
      early += USMarketHolidays.earlyClosings(in: year).keys.filter { !closed.contains($0) }.count
    }
    expectNoDifference([days, early], [10_322, 88])
  }
}
