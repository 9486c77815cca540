import Tocsin
public import TocsinMonitors

/// A paper-trading session on real daily prices: every event, in the order of its instant, that a
/// trading system would tell its monitors.
///
/// Each trading day has a session of its own; see ``TradingHours``. Every symbol sends a tick and a
/// quote about every three minutes along a way through the day's open, high, low and close, adjusted
/// for splits and dividends. A moving-average strategy sends orders to a paper broker, which answers a
/// heartbeat every minute and reports its positions, live orders and cash every half hour and after
/// fills. Things go wrong on purpose; ``faults`` lists all of them.
///
/// The same prices, seed, rates and days give the same events on every machine. Events are made
/// while they are read, one day at a time, so the thirteen years of the built-in prices need no more
/// memory than one day. It may be read many times.
public struct PaperSession: Sequence, Sendable {
  /// The spacing of the ticks of a symbol; two ticks are never more than two seconds farther apart.
  public static let tickSpacing = Duration.seconds(180)
  /// The spacing of heartbeats; two are never more than 0.4 seconds farther apart.
  public static let heartbeatSpacing = Duration.seconds(60)
  /// The spacing of position reports.
  public static let reportSpacing = Duration.seconds(30 * 60)
  /// The venue of all ticks.
  public static let venue = "PAPER"
  /// The source of all heartbeats.
  public static let broker = "paper-broker"

  let days: ArraySlice<TradingDay>
  private let start: PaperDesk

  /// Makes a session.
  ///
  /// - Parameters:
  ///   - prices: The daily prices to trade on.
  ///   - seed: What the ways of prices, the delays and the faults are drawn from.
  ///   - from: The first day, as `2004-03-01`; nil is the first of the prices.
  ///   - to: The last day; nil is the last of the prices.
  ///   - faults: How often things go wrong.
  /// - Throws: ``PaperSessionError`` when a date is none, or when no trading day is in the span.
  public init(
    _ prices: DailyPrices,
    seed: UInt64,
    from: String? = nil,
    to: String? = nil,
    faults: FaultRates = .standard
  ) throws(PaperSessionError) {
    let first = try from.map { text throws(PaperSessionError) in try PaperSession.day(text) }
    let last = try to.map { text throws(PaperSessionError) in try PaperSession.day(text) }
    let start = prices.days.partitioningIndex { $0.day >= first ?? .min }
    let end = prices.days.partitioningIndex { $0.day > last ?? .max }
    guard start < end else {
      throw .noDays(first: prices.span.first, last: prices.span.last)
    }
    days = prices.days[start..<end]
    var desk = PaperDesk(seed: seed, rates: faults)
    for day in prices.days[..<start] { desk.watch(day) }
    self.start = desk
  }

  private static func day(_ text: String) throws(PaperSessionError) -> Int {
    guard let date = CivilDate(text: text) else { throw .badDate(text) }
    return date.daysSinceEpoch
  }

  /// The hours of every trading day, earliest first. Outside them nothing is sent: feeds and
  /// heartbeats are quiet, and that is no fault.
  public var hours: [TradingHours] { days.map { TradingHours(day: $0.day) } }

  /// Everything that goes wrong in the session, by the instant at which it begins.
  ///
  /// Worked out anew each time, without making ticks; keep it when you need it more than once.
  public var faults: [PlantedFault] {
    var desk = start
    let found = days.flatMap { desk.trade($0, isFull: false).faults }
    return found.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }

  /// Starts the session anew.
  public func makeIterator() -> Iterator { Iterator(days: days, desk: start) }

  /// Makes the events of a session, a day at a time.
  public struct Iterator: IteratorProtocol {
    private var days: ArraySlice<TradingDay>
    private var desk: PaperDesk
    private var events: [Recorded<TradingEvent>] = []
    private var position = 0

    init(days: ArraySlice<TradingDay>, desk: PaperDesk) {
      self.days = days
      self.desk = desk
    }

    /// The next event, or nil after the last.
    public mutating func next() -> Recorded<TradingEvent>? {
      while position == events.count {
        guard let day = days.popFirst() else { return nil }
        events = desk.trade(day, isFull: true).sorted()
        position = 0
      }
      defer { position += 1 }
      return events[position]
    }
  }
}

/// Why a paper session cannot be made.
public enum PaperSessionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text is no date.
  case badDate(String)
  /// There are no prices between the first and the last day.
  case noDays(first: String, last: String)

  /// One line: what is wrong and what to do.
  public var description: String {
    switch self {
    case .badDate(let text): "“\(text)” is no date; write it as 2004-03-01"
    case .noDays(let first, let last):
      "there is no trading day in that span; choose days from \(first) to \(last)"
    }
  }
}
