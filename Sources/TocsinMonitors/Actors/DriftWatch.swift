import Tocsin

/// The drift desk as a step of a chain: inputs and the passing of time go in, news comes out.
struct DriftWatch: TimedRule, Sendable {
  private var desk: DriftDesk
  private var isStarted = false
  /// Is told when it has begun.
  let opening = Opening()

  /// Makes a rule that waits for the first pair from `start` on; from the first event on when nil.
  init(_ desk: DriftDesk, from start: Instant?) {
    self.desk = desk
    if let start { begin(at: start) }
  }

  var nextDeadline: Instant { desk.nextDeadline }

  mutating func receive(_ input: DriftInput, at now: Instant) -> Verdict<DriftNews> {
    if !isStarted { begin(at: now) }
    switch input {
    case .other: return .drop(.filtered)
    case .event(let event): return take(event, at: now)
    case .outcome(let outcome): return Self.verdict(desk.receive(outcome, at: now), .changed)
    case .command(let command): return Self.verdict(desk.receive(command, at: now), .changed)
    }
  }

  mutating func expire(at now: Instant) -> Due<DriftNews>? {
    let instant = desk.nextDeadline
    guard instant <= now else { return nil }
    let news = desk.expire(at: instant)
    guard !news.isEmpty else { return expire(at: now) }
    return Due(news, at: instant, .absent, isMade: true)
  }

  /// Nothing: the end of the stream is no difference.
  mutating func finish(at now: Instant) -> Due<DriftNews>? { nil }

  private mutating func begin(at now: Instant) {
    isStarted = true
    opening.begin()
    desk.start(at: now)
  }

  private mutating func take(_ event: TradingEvent, at now: Instant) -> Verdict<DriftNews> {
    switch event {
    case .order(let order): Self.verdict(desk.receive(order, at: now), .changed)
    case .positions(let report): Self.verdict(desk.receive(report, at: now), .changed)
    case .orders(let report): Self.verdict(desk.receive(report, at: now), .changed)
    case .fills(let report): Self.verdict(desk.receive(report, at: now), .changed)
    case .account(let report): Self.verdict(desk.receive(report, at: now), .changed)
    default: .drop(.filtered)
    }
  }

  /// Static: `self` as a receiver would be copied before the desk changes, dictionaries and all.
  private static func verdict(_ news: DriftNews?, _ reason: Reason) -> Verdict<DriftNews> {
    guard let news else { return .drop(.unmatched) }
    return news.isEmpty ? .drop(.unchanged) : .pass(news, reason)
  }
}
