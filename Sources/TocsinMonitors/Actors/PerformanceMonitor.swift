public import Tocsin

/// Watches how the money does: closed trades and equity, by account and by strategy.
///
/// ```swift
/// let performance = PerformanceMonitor(on: lane, calendar: .roundTheClock)
/// Tap(performance.drawdowns).alert { $0.alert }.route { Otherwise { log } }
/// ```
///
/// Make it on its lane, in the build closure of a graph. It tells the figures after each event, and
/// of everything at once when a trading day begins, by the lane's time. Figures are formed when
/// somebody listens or asks, and at most once after an event.
public actor PerformanceMonitor: LaneActor {
  /// The lane it lives on.
  public nonisolated let lane: Lane
  /// What it watches. Send trades and marks here when it was not given an outlet.
  public nonisolated let events: Outlet<PerformanceEvent>
  /// The figures of what an event changed: of the whole account, then of the strategy. At the start
  /// of a trading day those of everything, in the order in which they were first told.
  public nonisolated let snapshots: Outlet<PerformanceSnapshot>
  /// Drawdowns that became deep enough to tell, and their ends.
  public nonisolated let drawdowns: Outlet<DrawdownChange>

  private let desk: PerformanceDesk

  /// Makes a monitor, on its lane.
  ///
  /// - Parameters:
  ///   - lane: The lane it lives on.
  ///   - name: The first part of the names of its outlets and of its steps; unique in a graph.
  ///   - events: What it watches.
  ///   - calendar: Where days and weeks begin.
  ///   - settings: How performance is measured.
  ///   - memories: What ``memories`` gave before, when it goes on after a restart.
  public init(
    on lane: Lane,
    name: String = "performance",
    watching events: Outlet<PerformanceEvent>? = nil,
    calendar: TradingCalendar = .roundTheClock,
    settings: PerformanceSettings = PerformanceSettings(),
    restoring memories: [PerformanceMemory] = []
  ) {
    let events = events ?? Outlet<PerformanceEvent>("\(name).events")
    let ledger = PerformanceLedger(calendar: calendar, settings, restoring: memories)
    self.init(on: lane, name: name, watching: events, ledger, reading: nil)
  }

  /// Makes a monitor that goes on with a ledger; what it reads off a market comes as its events.
  init(
    on lane: Lane,
    name: String,
    watching events: Outlet<PerformanceEvent>,
    _ ledger: PerformanceLedger,
    reading source: (market: Outlet<TradingEvent>, intake: PerformanceIntake)?
  ) {
    self.lane = lane
    let snapshots = Outlet<PerformanceSnapshot>("\(name).snapshots")
    let drawdowns = Outlet<DrawdownChange>("\(name).drawdowns")
    let desk = PerformanceDesk(ledger, source?.intake)
    if let source {
      _ = Tap(source.market, selecting: TradingEvent.self) {
        PerformanceIntake.concerns($0) ? $0 : nil
      }
      .named("\(name).market")
      .compactMap(to: PerformanceEvent.self) { desk.read($0, at: lane.now) }
      .named("\(name).intake").send(to: events)
    }
    _ = Tap(events).timed(PerformanceWatch(desk: desk), "measure").named("\(name).measure")
      .each { news in
        if let drawdown = news.drawdown { drawdowns.send(drawdown) }
        if snapshots.subscriberCount > 0 { desk.tell(news) { snapshots.send($0) } }
      }
    self.events = events
    self.snapshots = snapshots
    self.drawdowns = drawdowns
    self.desk = desk
    lane.adopt(self)
  }

  /// The figures of an account or strategy as they are now; nil when nothing about it was told yet.
  /// The whole live account when not told otherwise.
  public func snapshot(
    of key: PerformanceKey = PerformanceKey(.live)
  ) -> PerformanceSnapshot? {
    desk.ledger.snapshot(of: key)
  }

  /// All it knows, to be saved, and given to its successor after a restart.
  public var memories: [PerformanceMemory] { desk.ledger.memories }

  /// What reads trades and equity off the market, to be saved with ``memories``: it knows the open
  /// positions and what was paid in. Nil when the monitor is told trades and marks.
  public var intake: PerformanceIntake? { desk.intake }

  /// The accounts and strategies that have figures: by mode, the whole first.
  public var keys: [PerformanceKey] { desk.ledger.keys }
}

/// The figures of a performance monitor. Of one lane.
final class PerformanceDesk {
  var ledger: PerformanceLedger
  var intake: PerformanceIntake?

  init(_ ledger: PerformanceLedger, _ intake: PerformanceIntake?) {
    self.ledger = ledger
    self.intake = intake
  }

  /// Gives the figures that changed.
  func tell(_ news: PerformanceNews, _ give: (PerformanceSnapshot) -> Void) {
    if news.isAll {
      for place in ledger.books.indices { give(ledger.snapshot(at: place)) }
    } else {
      if let place = news.whole { give(ledger.snapshot(at: place)) }
      if let place = news.strategy { give(ledger.snapshot(at: place)) }
    }
  }
}

/// Which figures changed.
struct PerformanceNews: Sendable {
  var whole: Int?
  var strategy: Int?
  var isAll = false
  var drawdown: DrawdownChange?
}

/// Puts events into the desk, and tells when a trading day begins.
struct PerformanceWatch: TimedRule {
  let desk: PerformanceDesk

  var nextDeadline: Instant { desk.ledger.nextBoundary }

  mutating func receive(
    _ event: PerformanceEvent,
    at now: Instant
  ) -> Verdict<PerformanceNews> {
    let changes = desk.ledger.take(event, at: now)
    let news = PerformanceNews(
      whole: changes.whole,
      strategy: changes.strategy,
      drawdown: changes.drawdown
    )
    return .pass(news, .changed)
  }

  mutating func expire(at now: Instant) -> Due<PerformanceNews>? {
    let boundary = desk.ledger.nextBoundary
    guard boundary <= now, desk.ledger.advance(to: boundary) else { return nil }
    return Due(PerformanceNews(isAll: true), at: boundary, .windowClosed, isMade: true)
  }

  /// Nothing: the end of the stream is not the end of a day.
  mutating func finish(at now: Instant) -> Due<PerformanceNews>? { nil }
}
