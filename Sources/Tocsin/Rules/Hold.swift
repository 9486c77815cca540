/// Fires when a condition has held for some time, and resolves when it has been gone for some time.
///
/// The condition is asked once for each value and counts as unchanged until the next one. The signal
/// fires by timer, exactly `duration` after the first value for which the condition held, whether or
/// not another value comes; it carries the newest value. It then fires on until the condition has
/// been false for `keepFiring`, again by timer. Each episode gives one firing and one resolved signal.
///
///     input                    +-+-+-+---------|     + holds, - is a tick, x does not hold
///     Hold(for: 3)             ---F------------|
///
///     input                    +---x-+-x----+-|      F fires, R resolves
///     Hold(3, keepFiring: 4)   ---F--------R--|
///     Hold(3)                  ---FR----------|
///
/// A value for which the condition ends at the very instant at which the signal is due comes after
/// it: the signal fires and then resolves.
///
/// Signals are made of many values, so no value is held: each is dropped with what it meant
/// (`belowThreshold`, `holding`, `conditionEnded`, `stillFiring`, `keptFiring`), or passes as the
/// signal when a duration is zero or less and there is nothing to wait for. At the end of the stream
/// a condition that has not held long enough is forgotten, because it proves nothing; a kept signal
/// whose condition is gone resolves at once (`ended`); one that still holds stays open.
///
/// - Complexity: O(1) time besides the condition; memory of one value. No allocation.
public struct Hold<Value>: TimedRule {
  @usableFromInline internal let duration: Int64
  @usableFromInline internal let keepFiring: Int64
  @usableFromInline internal let condition: @Sendable (Value) -> Bool
  /// What the rule remembers. Its durations and its condition are not part of it.
  public var state = State()

  /// Makes a rule whose condition does not hold.
  ///
  /// - Parameters:
  ///   - duration: How long the condition must hold before the signal fires.
  ///   - keepFiring: How long the condition must be gone before the signal resolves.
  ///   - condition: Asked once for each value. Must give the same answer for equal values.
  @inlinable
  public init(
    for duration: Duration,
    keepFiring: Duration = .zero,
    _ condition: @escaping @Sendable (Value) -> Bool
  ) {
    self.duration = duration.ruleNanoseconds
    self.keepFiring = keepFiring.ruleNanoseconds
    self.condition = condition
  }

  /// False while an episode is open, so that its resolved signal cannot get lost.
  @inlinable public var canBeForgotten: Bool { state.stage == .idle }

  /// Asks the condition about a value.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Signal<Value>> {
    condition(input) ? begin(input, at: now) : end(input, at: now)
  }

  @inlinable
  @inline(__always)
  internal mutating func begin(_ input: Value, at now: Instant) -> Verdict<Signal<Value>> {
    switch state.stage {
    case .firing: return .drop(.stillFiring)
    case .pending: state.latest = input
    case .kept:
      state.enter(.firing)
      state.since = now
      return .drop(.stillFiring)
    case .idle:
      if duration == 0 { return fire(input, at: now) }
      state.enter(.pending, since: now, for: duration, input)
    }
    return .drop(.holding)
  }

  @inlinable
  @inline(__always)
  internal mutating func end(_ input: Value, at now: Instant) -> Verdict<Signal<Value>> {
    switch state.stage {
    case .idle: return .drop(.belowThreshold)
    case .pending:
      state.enter(.idle)
      return .drop(.conditionEnded)
    case .kept: state.latest = input
    case .firing:
      if keepFiring == 0 { return resolve(input, at: now) }
      state.enter(.kept, since: now, for: keepFiring, input)
    }
    return .drop(.keptFiring)
  }

  @inlinable
  internal mutating func fire(_ input: Value, at now: Instant) -> Verdict<Signal<Value>> {
    state.enter(.firing)
    state.since = now
    return .pass(Signal(input, .firing, since: now), .heldLongEnough)
  }

  @inlinable
  internal mutating func resolve(_ input: Value, at now: Instant) -> Verdict<Signal<Value>> {
    state.enter(.idle)
    state.since = now
    return .pass(Signal(input, .resolved, since: now), .resolved)
  }

  /// When the pending signal fires or the kept one resolves.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { state.deadline }

  /// Gives the signal that fires or resolves by its time.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Signal<Value>>? {
    let (instant, stage) = (state.deadline, state.stage)
    guard instant.isDue(at: now) else { return nil }
    guard state.isTimed, let value = state.latest else { return repair() }
    let fires = stage == .pending
    state.enter(fires ? .firing : .idle)
    let signal = Signal(value, fires ? .firing : .resolved, since: state.since)
    return Due(signal, at: instant, fires ? .heldLongEnough : .resolved, isMade: true)
  }

  /// Makes sense of a state that no run of the rule leads to, as a damaged file may hold it: stops
  /// its timer and lets the next value decide. What was announced stays announced.
  @inlinable
  @inline(never)
  internal mutating func repair() -> Due<Signal<Value>>? {
    state.enter(state.stage == .firing || state.stage == .kept ? .firing : .idle)
    return nil
  }

  /// Gives the closing signal of a condition that is gone; a condition not yet proven is forgotten.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Signal<Value>>? {
    guard state.stage == .kept, let value = state.latest else { return nil }
    state.enter(.idle)
    return Due(Signal(value, .resolved, since: state.since), at: now, .ended, isMade: true)
  }
}

extension Hold: Sendable where Value: Sendable {}
