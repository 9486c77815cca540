/// Fires when a number crosses one level and resolves when it crosses another, so that a number that
/// trembles about one level does not fire again and again.
///
///     input                                  1-5-4-3-5-6-2---|    a number
///     Hysteresis(.above(5, leave: 3))        --F---------R---|    F fires, R resolves
///     Hysteresis(.above(5, leave: 3), for 3) -----------FR---|
///
/// With `duration` the signal fires by timer, exactly that long after the first number beyond
/// `enter`, when no number since then was short of it; it carries the newest value. A number that is
/// short of it at that very instant comes after it. It always resolves at once. Each episode gives
/// one firing and one resolved signal.
///
/// Infinities are numbers like others: beyond or short of any finite level. NaN says nothing: it is
/// dropped (`invalid`) and changes nothing, neither a wait nor an episode; watch a source that may
/// send nothing else with ``Absence``.
///
/// Signals are made of many values, so no value is held: each is dropped with what it meant
/// (`belowThreshold` or `withinBand` when it does not fire, `holding`, `conditionEnded`, and, when it
/// does, `stillFiring` or `withinBand`), or passes as the signal. At the end of the stream a number
/// that was not long enough beyond the level is forgotten, because it proves nothing; what fires
/// stays open.
///
/// Prometheus, Alertmanager and Riemann have no second level (an issue open for years); two rules
/// in its place disagree while the number is between the levels.
///
/// - Complexity: O(1) time besides the closure; memory of one value. No allocation.
public struct Hysteresis<Value>: TimedRule {
  /// What the rule remembers. Its levels, its time and its closure are not part of it.
  public var state = State()
  @usableFromInline internal let band: Band
  @usableFromInline internal let duration: Int64
  @usableFromInline internal let number: @Sendable (Value) -> Double

  /// Makes a rule that does not fire.
  ///
  /// - Parameters:
  ///   - band: `.above(100, leave: 90)` or `.below(10, leave: 20)`.
  ///   - duration: How long the number must be beyond the first level. Zero or less: not at all.
  ///   - number: Asked once for each value. Must give the same answer for equal values.
  @inlinable
  public init(
    _ band: Band,
    for duration: Duration = .zero,
    _ number: @escaping @Sendable (Value) -> Double
  ) {
    self.band = band
    self.duration = duration.ruleNanoseconds
    self.number = number
  }

  /// What ``Hysteresis`` remembers: save and restore it to go on where it was.
  @frozen
  public struct State {
    /// Since when the number is beyond the first level, or the signal fires.
    public var since = Instant.distantPast
    @usableFromInline internal var deadline = Instant.distantFuture
    /// The newest value beyond the first level while the signal waits.
    @usableFromInline internal var pending: Value?
    /// Whether the signal fires.
    public var isFiring = false

    @inlinable
    internal init() {}
  }

  /// False while an episode is open, so that its resolved signal cannot get lost.
  @inlinable public var canBeForgotten: Bool { !state.isFiring && state.pending == nil }

  /// Compares the number of a value with the levels.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Signal<Value>> {
    let number = number(input)
    if number.isNaN { return .drop(.invalid) }
    if band.isEntered(by: number) { return begin(input, at: now) }
    if state.isFiring {
      return band.isLeft(by: number) ? resolve(input, at: now) : .drop(.withinBand)
    }
    if state.pending != nil {
      stopWaiting()
      return .drop(.conditionEnded)
    }
    return .drop(band.isLeft(by: number) ? .belowThreshold : .withinBand)
  }

  @inlinable
  @inline(__always)
  internal mutating func begin(_ input: Value, at now: Instant) -> Verdict<Signal<Value>> {
    if state.isFiring { return .drop(.stillFiring) }
    if state.pending == nil { state.since = now }
    if duration == 0 {
      state.isFiring = true
      return .pass(Signal(input, .firing, since: now), .heldLongEnough)
    }
    if state.pending == nil { state.deadline = now.advanced(byNanoseconds: duration) }
    state.pending = input
    return .drop(.holding)
  }

  @inlinable
  internal mutating func resolve(_ input: Value, at now: Instant) -> Verdict<Signal<Value>> {
    state.isFiring = false
    state.since = now
    return .pass(Signal(input, .resolved, since: now), .resolved)
  }

  @inlinable
  internal mutating func stopWaiting() {
    state.pending = nil
    state.deadline = .distantFuture
  }

  /// When the waiting signal fires.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { state.deadline }

  /// Gives the signal that fires by its time.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Signal<Value>>? {
    let (instant, newest) = (state.deadline, state.pending)
    guard instant.isDue(at: now) else { return nil }
    stopWaiting()
    guard let newest else { return nil }
    state.isFiring = true
    let signal = Signal(newest, .firing, since: state.since)
    return Due(signal, at: instant, .heldLongEnough, isMade: true)
  }

  /// Nothing is ever pending: nil. What has not been proven is forgotten.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Signal<Value>>? {
    stopWaiting()
    return nil
  }
}

extension Hysteresis: Sendable where Value: Sendable {}
extension Hysteresis.State: Sendable where Value: Sendable {}
extension Hysteresis.State: Encodable where Value: Encodable {}
extension Hysteresis.State: Decodable where Value: Decodable {}
