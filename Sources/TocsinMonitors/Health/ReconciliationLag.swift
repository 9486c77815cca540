public import Tocsin

/// Watches how long a fill waits for the comparison of the books that includes it.
///
/// A comparison is a pair of complete reports, one of each book, at most ``maximumGap`` apart, each
/// used once, as the drift monitor pairs them. It includes the fills that came before both reports.
/// A fill that is in none ``maxLag`` after it came makes `reconciliation` unhealthy, and so does a
/// comparison that is due ``every`` so often and does not come within ``maxLag``. It recovers with
/// the comparison that includes all that was overdue. A failed or partial report includes nothing.
///
/// O(1). Up to 1,024 instants of fills are kept; of more the latest counts for those after them.
public struct ReconciliationLag: TimedRule, Sendable {
  private static let fillLimit = 1_024

  private struct Report: Sendable {
    var instant: Int64
    /// How many fills came before it.
    var fills: Int
  }

  /// How long a fill may wait.
  public let maxLag: Duration
  /// How often the books have to be compared; nil for only after fills.
  public let every: Duration?
  /// How far apart two reports may be and still be compared.
  public let maximumGap: Duration
  /// How long the latest fill that was compared had waited; nil before the first.
  public private(set) var latestLag: Duration?

  private var fills = Recent<Int64>(capacity: fillLimit)
  /// The number of the first fill in `fills`, and how many fills there were.
  private var firstFill = 0
  private var fillCount = 0
  private var overflow: Int64?
  private var local: Report?
  private var broker: Report?
  private var compared: Int64?
  private var floor = Int64.min
  private var isTold = false

  /// Makes a rule that waits for nothing yet.
  public init(
    maxLag: Duration = .seconds(5),
    every: Duration? = nil,
    maximumGap: Duration = .seconds(10)
  ) {
    self.maxLag = maxLag
    self.every = every
    self.maximumGap = maximumGap
  }

  /// Waits for the comparisons that are due regularly, from now on. Without a call from the first
  /// event on.
  public mutating func begin(at now: Instant) { compared = compared ?? now.nanoseconds }

  /// Goes on after a time in which nothing could be heard: what is due counts from `now` on.
  public mutating func resume(at now: Instant) { floor = max(floor, now.nanoseconds) }

  /// When a comparison will be missing.
  public var nextDeadline: Instant { Instant(nanoseconds: isTold ? .max : dueDate) }

  private var dueDate: Int64 {
    let fill = fills.first.map { max($0, floor).addingSaturated(maxLag.wholeNanoseconds) } ?? .max
    guard let every, let compared else { return fill }
    let next = max(compared, floor).addingSaturated(every.wholeNanoseconds)
    return min(fill, next.addingSaturated(maxLag.wholeNanoseconds))
  }

  /// Whether an event changes anything here.
  static func isAbout(_ event: TradingEvent) -> Bool {
    switch event {
    case .order(let step): step.kind.isFill
    case .positions: true
    default: false
    }
  }

  /// Notes a fill or a report, and passes the recovery.
  public mutating func receive(_ event: TradingEvent, at now: Instant) -> Verdict<HealthTransition>
  {
    begin(at: now)
    switch event {
    case .order(let step):
      guard case .filled = step.kind else { return .drop(.filtered) }
      note(fill: now.nanoseconds)
      return .drop(.alive)
    case .positions(let report):
      guard report.isComplete else { return .drop(.invalid) }
      return note(report.book, at: now.nanoseconds)
    default: return .drop(.filtered)
    }
  }

  /// Takes the comparison that is missing.
  public mutating func expire(at now: Instant) -> Due<HealthTransition>? {
    guard nextDeadline <= now, nextDeadline < .distantFuture else { return nil }
    let instant = nextDeadline
    isTold = true
    let limit = maxLag.wholeNanoseconds
    let isFill = fills.first.map { max($0, floor).addingSaturated(limit) } == instant.nanoseconds
    let since = Duration.nanoseconds(instant.nanoseconds &- max(compared ?? floor, floor))
    let transition = HealthTransition(
      component: "reconciliation",
      from: .healthy,
      to: .unhealthy,
      reason: isFill
        ? "a fill is in no comparison of the books for \(maxLag.words)"
        : "the books were not compared for \(since.words)",
      value: isFill ? maxLag.inSeconds : since.inSeconds
    )
    return Due(transition, at: instant, .absent, isMade: true)
  }

  /// Nothing: the end of the stream is no silence.
  public mutating func finish(at now: Instant) -> Due<HealthTransition>? { nil }
}

extension ReconciliationLag {
  private mutating func note(fill now: Int64) {
    fillCount += 1
    if overflow == nil, fills.count < Self.fillLimit { fills.append(now) } else { overflow = now }
  }

  private mutating func note(
    _ book: Book,
    at now: Int64
  ) -> Verdict<HealthTransition> {
    let report = Report(instant: now, fills: fillCount)
    if book == .local { local = report } else { broker = report }
    guard let local, let broker,
      abs(local.instant &- broker.instant) <= maximumGap.wholeNanoseconds
    else { return .drop(.unmatched) }
    (self.local, self.broker) = (nil, nil)
    compared = now
    take(upTo: min(local.fills, broker.fills), at: now)
    return recovery(at: now)
  }

  private mutating func take(upTo count: Int, at now: Int64) {
    while let fill = fills.first, firstFill < count {
      fills.removeOldest()
      firstFill += 1
      latestLag = .nanoseconds(now &- fill)
    }
    guard let waiting = overflow, fills.isEmpty else { return }
    overflow = nil
    firstFill = fillCount - 1
    if firstFill >= count { fills.append(waiting) } else { firstFill = fillCount }
  }

  private mutating func recovery(at now: Int64) -> Verdict<HealthTransition> {
    guard isTold, dueDate > now else { return .drop(.alive) }
    isTold = false
    let lag = latestLag.map { ", \($0.words) after the latest fill in them" } ?? ""
    let transition = HealthTransition(
      component: "reconciliation",
      from: .unhealthy,
      to: .healthy,
      reason: "the books are compared again\(lag)",
      value: latestLag?.inSeconds
    )
    return .pass(transition, .resolved)
  }
}
