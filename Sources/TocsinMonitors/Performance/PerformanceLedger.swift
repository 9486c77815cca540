public import Tocsin

/// The performance of all accounts and strategies, paper and live apart.
///
/// A trade counts for its strategy and for the whole account of its mode; a mark counts for what it
/// names. O(1) amortised an event.
public struct PerformanceLedger: Sendable {
  /// Where days and weeks begin.
  public let calendar: TradingCalendar
  /// How performance is measured.
  public let settings: PerformanceSettings
  private(set) var books: [PerformanceBook] = []
  private var places: [PerformanceKey: Int] = [:]
  private var strategyCount = 0

  /// Makes a ledger without events, or one that goes on where saved books were.
  public init(
    calendar: TradingCalendar = .roundTheClock,
    _ settings: PerformanceSettings = PerformanceSettings(),
    restoring memories: [PerformanceMemory] = []
  ) {
    self.calendar = calendar
    self.settings = settings
    for memory in memories where places[memory.key] == nil {
      if !memory.key.strategy.isEmpty { strategyCount += 1 }
      places[memory.key] = books.count
      books.append(PerformanceBook(memory, calendar: calendar))
    }
    nextBoundary = books.map(\.nextBoundary).min() ?? .distantFuture
  }

  /// All it knows, to be saved.
  public var memories: [PerformanceMemory] { books.map(\.memory) }

  /// What an event changed.
  struct Changes {
    /// The place of the whole account.
    var whole: Int?
    /// The place of the strategy.
    var strategy: Int?
    var drawdown: DrawdownChange?
  }

  /// The accounts and strategies that have figures: by mode, the whole first.
  public var keys: [PerformanceKey] {
    books.map(\.key).sorted { ($0.mode.rawValue, $0.strategy) < ($1.mode.rawValue, $1.strategy) }
  }

  /// When the next trading day begins, and figures change without an event.
  public private(set) var nextBoundary = Instant.distantFuture

  /// The figures of an account or strategy; nil when nothing about it was told yet.
  public mutating func snapshot(of key: PerformanceKey) -> PerformanceSnapshot? {
    places[key].map { books[$0].snapshot() }
  }

  mutating func snapshot(at place: Int) -> PerformanceSnapshot { books[place].snapshot() }

  /// Takes an event; what was refused is counted in the figures.
  public mutating func receive(_ event: PerformanceEvent, at now: Instant) {
    _ = take(event, at: now)
  }

  mutating func take(_ event: PerformanceEvent, at now: Instant) -> Changes {
    if nextBoundary <= now { _ = advance(to: now) }
    let changes =
      switch event {
      case .trade(let trade): take(trade, at: now)
      case .mark(let mark): take(mark, at: now)
      }
    if let place = changes.whole { nextBoundary = min(nextBoundary, books[place].nextBoundary) }
    if let place = changes.strategy { nextBoundary = min(nextBoundary, books[place].nextBoundary) }
    return changes
  }

  /// Lets time pass; true when a trading day has ended.
  public mutating func advance(to now: Instant) -> Bool {
    var hasTurned = false
    for place in books.indices where books[place].advance(to: now) { hasTurned = true }
    nextBoundary = books.map(\.nextBoundary).min() ?? .distantFuture
    return hasTurned
  }

  private mutating func take(_ trade: ClosedTrade, at now: Instant) -> Changes {
    var changes = Changes()
    let whole = place(of: PerformanceKey(trade.mode))
    changes.whole = whole
    guard books[whole].receive(trade, at: now) == .counted, !trade.strategy.isEmpty else {
      return changes
    }
    changes.strategy = listed(trade.key)
    if let place = changes.strategy, let amount = ExactAmount(trade.profit) {
      books[place].count(trade, amount, at: now)
    }
    return changes
  }

  private mutating func take(_ mark: EquityMark, at now: Instant) -> Changes {
    var changes = Changes()
    guard let place = listed(mark.key) else {
      changes.whole = place(of: PerformanceKey(mark.mode))
      return changes
    }
    _ = books[place].receive(mark, at: now, &changes.drawdown)
    if mark.strategy.isEmpty { changes.whole = place } else { changes.strategy = place }
    return changes
  }

  /// The place of a key; nil, and counted in the whole, when there are too many strategies.
  private mutating func listed(_ key: PerformanceKey) -> Int? {
    if let place = places[key] { return place }
    if key.strategy.isEmpty { return place(of: key) }
    guard strategyCount < settings.strategyLimit else {
      books[place(of: PerformanceKey(key.mode))].refused.unlisted += 1
      return nil
    }
    strategyCount += 1
    return place(of: key)
  }

  private mutating func place(of key: PerformanceKey) -> Int {
    if let place = places[key] { return place }
    places[key] = books.count
    books.append(PerformanceBook(key, calendar: calendar, settings))
    return books.count - 1
  }
}

/// What a performance monitor is told.
public enum PerformanceEvent: Hashable, Codable, Sendable {
  /// A trade is over.
  case trade(ClosedTrade)
  /// An account, or a strategy's part of it, was valued.
  case mark(EquityMark)
}
