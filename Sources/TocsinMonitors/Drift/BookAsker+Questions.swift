import Tocsin

extension BookAsker {
  mutating func expire(_ topic: BookTopic, at now: Instant, into news: inout News) {
    guard let turn = turns[topic] else { return }
    if !turn.waiting.isEmpty, let asked = turn.askedAt,
      asked.advanced(by: schedule.answerTime) <= now
    {
      news.failed.append((topic, turn.waiting))
      turns[topic]?.waiting = []
      fail(topic, at: now)
    }
    guard let next = turns[topic], next.waiting.isEmpty else { return }
    if let sooner = next.sooner, sooner.due <= now {
      ask(topic, sooner.reason, at: now, into: &news)
    } else if next.due <= now {
      ask(topic, next.failures > 0 ? .retry : .interval, at: now, into: &news)
    }
  }

  private mutating func ask(
    _ topic: BookTopic,
    _ reason: BookRequest.Reason,
    at now: Instant,
    into news: inout News
  ) {
    guard var turn = turns[topic], let interval = schedule.interval(topic) else { return }
    if let sooner = turn.sooner, sooner.due <= now { turn.sooner = nil }
    turn.due = now.advanced(by: interval)
    (turn.askedAt, turn.waiting, turn.answered, turn.isFailed) = (nil, [], [], false)
    if isHeard() {
      news.requests += Book.allCases.map { request($0, topic, reason, at: now) }
      (turn.askedAt, turn.waiting) = (now, Set(Book.allCases))
    }
    turns[topic] = turn
  }

  private func request(
    _ book: Book,
    _ topic: BookTopic,
    _ reason: BookRequest.Reason,
    at now: Instant
  ) -> BookRequest {
    guard topic == .fills else { return BookRequest(book, topic, asked: now, reason: reason) }
    let margin = book == .local ? schedule.clockMargin : .zero
    let since = now.advanced(by: .zero - schedule.fillWindow - margin)
    return BookRequest(book, topic, asked: now, since: since, reason: reason)
  }

  /// The failure of both books at once counts once.
  mutating func fail(_ topic: BookTopic, at now: Instant) {
    guard var turn = turns[topic], !turn.isFailed else { return }
    turn.isFailed = true
    turn.failures += 1
    turn.sooner = nil
    turn.due = now.advanced(by: retryTime(turn.failures))
    turns[topic] = turn
  }

  private func retryTime(_ failures: Int) -> Duration {
    let doubled = schedule.firstRetry * (1 << min(failures - 1, 20))
    return max(.milliseconds(1), min(doubled, schedule.longestRetry))
  }

  mutating func update() {
    nextDeadline = .distantFuture
    for topic in BookTopic.allCases {
      if let turn = turns[topic] { nextDeadline = min(nextDeadline, deadline(of: turn)) }
    }
  }

  private func deadline(of turn: Turn) -> Instant {
    guard !turn.waiting.isEmpty, let asked = turn.askedAt else {
      return min(turn.due, turn.sooner?.due ?? .distantFuture)
    }
    return asked.advanced(by: schedule.answerTime)
  }
}
