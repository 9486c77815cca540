import Tocsin

/// A rule about silence, from its beginning on. It hears what it is about, and nil for the passing of
/// time.
///
/// When this machine was suspended, or starved of time, what fell due meanwhile is not told: nobody
/// could hear. Silence counts from the waking on.
struct Watching<Base: TimedRule & Resumable>: TimedRule {
  typealias Input = Base.Input?
  typealias Output = Base.Output

  private var base: Base
  private let pauses: PauseSensor
  private let opening: Opening
  private let begin: (@Sendable (inout Base, Instant) -> Void)?
  private var hasBegun = false

  /// Makes a rule.
  ///
  /// - Parameters:
  ///   - base: What decides.
  ///   - start: When it begins to wait; with the first event when nil, as on lanes in event time.
  ///   - pauses: Notices when the machine stood still.
  ///   - opening: Is told when it has begun.
  ///   - begin: What is done then.
  init(
    _ base: Base,
    from start: Instant?,
    pauses: PauseSensor,
    opening: Opening,
    begin: (@Sendable (inout Base, Instant) -> Void)? = nil
  ) {
    self.base = base
    self.pauses = pauses
    self.opening = opening
    self.begin = begin
    if let start { started(at: start) }
  }

  @inline(__always)
  var nextDeadline: Instant { base.nextDeadline }

  mutating func receive(_ input: Base.Input?, at now: Instant) -> Verdict<Base.Output> {
    if !hasBegun { started(at: now) }
    guard let input else { return .drop(.filtered) }
    return base.receive(input, at: now)
  }

  mutating func expire(at now: Instant) -> Due<Base.Output>? {
    if let waking = pauses.waking(whenDueAt: base.nextDeadline) { base.resume(at: waking) }
    return base.expire(at: now)
  }

  mutating func finish(at now: Instant) -> Due<Base.Output>? { base.finish(at: now) }

  private mutating func started(at now: Instant) {
    hasBegun = true
    opening.begin()
    begin?(&base, now)
  }
}
