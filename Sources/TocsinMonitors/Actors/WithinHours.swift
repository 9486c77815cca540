import Tocsin

/// A rule about silence that keeps quiet outside the hours.
///
/// What falls due outside them is told when the key is still silent `grace` after they begin again.
/// What ends before that is not told at all.
struct WithinHours<Base: TimedRule>: TimedRule where Base.Output: KeyedEvent & Phased {
  typealias Input = Base.Input
  typealias Output = Base.Output

  private(set) var base: Base
  private let hours: WatchHours
  private let grace: Duration
  private var waiting: [Base.Output.Key: Due<Base.Output>] = [:]
  /// The earliest deadline of those that wait; it may be too early, never too late.
  private var earliest = Instant.distantFuture

  init(_ base: Base, during hours: WatchHours, grace: Duration) {
    self.base = base
    self.hours = hours
    self.grace = grace
  }

  var nextDeadline: Instant { min(base.nextDeadline, earliest) }

  mutating func change(_ body: (inout Base) -> Void) { body(&base) }

  mutating func receive(_ input: Base.Input, at now: Instant) -> Verdict<Base.Output> {
    let verdict = base.receive(input, at: now)
    guard let output = verdict.output, waiting.removeValue(forKey: output.key) != nil,
      output.phase == .resolved
    else { return verdict }
    return .drop(.conditionEnded)
  }

  mutating func expire(at now: Instant) -> Due<Base.Output>? {
    while nextDeadline <= now {
      if base.nextDeadline <= earliest {
        if let due = base.expire(at: min(now, earliest)), isTold(due) { return due }
      } else if let due = takeWaiting() {
        return due
      }
    }
    return nil
  }

  mutating func finish(at now: Instant) -> Due<Base.Output>? { base.finish(at: now) }

  private mutating func isTold(_ due: Due<Base.Output>) -> Bool {
    let opening = hours.nextOpening(due.instant)
    guard due.output.phase == .firing, opening != due.instant else { return true }
    var due = due
    due.instant = opening.advanced(by: grace)
    waiting[due.output.key] = due
    earliest = min(earliest, due.instant)
    return false
  }

  /// The one that is due at the earliest deadline; nil when it has ended meanwhile.
  private mutating func takeWaiting() -> Due<Base.Output>? {
    let now = earliest
    let due = waiting.first { $0.value.instant <= now }
    if let due { waiting[due.key] = nil }
    earliest = waiting.values.map(\.instant).min() ?? .distantFuture
    return due?.value
  }
}

/// A rule about one part of what a trading system tells its monitors.
struct Watching<Base: TimedRule>: TimedRule {
  typealias Output = Base.Output

  private var base: Base
  private let select: @Sendable (TradingEvent) -> Base.Input?
  private let begin: @Sendable (inout Base, Instant) -> Void
  private var hasBegun = false

  /// Makes a rule.
  ///
  /// - Parameters:
  ///   - base: What decides.
  ///   - start: When it begins to wait; with the first event when nil, as on lanes in event time.
  ///   - begin: What is done then.
  ///   - select: Picks what the rule is about.
  init(
    _ base: Base,
    from start: Instant?,
    begin: @escaping @Sendable (inout Base, Instant) -> Void,
    select: @escaping @Sendable (TradingEvent) -> Base.Input?
  ) {
    self.base = base
    self.select = select
    self.begin = begin
    if let start { started(at: start) }
  }

  var nextDeadline: Instant { base.nextDeadline }

  mutating func receive(_ event: TradingEvent, at now: Instant) -> Verdict<Base.Output> {
    if !hasBegun { started(at: now) }
    guard let input = select(event) else { return .drop(.filtered) }
    return base.receive(input, at: now)
  }

  mutating func expire(at now: Instant) -> Due<Base.Output>? { base.expire(at: now) }
  mutating func finish(at now: Instant) -> Due<Base.Output>? { base.finish(at: now) }

  private mutating func started(at now: Instant) {
    hasBegun = true
    begin(&base, now)
  }
}

/// The lag rule, about the ticks of one venue, or of all.
struct LagWatch: Rule {
  let venue: String?
  var base: VenueLag

  mutating func receive(_ event: TradingEvent, at now: Instant) -> Verdict<FeedAge> {
    guard case .tick(let tick) = event, venue.map({ $0 == tick.venue }) ?? true else {
      return .drop(.filtered)
    }
    return base.receive(tick, at: now)
  }
}
