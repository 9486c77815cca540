public import Tocsin

/// A question to the user's gateway: read a book, and send what it says as a report event.
///
/// Each is answered by one report of its topic and book, complete or not; of cash, by one for each
/// account. Say `isComplete: false` when the query failed or gave only a part: that is an answer,
/// and better than none.
public struct BookRequest: Hashable, Codable, Sendable {
  /// Why the monitor asks.
  public enum Reason: String, Hashable, Codable, Sendable, CaseIterable {
    /// It is time.
    case interval
    /// A fill came, and should be in both books by now.
    case fill
    /// Something new was found, and is to be confirmed.
    case confirmation
    /// A proposal was carried out.
    case reconciliation
    /// The last query failed or was not answered.
    case retry
    /// Somebody asked for it.
    case byHand
  }

  /// Whose view.
  public var book: Book
  /// Of what.
  public var topic: BookTopic
  /// When it was asked: the name of the question. Say it in the report that answers, so that an answer
  /// that comes late is not taken for that of a later question.
  public var asked: Instant
  /// From when on fills are wanted, by the clock of the book; nil for the other topics.
  public var since: Instant?
  /// Why.
  public var reason: Reason

  /// Makes a request.
  public init(
    _ book: Book,
    _ topic: BookTopic,
    asked: Instant,
    since: Instant? = nil,
    reason: Reason
  ) {
    self.book = book
    self.topic = topic
    self.asked = asked
    self.since = since
    self.reason = reason
  }
}

/// When a monitor asks for reports.
///
/// Asking begins a second after the start, and only while somebody listens to the requests. Topics
/// without an interval are never asked for.
public struct DriftSchedule: Hashable, Codable, Sendable {
  /// How often positions are asked for. Default: 60 s.
  public var positions: Duration? = .seconds(60)
  /// How often live orders are asked for. Default: 30 s.
  public var orders: Duration? = .seconds(30)
  /// How often fills are asked for. Default: never.
  public var fills: Duration?
  /// How often cash is asked for. Default: never.
  public var cash: Duration?
  /// How long an answer may take before the query counts as failed. Default: 10 s.
  public var answerTime = Duration.seconds(10)
  /// How long after a failure it asks again; doubled with each in a row. Default: 5 s.
  public var firstRetry = Duration.seconds(5)
  /// The longest it waits after a failure. Default: 5 min.
  public var longestRetry = Duration.seconds(300)
  /// How far back fills are asked for. Default: 10 min.
  public var fillWindow = Duration.seconds(600)
  /// How far the clocks of the books may be apart: our fills are asked for so much further back.
  /// Default: 5 s.
  public var clockMargin = Duration.seconds(5)

  /// The defaults: positions every 60 s and orders every 30 s.
  public init() {}

  /// All four topics: fills and cash every 60 s, too.
  public static var all: DriftSchedule {
    var schedule = DriftSchedule()
    schedule.fills = .seconds(60)
    schedule.cash = .seconds(60)
    return schedule
  }

  /// How often a topic is asked for; nil for never. At least a millisecond.
  public func interval(_ topic: BookTopic) -> Duration? {
    let interval =
      switch topic {
      case .positions: positions
      case .orders: orders
      case .fills: fills
      case .cash: cash
      }
    return interval.map { max($0, .milliseconds(1)) }
  }
}
