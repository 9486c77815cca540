import Tocsin

/// A rule about silence and a part of what it hears, from its beginning on.
///
/// When this machine was suspended, or starved of time, what fell due meanwhile is not told: nobody
/// could hear. Silence counts from the waking on.
struct Watching<Base: TimedRule & Resumable, Input>: TimedRule {
  typealias Output = Base.Output

  private var base: Base
  private let pauses: PauseSensor
  private let select: @Sendable (Input) -> Base.Input?
  private let begin: (@Sendable (inout Base, Instant) -> Void)?
  private var hasBegun = false

  /// Makes a rule.
  ///
  /// - Parameters:
  ///   - base: What decides.
  ///   - start: When it begins to wait; with the first event when nil, as on lanes in event time.
  ///   - pauses: Notices when the machine stood still.
  ///   - begin: What is done then.
  ///   - select: Picks what the rule is about.
  init(
    _ base: Base,
    from start: Instant?,
    pauses: PauseSensor,
    begin: (@Sendable (inout Base, Instant) -> Void)? = nil,
    select: @escaping @Sendable (Input) -> Base.Input?
  ) {
    self.base = base
    self.pauses = pauses
    self.select = select
    self.begin = begin
    if let start { started(at: start) }
  }

  var nextDeadline: Instant { base.nextDeadline }

  mutating func receive(_ event: Input, at now: Instant) -> Verdict<Base.Output> {
    if !hasBegun { started(at: now) }
    guard let input = select(event) else { return .drop(.filtered) }
    return base.receive(input, at: now)
  }

  mutating func expire(at now: Instant) -> Due<Base.Output>? {
    if let waking = pauses.waking(whenDueAt: base.nextDeadline) { base.resume(at: waking) }
    return base.expire(at: now)
  }

  mutating func finish(at now: Instant) -> Due<Base.Output>? { base.finish(at: now) }

  private mutating func started(at now: Instant) {
    hasBegun = true
    begin?(&base, now)
  }
}

/// What a lag rule hears.
enum LagSignal: Sendable {
  case tick(Tick)
  case connected(String)
  case other
}

/// The lag rule, about the ticks of one venue, or of all.
struct LagWatch: Rule {
  let venue: String?
  var base: VenueLag

  mutating func receive(_ signal: LagSignal, at now: Instant) -> Verdict<FeedNews> {
    switch signal {
    case .tick(let tick): return base.receive(tick, at: now)
    case .connected(let venue):
      base.restart(venue: venue, at: now)
      return .drop(.filtered)
    case .other: return .drop(.filtered)
    }
  }
}
