import Tocsin

/// Data that decisions need. Missing for too long it makes trading stricter: never blind.
public struct RequiredData: Sendable {
  /// What it is called, unique in its monitor.
  public var name: String
  /// How long it may be missing before only reducing orders are allowed; nil: not at all.
  public var reduceAfter: Duration?
  /// How long it may be missing before trading halts; nil: not at all.
  public var haltAfter: Duration?
  /// When its absence means something.
  public var hours: WatchHours
  let matches: @Sendable (TradingEvent) -> Bool

  /// Makes data of any kind.
  ///
  /// - Parameters:
  ///   - name: What it is called, unique in its monitor. ``SafetyCommand/alive(_:)`` with this name
  ///     counts as a sign of it.
  ///   - reduceAfter: How long it may be missing before only reducing orders are allowed.
  ///   - haltAfter: How long it may be missing before trading halts.
  ///   - hours: When its absence means something.
  ///   - matches: Whether an event is a sign of it. Asked for every event, so it has to be quick.
  public init(
    _ name: String,
    reduceAfter: Duration?,
    haltAfter: Duration?,
    during hours: WatchHours = .always,
    where matches: @escaping @Sendable (TradingEvent) -> Bool = { _ in false }
  ) {
    self.name = name
    self.reduceAfter = reduceAfter.map { max(.nanoseconds(1), $0) }
    self.haltAfter = haltAfter.map { max(.nanoseconds(1), $0) }
    self.hours = hours
    self.matches = matches
  }

  /// The heartbeats of a component.
  public static func heartbeats(
    of source: String = "broker",
    reduceAfter: Duration? = .seconds(90),
    haltAfter: Duration? = .seconds(300),
    during hours: WatchHours = .always
  ) -> RequiredData {
    RequiredData(
      "heartbeats of \(source)",
      reduceAfter: reduceAfter,
      haltAfter: haltAfter,
      during: hours
    ) { if case .heartbeat(let beat) = $0 { beat.source == source } else { false } }
  }

  /// The ticks of a venue, or of one symbol of it. Snapshots prove that the line is alive, and count.
  public static func ticks(
    from venue: String,
    symbol: String? = nil,
    reduceAfter: Duration? = .seconds(30),
    haltAfter: Duration? = .seconds(120),
    during hours: WatchHours = .always
  ) -> RequiredData {
    RequiredData(
      "ticks of \(venue)\(symbol.map { "/\($0)" } ?? "")",
      reduceAfter: reduceAfter,
      haltAfter: haltAfter,
      during: hours
    ) { event in
      guard case .tick(let tick) = event, tick.venue == venue else { return false }
      return symbol.map { $0 == tick.symbol } ?? true
    }
  }

  /// Complete reports of a book. A report of a query that failed is no sign of it.
  public static func positions(
    of book: Book,
    reduceAfter: Duration? = .seconds(180),
    haltAfter: Duration? = .seconds(600),
    during hours: WatchHours = .always
  ) -> RequiredData {
    RequiredData(
      "positions of \(book.rawValue)",
      reduceAfter: reduceAfter,
      haltAfter: haltAfter,
      during: hours
    ) { event in
      guard case .positions(let report) = event else { return false }
      return report.book == book && report.isComplete
    }
  }

  /// Snapshots of the account's performance; see ``SafetySettings/account``.
  public static func performance(
    reduceAfter: Duration? = .seconds(180),
    haltAfter: Duration? = .seconds(600),
    during hours: WatchHours = .always
  ) -> RequiredData {
    RequiredData(
      performanceName,
      reduceAfter: reduceAfter,
      haltAfter: haltAfter,
      during: hours
    )
  }

  static let performanceName = "performance"
}
