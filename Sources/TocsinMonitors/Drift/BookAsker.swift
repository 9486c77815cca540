import Tocsin

/// Knows when to ask for which reports, and what became of the questions.
///
/// Both books are asked at one instant, and not again before both answered or the answer time is
/// over: an answer belongs to one question. A report that is not complete, or none within the answer
/// time, is a failure: it asks again after a while that doubles from failure to failure. While it
/// asks for a topic, reports of it that nobody asked for are refused: how old they are is unknown. So
/// are those that answer an earlier question. O(1).
struct BookAsker: Sendable {
  /// What became due.
  struct News {
    var requests: [BookRequest] = []
    /// What was not answered in time.
    var failed: [(topic: BookTopic, books: Set<Book>)] = []
  }

  /// Where the asking for a topic stands.
  struct Turn {
    /// The next time by the interval, or after a failure.
    var due: Instant
    /// When to ask before that, and why.
    var sooner: (due: Instant, reason: BookRequest.Reason)?
    var failures = 0
    var isFailed = false
    var askedAt: Instant?
    var waiting: Set<Book> = []
    /// Books that answered; the cash of further accounts may follow.
    var answered: Set<Book> = []
  }

  let schedule: DriftSchedule
  let isHeard: @Sendable () -> Bool
  var turns = TopicTable<Turn>()
  var nextDeadline = Instant.distantFuture

  /// Makes an asker that has not started.
  ///
  /// - Parameters:
  ///   - schedule: When to ask.
  ///   - isHeard: Whether anybody would answer.
  init(_ schedule: DriftSchedule, isHeard: @escaping @Sendable () -> Bool) {
    self.schedule = schedule
    self.isHeard = isHeard
  }

  mutating func start(at now: Instant) {
    for topic in BookTopic.allCases where schedule.interval(topic) != nil {
      turns[topic] = Turn(due: now.advanced(by: .seconds(1)))
    }
    update()
  }

  /// Asks for a topic by an instant, if it is asked for at all; not before a retry is due.
  mutating func hurry(_ topic: BookTopic, by instant: Instant, _ reason: BookRequest.Reason) {
    guard let turn = turns[topic], turn.failures == 0 else { return }
    if let known = turn.sooner, known.due <= instant { return }
    turns[topic]?.sooner = (instant, reason)
    update()
  }

  /// Asks for a topic at an instant, because of a fill: a later fill puts it off.
  mutating func follow(_ topic: BookTopic, at instant: Instant) {
    guard let turn = turns[topic], turn.failures == 0 else { return }
    if let known = turn.sooner, known.reason != .fill { return }
    turns[topic]?.sooner = (instant, .fill)
    update()
  }

  /// Takes note of a report.
  mutating func receive(
    _ topic: BookTopic,
    _ report: some BookReport,
    at now: Instant
  ) -> Answer {
    guard let turn = turns[topic], let askedAt = turn.askedAt else { return .passive }
    let book = report.book
    let isLater = topic == .cash && turn.answered.contains(book)
    guard turn.waiting.contains(book) || isLater, report.answers ?? askedAt == askedAt else {
      return .unasked
    }
    turns[topic]?.waiting.remove(book)
    turns[topic]?.answered.insert(book)
    if !report.isComplete {
      fail(topic, at: now)
    } else if turn.waiting == [book], !turn.isFailed {
      turns[topic]?.failures = 0
    }
    catchUp(topic, at: now)
    update()
    return .asked(askedAt)
  }

  /// What became due while it waited for an answer is due now.
  private mutating func catchUp(_ topic: BookTopic, at now: Instant) {
    guard var turn = turns[topic], turn.waiting.isEmpty else { return }
    turn.due = max(turn.due, now)
    if let sooner = turn.sooner { turn.sooner = (max(sooner.due, now), sooner.reason) }
    turns[topic] = turn
  }

  /// How a report relates to the questions.
  enum Answer: Equatable {
    /// Nobody asks for such reports.
    case passive
    /// It answers what was asked at an instant.
    case asked(Instant)
    /// It answers nothing.
    case unasked
  }

  /// Takes what is due at `now`; nil when nothing is.
  mutating func expire(at now: Instant) -> News? {
    guard nextDeadline <= now else { return nil }
    var news = News()
    for topic in BookTopic.allCases { expire(topic, at: now, into: &news) }
    update()
    return news
  }
}
