public import Tocsin

/// A latched switch with three positions. By itself it only becomes stricter; only a person makes it
/// less strict, with a name and a reason.
///
///     demand   -reduce--halt--reduce--ended---------|
///     reset    ----------------------------x---R----|    x refused: a cause holds; R accepted
///     mode     active-reducing-halted----------active
///
/// A condition (``SafetyCause/isCondition``) holds from its demand until it is said to have ended. Its
/// end changes nothing but that a reset is no longer refused. A forced reset overrides what holds:
/// the same cause demands again only when it asks for more than before, or after it has ended. A
/// reset re-arms the switch in full, and every change has a number of its own.
///
/// At most 1,000 conditions are remembered; when more hold, every reset has to be forced. O(1) a
/// demand, O(conditions) a reset.
public struct KillSwitch: Rule, Hashable, Codable, Sendable {
  /// What the switch is told.
  public enum Input: Hashable, Codable, Sendable {
    /// Be at least so strict.
    case demand(SafetyDemand)
    /// The cause does not hold any longer.
    case ended(SafetyCause)
    /// Be less strict.
    case reset(SafetyReset)
  }

  /// What came of it.
  public enum Output: Hashable, Codable, Sendable {
    /// The mode is another one.
    case changed(SafetyChange)
    /// A reset was refused.
    case refused(ResetRefusal)
  }

  /// The mode.
  public private(set) var mode = SafetyMode.active
  /// The newest change; nil when there was none.
  public private(set) var lastChange: SafetyChange?
  private(set) var held = HeldCauses()

  /// Makes a switch that is active.
  public init() {}

  /// The number of changes so far.
  public var sequence: Int { lastChange?.sequence ?? 0 }
  /// The conditions that hold, sorted. Those that a forced reset overrode are among them.
  public var holding: [SafetyCause] { held.causes }

  /// False: the latch may never be forgotten.
  public var canBeForgotten: Bool { false }

  /// Decides about a demand, the end of a cause, or a reset.
  public mutating func receive(_ input: Input, at now: Instant) -> Verdict<Output> {
    switch input {
    case .demand(let demand): receive(demand, at: now)
    case .ended(let cause): .drop(held.end(cause) ? .conditionEnded : .unmatched)
    case .reset(let reset): receive(reset, at: now)
    }
  }

  /// The same switch after a restart. Conditions are told anew by those who watch them.
  public func restarted() -> KillSwitch {
    var copy = self
    copy.held = HeldCauses()
    return copy
  }

  /// Whether mode and newest change fit together; a saved state may say anything.
  var isConsistent: Bool {
    guard let lastChange else { return mode == .active }
    return lastChange.to == mode && lastChange.from != mode && lastChange.sequence > 0
  }

  private mutating func receive(_ demand: SafetyDemand, at now: Instant) -> Verdict<Output> {
    guard demand.mode.isEngaged else {
      return .drop(held.end(demand.cause) ? .conditionEnded : .unmatched)
    }
    if demand.cause.isCondition, !held.begin(demand.cause, demand.mode) {
      return .drop(.acknowledged)
    }
    guard demand.mode > mode else { return .drop(.unchanged) }
    return change(to: demand.mode, demand.cause, demand.reason, at: now)
  }

  private mutating func receive(_ reset: SafetyReset, at now: Instant) -> Verdict<Output> {
    if reset.person.isBlank || reset.reason.isBlank { return refuse(.unsigned) }
    guard reset.mode < mode else { return refuse(.notLessStrict(mode)) }
    let blocking = held.stricter(than: reset.mode)
    if !reset.isForced, !blocking.isEmpty || held.hasOverflowed {
      return refuse(.stillHolds(blocking))
    }
    if reset.isForced { held.override(stricterThan: reset.mode) }
    let person = SafetyCause(.person, reset.person)
    return change(to: reset.mode, person, reset.reason, overridden: blocking, at: now)
  }

  private func refuse(_ refusal: ResetRefusal) -> Verdict<Output> {
    .pass(.refused(refusal), .invalid)
  }

  private mutating func change(
    to next: SafetyMode,
    _ cause: SafetyCause,
    _ reason: String,
    overridden: [SafetyCause] = [],
    at now: Instant
  ) -> Verdict<Output> {
    let change = SafetyChange(
      sequence: sequence + 1,
      instant: now,
      from: mode,
      to: next,
      cause: cause,
      reason: reason,
      overridden: overridden
    )
    mode = next
    lastChange = change
    return .pass(.changed(change), change.isStricter ? .moreSevere : .resolved)
  }
}
