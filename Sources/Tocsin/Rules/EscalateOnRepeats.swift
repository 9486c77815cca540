/// Raises an alert that has occurred often enough within a sliding window.
///
/// With each firing alert the rule counts the occurrences in `(now - window, now]`, this alert among
/// them, and raises its severity when they are at least `count`. An alert that stands for several
/// (its ``Alerting/occurrences``: a cooldown or a summary held them back) counts as that many at the
/// instant at which it arrives.
///
///     input                               a--a-a------a-|     3 within 6 ticks
///     EscalateOnRepeats(3, within: 6)     a--a-A------a-|     A is raised
///
/// Every alert passes at once: `escalated` when its severity was raised, `passed` when not. A
/// resolved alert clears the count and passes as `resolved`; when an alert of its episode was
/// raised, it is raised too, so that it reaches everyone who got that one. Nothing is pending at the
/// end of the stream. A window of zero or less counts only the alert itself.
///
/// - Complexity: O(1) time on average for each alert; memory of at most `count` instants, shared
///   by all copies until their first alert. No allocation once `count` alerts have been seen.
@frozen
public struct EscalateOnRepeats<Value: Alerting>: Rule, Codable, Sendable {
  @usableFromInline
  internal struct Arrival: Blank, Codable, Sendable {
    @usableFromInline internal var instant: Instant
    @usableFromInline internal var occurrences: Int

    @inlinable
    internal init(instant: Instant, occurrences: Int) {
      self.instant = instant
      self.occurrences = occurrences
    }

    @inlinable internal static var blank: Arrival { Arrival(instant: .blank, occurrences: 0) }
  }

  @usableFromInline internal let count: Int
  @usableFromInline internal let window: Int64
  @usableFromInline internal let target: Severity
  @usableFromInline internal var hasRaised = false
  @usableFromInline internal var total = 0
  @usableFromInline internal var arrivals: ShortRing<Arrival>

  /// Makes a rule that has seen nothing.
  ///
  /// - Parameters:
  ///   - count: How many occurrences raise an alert. One or less raises every alert.
  ///   - window: How far back occurrences count.
  ///   - target: The severity it is raised to. An alert that is at least as severe stays as it is.
  @inlinable
  public init(_ count: Int, within window: Duration, to target: Severity) {
    self.count = min(max(1, count), Int(Int32.max))
    self.window = window.ruleNanoseconds
    self.target = target
    arrivals = ShortRing(limit: self.count)
  }

  /// False while the closing alert is owed the severity that the episode was raised to.
  @inlinable public var canBeForgotten: Bool { !hasRaised }

  /// Counts an alert and lets it pass, raised when there have been enough.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    if input.phase == .resolved { return close(input) }
    forget(at: now)
    add(Arrival(instant: now, occurrences: min(max(1, input.occurrences), count)))
    guard total >= count else { return .pass(input, .passed) }
    hasRaised = true
    return raise(input)
  }

  @inlinable
  internal mutating func forget(at now: Instant) {
    while let first = arrivals.first, first.instant.advanced(byNanoseconds: window) <= now {
      total -= first.occurrences
      arrivals.removeFirst()
    }
  }

  @inlinable
  internal mutating func add(_ arrival: Arrival) {
    total += arrival.occurrences
    if let oldest = arrivals.append(arrival) { total -= oldest.occurrences }
  }

  @inlinable
  internal mutating func close(_ input: Value) -> Verdict<Value> {
    defer { hasRaised = false }
    arrivals.removeAll()
    total = 0
    guard hasRaised else { return .pass(input, .resolved) }
    return .pass(input.raised(to: target), .resolved)
  }

  @inlinable
  @inline(__always)
  internal func raise(_ input: Value) -> Verdict<Value> {
    guard input.severity < target else { return .pass(input, .passed) }
    return .pass(input.raised(to: target), .escalated)
  }
}

extension Alerting {
  /// The same alert, at least as severe as `target`.
  @inlinable
  @inline(__always)
  internal func raised(to target: Severity) -> Self {
    var copy = self
    copy.severity = max(severity, target)
    return copy
  }

  /// The alert as a rule sends it again: raised, and standing for itself only, because the
  /// occurrences it stood for have been handed on before.
  @inlinable
  internal func repeated(raisedTo target: Severity) -> Self {
    var copy = raised(to: target)
    copy.occurrences = 1
    return copy
  }
}
