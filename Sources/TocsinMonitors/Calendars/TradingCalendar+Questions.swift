public import Tocsin

extension TradingCalendar {
  /// Whether the market has a session on a date.
  public func isTradingDay(_ date: CalendarDate) -> Bool { !sessionTimes(on: date).isEmpty }

  /// The trading day that an instant belongs to. Before the first and after the last trading day,
  /// if exceptions leave none for eleven years, the bounds are the ends of time.
  public func day(of instant: Instant) -> TradingDay {
    let date = tradingDate(of: instant)
    return TradingDay(
      date: date,
      bounds: start(of: date)..<start(after: date) { _ in true },
      week: weekStart(of: date)..<start(after: date) { !isSameWeek($0, date) },
      sessions: openHours(on: date)
    )
  }

  /// Whether the market is open.
  public func isOpen(at instant: Instant) -> Bool { day(of: instant).isOpen(at: instant) }

  /// The earliest instant, not before the given one, at which the market is open: the given one
  /// itself when it is. ``Tocsin/Instant/distantFuture`` for never.
  public func nextOpening(_ instant: Instant) -> Instant {
    var day = day(of: instant)
    var from = instant
    while true {
      if let opening = day.nextOpening(from) { return opening }
      guard day.bounds.upperBound < .distantFuture else { return .distantFuture }
      from = day.bounds.upperBound
      day = self.day(of: from)
    }
  }

  /// When the next trading day begins.
  public func nextDay(after instant: Instant) -> Instant { day(of: instant).bounds.upperBound }

  /// The instant of a local time of a date, given since midnight; see ``TradingCalendar`` for times
  /// that do not exist or come twice.
  public func instant(of date: CalendarDate, at time: Duration = .zero) -> Instant {
    clock.instant(date, time)
  }

  /// The date by the local clock; on nights and weekends not that of the trading day.
  public func localDate(at instant: Instant) -> CalendarDate { clock.date(at: instant) }
}

extension TradingCalendar {
  func sessionTimes(on date: CalendarDate) -> [Range<Duration>] {
    exceptions[date] ?? sessions[date.weekday] ?? []
  }

  private func openHours(on date: CalendarDate) -> [Range<Instant>] {
    sessionTimes(on: date).compactMap { session in
      let opening = clock.instant(date, session.lowerBound)
      let closing = clock.instant(date, session.upperBound)
      return opening < closing ? opening..<closing : nil
    }
  }

  private func start(of date: CalendarDate) -> Instant {
    switch dayBegins {
    case .localTime(let time): clock.instant(date, time)
    case .opening: clock.instant(date, sessionTimes(on: date).first?.lowerBound ?? .zero)
    }
  }

  /// The last trading day that has begun at an instant.
  private func tradingDate(of instant: Instant) -> CalendarDate {
    let latest = clock.date(at: instant).advanced(by: 2)
    for step in 0..<Self.farthest {
      let date = latest.advanced(by: -step)
      if isTradingDay(date), start(of: date) <= instant { return date }
    }
    return latest
  }

  private func start(
    after date: CalendarDate,
    where holds: (CalendarDate) -> Bool
  ) -> Instant {
    for step in 1..<Self.farthest {
      let next = date.advanced(by: step)
      if isTradingDay(next), holds(next) { return max(start(of: date), start(of: next)) }
    }
    return .distantFuture
  }

  private func weekStart(of date: CalendarDate) -> Instant {
    let days = (0..<7).map { date.advanced(by: $0 - 6) }
    return days.first { isTradingDay($0) && isSameWeek($0, date) }.map { start(of: $0) }
      ?? start(of: date)
  }

  private func isSameWeek(_ left: CalendarDate, _ right: CalendarDate) -> Bool {
    weekNumber(left) == weekNumber(right)
  }

  private func weekNumber(_ date: CalendarDate) -> Int {
    CalendarDate.floorQuotient(date.daysSinceEpoch + 3 - weekBegins.number, 7)
  }

  private static let farthest = 4_000
}
