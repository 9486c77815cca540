/// Lets an alert pass, then holds back its repeats until the cooldown is over.
///
/// The cooldown is anchored at the last firing alert that *passed*, so a steady stream of repeats
/// cannot prolong it, and it is over at exactly `interval` after that. A more severe alert than the
/// last one that passed breaks through at once and starts the cooldown anew.
///
///     input         a-a-a-A-a---a-|      interval 4 ticks, upper case is more severe
///     Cooldown(4)   a---a-A-----a-|
///     occurrences   1   2 1     2
///
/// Nothing is queued: what is not let through is dropped (`inCooldown`) and counted. The next alert
/// that passes stands for itself and all counted before it (its ``Alerting/occurrences``), so an
/// escalation behind a cooldown still sees every repeat.
///
/// A resolved alert (`r`) is a debt, not a repeat. It passes at once (`resolved`) if and only if a
/// firing alert has passed since the last closing one; otherwise nobody was told of what it would
/// end, and it is dropped (`neverAnnounced`). The anchor stays where it is, so a flapping condition
/// makes at most one pair of messages for each interval, not one for each flap. With `endsOnResolve`
/// a closing alert ends the cooldown, and every episode is announced:
///
///     input                            a-r-a-r-a-r-|     interval 7 ticks
///     Cooldown(7)                      a-r-----a-r-|
///     Cooldown(7, endsOnResolve: true) a-r-a-r-a-r-|
///
/// An episode that opens again inside the cooldown is never lost, even if what stands before sends
/// it only once. When it is still open at the end of the cooldown, its newest alert is announced by
/// timer at exactly that instant (`cooldownOver`); it stands for all that were held back, and the
/// cooldown starts anew. The timer comes before a value of the same instant.
///
///     input                            a-r-a---------r-|     interval 7 ticks
///     Cooldown(7)                      a-r----a------r-|
///
/// The last word is therefore always the truth: once the cooldown is over, the last alert that went
/// on has the phase of the last one that came. Repeats of an episode that was announced are never
/// sent by timer. At the end of the stream an open episode that was not announced comes out
/// (`ended`). An interval of zero or less holds back no firing alert; the rule of one closing alert
/// for each announcement stays.
///
/// - Complexity: O(1) time for each alert; memory of one alert. No allocation.
@frozen
public struct Cooldown<Value: Alerting>: TimedRule, Sendable {
  @usableFromInline internal let interval: Int64
  @usableFromInline internal let endsOnResolve: Bool
  /// Whether the open episode was announced, so that a closing message is owed.
  @usableFromInline internal var isOwed = false
  /// Whether an episode is open that was not announced. Implies that none is owed.
  @usableFromInline internal var isWaiting = false
  @usableFromInline internal var lastSeverity: Severity?
  @usableFromInline internal var coolUntil = Instant.distantPast
  /// How many alerts were held back since the last one that passed. The next one that passes hands
  /// them on.
  @usableFromInline internal var suppressed = 0
  /// The newest alert of the episode that was not announced.
  @usableFromInline internal var unannounced: Value?

  /// Makes a cooldown that has let nothing pass yet.
  ///
  /// - Parameters:
  ///   - interval: How long repeats are held back after an alert that passed.
  ///   - endsOnResolve: Whether a closing alert that passes ends the cooldown.
  @inlinable
  public init(_ interval: Duration, endsOnResolve: Bool = false) {
    self.interval = interval.ruleNanoseconds
    self.endsOnResolve = endsOnResolve
  }

  /// False while a closing message is owed, or an episode is still to be announced.
  @inlinable public var canBeForgotten: Bool { !isOwed && !isWaiting }

  /// Lets an alert pass, or counts it as held back.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    if input.phase == .resolved { return close(input) }
    guard let reason = reasonToPass(input.severity, at: now) else { return suppress(input) }
    announced(input.severity, at: now)
    return .pass(handOn(input), reason)
  }

  @inlinable
  @inline(__always)
  internal mutating func announced(_ severity: Severity, at instant: Instant) {
    coolUntil = instant.advanced(byNanoseconds: interval)
    lastSeverity = severity
    isOwed = true
  }

  @inlinable
  @inline(__always)
  internal func reasonToPass(_ severity: Severity, at now: Instant) -> Reason? {
    guard let lastSeverity else { return .first }
    if now >= coolUntil { return .cooldownOver }
    return severity > lastSeverity ? .moreSevere : nil
  }

  @inlinable
  @inline(__always)
  internal mutating func suppress(_ input: Value) -> Verdict<Value> {
    suppressed = suppressed.addingSaturating(input.occurrences)
    if !isOwed { wait(with: input) }
    return .drop(.inCooldown)
  }

  @inlinable
  internal mutating func close(_ input: Value) -> Verdict<Value> {
    guard isOwed else {
      if isWaiting { stopWaiting() }
      return .drop(.neverAnnounced)
    }
    isOwed = false
    if endsOnResolve { coolUntil = .distantPast }
    return .pass(handOn(input), .resolved)
  }

  @inlinable
  @inline(__always)
  internal mutating func handOn(_ input: Value) -> Value {
    guard suppressed > 0 else { return input }
    var output = input
    output.occurrences = suppressed.addingSaturating(input.occurrences)
    suppressed = 0
    if isWaiting { stopWaiting() }
    return output
  }
}

extension Cooldown: Encodable where Value: Encodable {}
extension Cooldown: Decodable where Value: Decodable {}

extension Int {
  /// The sum with a count of alerts; what is less than one counts as one. Saturates.
  @inlinable
  @inline(__always)
  internal func addingSaturating(_ occurrences: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(Swift.max(1, occurrences))
    return overflow ? .max : sum
  }
}
