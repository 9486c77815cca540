/// Holds back an alert that changes between firing and resolved too often, and sends its final state
/// when it has settled.
///
/// A change is an alert whose phase is not that of the alert before it; what has never fired counts
/// as resolved. With each change the rule counts those in `(now - window, now]`. At `enter` of them
/// the alert flaps. It flaps until fewer than `leave` changes are in the window, or until nothing has
/// changed for `settled`, whichever comes first; both come by timer, exactly then, and before a value
/// of the same instant.
///
///     input                            f-r-f-r-f-r-r----------|   f fires, r is resolved
///     Flapping(4, leave: 2, within 8)  f-r-f-----------r------|
///
/// - Not flapping: every alert passes (`passed`, `resolved`), also repeats.
/// - The change that makes it flap: a firing alert passes (`flapping`), a resolved one goes no
///   further (`flapping`). So whoever is told hears "firing" before it gets quiet, never "resolved".
///   With `announce` one alert goes on in either case: the newest firing one, changed by `announce`
///   to say that it flaps; a resolved alert then passes as it.
/// - Flapping: alerts go no further (`flapping`), but a firing one that is more severe than what was
///   told breaks through (`moreSevere`).
/// - Settled: the newest alert is always sent, made by the rule (`settled`): a resolved one closes
///   what was told, a firing one says that it stays. At the end of the stream it comes at once
///   (`ended`).
///
/// An alert that goes on stands for the firing ones held back before it
/// (``Alerting/occurrences``). After `settled` the changes before it are forgotten; after `leave`
/// those still in the window count on. A window or `settled` of zero or less never flaps.
///
/// Kapacitor holds back everything while an alert flaps, the recovery too, and never makes up for it:
/// its last word can be "critical" for ever. It and Nagios weigh recent changes more and compare a
/// percentage of the last so many *samples*, so how long a flap lasts depends on the rate of checks.
/// Here plain counts within a time say what they mean, and time alone is enough to settle.
///
/// - Complexity: O(1) time on average for each alert; memory of at most `enter` instants and one
///   alert. No allocation once `enter` changes have been seen.
public struct Flapping<Value: Alerting>: TimedRule, Sendable {
  /// What the rule remembers. Its levels, its times and its closure are not part of it.
  public var state: State
  @usableFromInline internal let enter: Int
  @usableFromInline internal let leave: Int
  @usableFromInline internal let window: Int64
  @usableFromInline internal let settled: Int64
  @usableFromInline internal let announce: (@Sendable (inout Value) -> Void)?

  /// Makes a rule that has seen nothing.
  ///
  /// - Parameters:
  ///   - enter: How many changes within the window make it flap. At least 1.
  ///   - leave: Below how many it no longer does. At least 1, at most `enter`.
  ///   - window: How far back changes count.
  ///   - settled: After how long without a change it no longer flaps either. `nil`: `leave` decides.
  ///   - announce: Changes the alert that says that it flaps. `nil`: none says so.
  @inlinable
  public init(
    _ enter: Int,
    leave: Int,
    within window: Duration,
    settled: Duration? = nil,
    announce: (@Sendable (inout Value) -> Void)? = nil
  ) {
    self.enter = min(max(1, enter), Int(Int32.max))
    self.leave = min(max(1, leave), self.enter)
    self.settled = settled?.ruleNanoseconds ?? .max
    self.window = self.settled == 0 ? 0 : window.ruleNanoseconds
    self.announce = announce
    state = State(limit: self.enter)
  }

  /// False while a closing alert is owed or the final state is to be sent.
  @inlinable public var canBeForgotten: Bool { !state.isFiring && !state.isFlapping }

  /// Counts a change, and lets the alert pass unless it flaps.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    let isFiring = input.phase == .firing
    let isChange = isFiring != state.isFiring
    state.isFiring = isFiring
    if state.isFlapping { return keepBack(input, isChange, at: now) }
    if isChange && count(at: now) { return begin(input, at: now) }
    if isFiring { state.told(input) }
    return .pass(input, isFiring ? .passed : .resolved)
  }

  /// Adds a change to the open window. True when there are enough.
  @inlinable
  internal mutating func count(at now: Instant) -> Bool {
    guard window > 0 else { return false }
    forget(at: now)
    _ = state.changes.append(now)
    return state.changes.count >= enter
  }

  @inlinable
  internal mutating func forget(at now: Instant) {
    while let first = state.changes.first, first.advanced(byNanoseconds: window) <= now {
      state.changes.removeFirst()
    }
  }

  @inlinable
  internal mutating func begin(_ input: Value, at now: Instant) -> Verdict<Value> {
    state.isFlapping = true
    arm(after: now)
    if input.phase == .firing { state.told(input) }
    let newestFiring = state.newest
    state.newest = input
    guard input.phase == .firing || announce != nil, var output = newestFiring else {
      return .drop(.flapping)
    }
    if input.phase == .resolved { output.occurrences = 1 }
    announce?(&output)
    return .pass(output, .flapping)
  }

  @inlinable
  internal mutating func keepBack(
    _ input: Value,
    _ isChange: Bool,
    at now: Instant
  ) -> Verdict<Value> {
    if isChange {
      _ = state.changes.append(now)
      arm(after: now)
    }
    state.newest = input
    guard input.phase == .firing else { return .drop(.flapping) }
    if input.severity > state.severity {
      state.severity = input.severity
      return .pass(state.handingOn(input), .moreSevere)
    }
    state.suppressed = state.suppressed.addingSaturating(input.occurrences)
    return .drop(.flapping)
  }
}
