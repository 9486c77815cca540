import Tocsin

/// Knows which books have not been compared for too long: a comparison that silently stops would
/// look like books that agree.
///
/// When nothing of a channel was compared for the maximum age, the query of the book whose report is
/// missing (or older) counts as failed. Outside the hours nothing is missing. O(channels) a report.
struct ReportAges: Sendable {
  /// What is compared: a topic, and for cash an account.
  struct Channel: Hashable, Sendable {
    var topic: BookTopic
    var account: String

    init(_ topic: BookTopic, _ account: String = "") {
      self.topic = topic
      self.account = account
    }
  }

  /// Reports that did not come.
  struct Missing {
    var topic: BookTopic
    var account: String
    var books: Set<Book>
  }

  private struct Age {
    var deadline: Instant
    var lastSeen: [Book: Instant] = [:]
  }

  private let maximum: Duration?
  private let hours: WatchHours
  private var channels: [Channel: Age] = [:]
  private(set) var nextDeadline = Instant.distantFuture

  init(_ maximum: Duration?, during hours: WatchHours) {
    self.maximum = maximum
    self.hours = hours
  }

  /// Waits for a channel from `now` on, unless it is waited for.
  mutating func expect(_ channel: Channel, at now: Instant) {
    guard maximum != nil, channels[channel] == nil else { return }
    let due = dueDate(after: now)
    channels[channel] = Age(deadline: due)
    update()
  }

  mutating func receive(_ channel: Channel, _ book: Book, at now: Instant) {
    guard maximum != nil else { return }
    expect(channel, at: now)
    channels[channel]?.lastSeen[book] = now
  }

  /// A channel was compared, or it was tried.
  mutating func compared(_ channel: Channel, at now: Instant) {
    guard channels[channel] != nil else { return }
    let due = dueDate(after: now)
    channels[channel]?.deadline = due
    update()
  }

  mutating func expire(at now: Instant) -> [Missing] {
    guard nextDeadline <= now else { return [] }
    let due = channels.filter { $0.value.deadline <= now }.keys
    let sorted = due.sorted { ($0.topic, $0.account) < ($1.topic, $1.account) }
    let late = sorted.map {
      Missing(topic: $0.topic, account: $0.account, books: missing($0, at: now))
    }
    let next = dueDate(after: now)
    for channel in due { channels[channel]?.deadline = next }
    update()
    return late
  }

  /// The books that have not told for so long; both when both did and yet never met.
  private func missing(_ channel: Channel, at now: Instant) -> Set<Book> {
    let missing = Book.allCases.filter { book in
      guard let maximum, let last = channels[channel]?.lastSeen[book] else { return true }
      return last.duration(to: now) >= maximum
    }
    return Set(missing.isEmpty ? Book.allCases : missing)
  }

  private mutating func update() {
    nextDeadline = channels.values.map(\.deadline).min() ?? .distantFuture
  }

  private func dueDate(after instant: Instant) -> Instant {
    guard let maximum else { return .distantFuture }
    let due = instant.advanced(by: maximum)
    let opening = hours.nextOpening(due)
    return opening == due ? due : opening.advanced(by: maximum)
  }
}
