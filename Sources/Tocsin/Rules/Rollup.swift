/// Lets the first values of a window pass at once, and the rest as one summary at its end.
///
/// A window opens with a value that passes when none is open. The first `count` values of
/// `[start, start + window)` pass, each as a message that stands for one (`first`, `passed`). The
/// others live on in a summary and are dropped themselves (`summarised`); it is made at the end of
/// the window (`windowClosed`), opens the next window and is the first message of it. A value at the
/// very end of a window belongs to the next one, after the summary.
///
///     input                    a-b-c-d-e-f-g--------h-|     window 5 ticks
///     Rollup(1, per: 5)        a----B----D----F-----h-|     B: b c, D: d e, F: f g
///
/// Nothing is lost: every value is a message or is counted in one, with the first, the last, the
/// worst severity and a sample. At the end of the stream an open summary is given at once (`ended`).
/// A count of less than one counts as one; a window of zero or less lets everything pass (`passed`).
///
/// Order is kept, so of values with a phase the last word is the truth: ``RolledUp/last`` of the
/// last message is the last that came. A critical alert never waits: when a summary is open it
/// closes it, and passes as its last value. A value that closes an episode is in the sample even if
/// that is full, so that no closing message of any key is lost in a summary of many.
///
/// Riemann's `rollup` aligns its windows to the instant at which the stream was built, and takes the
/// summary off the budget of the next window even if that begins hours later: the first events after
/// a silence then wait. Here a window that is over binds nothing.
///
/// - Complexity: O(1) time for each value; memory of one summary with its sample. No allocation for
///   values that pass at once.
@frozen
public struct Rollup<Value>: TimedRule {
  @usableFromInline internal var start = Instant.distantPast
  @usableFromInline internal let plan: RollupPlan<Value>
  @usableFromInline internal var open: RolledUpFacts<Value>?
  /// The values of the open summary's sample between its first and its last one: the first few in
  /// place, those behind them in a list. It has those of an old one as long as `isListed` is false.
  @usableFromInline internal var few = FewValues<Value>()
  @usableFromInline internal var list: [Value] = []
  /// How many messages there have been since `start`.
  @usableFromInline internal var used: Int32 = 0
  @usableFromInline internal var fewCount: UInt8 = 0
  /// One of the last fields: flags of whoever keeps many rules lie behind it.
  @usableFromInline internal var isListed = false

  /// Makes a rollup that has let nothing pass yet.
  ///
  /// - Parameters:
  ///   - count: How many messages there are in a window at once. From 2^31 on: any number.
  ///   - window: How long a window is, from the value that opens it.
  ///   - sample: How many values of a summary it keeps. At least the first.
  public init(_ count: Int = 1, per window: Duration, sample: Int = 10) {
    plan = RollupPlan(count, per: window.ruleNanoseconds, sample: sample)
  }

  /// Lets a value pass as a message of its own, or adds it to the summary.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<RolledUp<Value>> {
    let standing = plan.bearing.read(input)
    if plan.window == 0 { return .pass(RolledUp(input, standing?.severity, at: now), .passed) }
    let opens = used == 0 || now >= end
    if open == nil && (opens || used < plan.count || standing.isUrgent) {
      if opens { (start, used) = (now, 0) }
      if used < .max - 1 { used += 1 }
      return .pass(RolledUp(input, standing?.severity, at: now), opens ? .first : .passed)
    }
    summarise(input, standing, at: now)
    return standing.isUrgent ? .pass(takeOpen(at: now), .passed) : .drop(.summarised)
  }

  @inlinable
  @inline(__always)
  internal var end: Instant { start.advanced(byNanoseconds: plan.window) }

  /// The end of the window that runs, whether there is a summary or not: a window that begins later
  /// then never ends earlier, and the deadlines of many keys are a list.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { used == 0 ? .distantFuture : end }

  /// Gives the summary of the window that is over, if it has one.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<RolledUp<Value>>? {
    let instant = nextDeadline
    guard instant.isDue(at: now) else { return nil }
    start = instant
    used = open == nil ? 0 : 1
    return open == nil ? nil : Due(takeOpen(at: instant), at: instant, .windowClosed, isMade: true)
  }

  /// Gives the summary that is open.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<RolledUp<Value>>? {
    open == nil ? nil : Due(takeOpen(at: now), at: now, .ended, isMade: true)
  }
}

extension Standing? {
  /// Whether a value may not wait.
  @inlinable
  @inline(__always)
  internal var isUrgent: Bool { self?.severity == .critical && self?.phase == .firing }
}

extension Rollup: Sendable where Value: Sendable {}
