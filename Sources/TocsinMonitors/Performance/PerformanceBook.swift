public import Tocsin

/// The performance of one account or strategy: a value that takes closed trades and equity marks.
///
/// Figures are formed when they are asked for, at most once after each event. O(1) amortised an
/// event; memory is bounded by the settings. Give it instants that do not go back; if they do, the
/// event counts at the latest one.
public struct PerformanceBook: Sendable {
  /// Whose performance it is.
  public let key: PerformanceKey
  /// How it is measured.
  public let settings: PerformanceSettings
  /// What was refused or contained.
  public internal(set) var refused = PerformanceRefusals()
  /// The latest instant it was given; nil before the first event.
  public internal(set) var latest: Instant?

  var cursor: CalendarCursor
  var ids: Remembered<String, Nothing>
  var trades: TradeTrack
  var account: AccountTrack?
  var day = PeriodTrack(.distantPast ..< .distantFuture)
  var week = PeriodTrack(.distantPast ..< .distantFuture)
  /// The start of the drawdown that was told and is not over.
  var told: Instant?
  private var cached: PerformanceSnapshot
  var isCurrent = true
  /// How often the figures were formed.
  private(set) var formedCount = 0

  /// Makes a book without events.
  public init(
    _ key: PerformanceKey,
    calendar: TradingCalendar = .roundTheClock,
    _ settings: PerformanceSettings = PerformanceSettings()
  ) {
    self.key = key
    self.settings = settings
    cursor = CalendarCursor(calendar)
    ids = Remembered(capacity: settings.rememberedTrades)
    trades = TradeTrack(settings)
    cached = PerformanceSnapshot(key)
  }

  /// Goes on where a saved book was, in the same calendar.
  public init(_ memory: PerformanceMemory, calendar: TradingCalendar = .roundTheClock) {
    self.init(memory.key, calendar: calendar, memory.settings)
    refused = memory.refused
    latest = memory.latest
    for id in memory.ids { _ = ids.insert(id) }
    trades = memory.trades
    account = memory.account
    day = memory.day
    week = memory.week
    told = memory.told
    isCurrent = false
  }

  /// All it knows, to be saved.
  public var memory: PerformanceMemory {
    PerformanceMemory(
      key: key,
      settings: settings,
      refused: refused,
      latest: latest,
      ids: ids.keys,
      trades: trades,
      account: account,
      day: day,
      week: week,
      told: told
    )
  }

  /// The figures as they are. Asking twice costs nothing.
  public mutating func snapshot() -> PerformanceSnapshot {
    if !isCurrent { form() }
    return cached
  }

  private mutating func form() {
    isCurrent = true
    formedCount += 1
    cached = PerformanceSnapshot(
      key: key,
      instant: latest ?? .epoch,
      trades: trades.figures(settings, day: day.realised, week: week.realised),
      equity: account?.figures(
        day,
        week,
        settings,
        daysPerYear: cursor.calendar.tradingDaysPerYear
      ),
      refused: refused
    )
    cached.refused.notFinite += account?.unusableDays ?? 0
  }
}
