/// Fires when values stop coming, and resolves when they come again: a dead man's switch.
///
/// Each value arms the rule anew. When nothing has come for `timeout`, it fires by timer at exactly
/// that instant, once; the next value resolves it. A value at that very instant comes after the
/// timer and resolves at once.
///
///     input                               v-v-------v-----|     timeout 4 ticks
///     Absence(4)                          ------F---R---F-|     F fires, R resolves
///     Absence(4).repeats(every: 3)        ------F--FR---F-|
///
///     input                               ----------v-----|
///     Absence(4).armed(at: the start)     ----F-----R---F-|
///
/// A rule that is not armed waits for its first value; arm it with ``armed(at:)`` for a source that
/// must speak from the start.
///
/// Values that keep the source alive are dropped (`alive`); the one that ends an absence passes
/// as its resolved signal (`arrived`). Firing signals are made by the rule: `absent`, and
/// `stillFiring` for the reminders of ``repeats(every:)``, which come at multiples after the first
/// one. At the end of the stream nothing is pending: a stream that completes is not silent. A timeout
/// of zero or less fires at the instant of every value.
///
/// - Complexity: O(1) time for each value; memory of one value. No allocation. Reminders that are
///   asked for late come one by one, each with its own instant.
@frozen
public struct Absence<Value>: TimedRule {
  @usableFromInline internal let timeout: Int64
  @usableFromInline internal var interval: Int64 = 0
  @usableFromInline internal var deadline = Instant.distantFuture
  /// The instant of the last value, or that at which the rule was armed.
  @usableFromInline internal var since = Instant.distantPast
  /// The last value, nil when none has come.
  @usableFromInline internal var last: Value?
  /// Whether the source is silent and the signal fires.
  @usableFromInline internal var isAbsent = false

  /// Makes a rule that waits for its first value.
  ///
  /// - Parameter timeout: How long nothing may come for the source to count as absent.
  @inlinable
  public init(_ timeout: Duration) {
    self.timeout = timeout.ruleNanoseconds
  }

  /// The rule, armed at `start` as if a value had come then.
  @inlinable
  public func armed(at start: Instant) -> Self {
    var copy = self
    copy.arm(at: start)
    return copy
  }

  /// The rule, with a reminder every `interval` for as long as an absence lasts. Zero or less: none.
  @inlinable
  public func repeats(every interval: Duration) -> Self {
    var copy = self
    copy.interval = interval.ruleNanoseconds
    return copy
  }

  /// False while the source is absent: its resolved signal is owed.
  @inlinable public var canBeForgotten: Bool { !isAbsent }

  /// Notes that the source speaks.
  @inlinable
  @inline(__always)
  public mutating func receive(
    _ input: Value,
    at now: Instant
  ) -> Verdict<AbsenceSignal<Value>> {
    let (wasAbsent, silence) = (isAbsent, since)
    last = input
    arm(at: now)
    guard wasAbsent else { return .drop(.alive) }
    return .pass(AbsenceSignal(last: input, since: silence, .resolved), .arrived)
  }

  @inlinable
  @inline(__always)
  internal mutating func arm(at now: Instant) {
    isAbsent = false
    since = now
    deadline = now.advanced(byNanoseconds: timeout)
  }

  /// When the source counts as absent, or the next reminder.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { deadline }

  /// Gives the signal that the source is absent, or a reminder of it.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<AbsenceSignal<Value>>? {
    let (instant, isReminder) = (deadline, isAbsent)
    guard instant.isDue(at: now) else { return nil }
    isAbsent = true
    deadline = interval <= 0 ? .distantFuture : instant.advanced(byNanoseconds: interval)
    let signal = AbsenceSignal(last: last, since: since, .firing)
    return Due(signal, at: instant, isReminder ? .stillFiring : .absent, isMade: true)
  }

  /// A stream that ends is not silent: nil.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<AbsenceSignal<Value>>? { nil }
}

extension Absence: Sendable where Value: Sendable {}
extension Absence: Encodable where Value: Encodable {}
extension Absence: Decodable where Value: Decodable {}
