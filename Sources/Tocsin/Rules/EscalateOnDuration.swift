/// Raises an alert that has been firing for a given time.
///
/// The time runs from the first firing alert of an episode and ends with a resolved one. When it is
/// over, the newest alert is sent again at exactly that instant, raised; the repeats that follow are
/// raised as they pass.
///
///     input                                a-a-----a-r---a-|     after 5 ticks, A is raised
///     EscalateOnDuration(5, to: .critical) a-a--A--A-R---a-|
///
/// Alerts pass at once: `passed`, or `escalated` when their severity was raised. The alert that is
/// sent again is made by the rule (`escalated`) and stands for one occurrence; it is left out when
/// the newest alert is already as severe. A resolved alert passes (`resolved`) and is raised if the
/// time was over, so that it reaches everyone who got the raised one; the next firing alert begins a
/// new episode. Nothing is pending at the end of the stream. A duration of zero or less raises
/// every alert.
///
/// - Complexity: O(1) time for each alert; memory of one alert. No allocation.
@frozen
public struct EscalateOnDuration<Value: Alerting>: TimedRule, Sendable {
  @usableFromInline internal let duration: Int64
  @usableFromInline internal let target: Severity
  @usableFromInline internal var isOpen = false
  @usableFromInline internal var isOver = false
  @usableFromInline internal var deadline = Instant.distantFuture
  @usableFromInline internal var latest: Value?

  /// Makes a rule that has seen no episode.
  ///
  /// - Parameters:
  ///   - duration: How long an episode may last before it is raised.
  ///   - target: The severity it is raised to. An alert that is at least as severe stays as it is.
  @inlinable
  public init(_ duration: Duration, to target: Severity) {
    self.duration = duration.ruleNanoseconds
    self.target = target
  }

  /// False while an episode is open.
  @inlinable public var canBeForgotten: Bool { !isOpen }

  /// Lets an alert pass, raised when its episode has lasted long enough.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    if input.phase == .resolved { return close(input) }
    if !isOpen { open(at: now) }
    if !isOver { latest = input }
    guard isOver, input.severity < target else { return .pass(input, .passed) }
    return .pass(input.raised(to: target), .escalated)
  }

  @inlinable
  internal mutating func open(at now: Instant) {
    isOpen = true
    isOver = duration == 0
    deadline = isOver ? .distantFuture : now.advanced(byNanoseconds: duration)
  }

  @inlinable
  internal mutating func close(_ input: Value) -> Verdict<Value> {
    defer { (isOpen, isOver, deadline, latest) = (false, false, .distantFuture, nil) }
    return .pass(isOver ? input.raised(to: target) : input, .resolved)
  }

  /// When the open episode has lasted long enough.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { deadline }

  /// Gives the newest alert again, raised, when its episode has lasted long enough.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Value>? {
    let instant = deadline
    guard instant.isDue(at: now) else { return nil }
    let newest = latest
    (isOver, deadline, latest) = (true, .distantFuture, nil)
    guard let value = newest, value.severity < target else { return nil }
    return Due(value.repeated(raisedTo: target), at: instant, .escalated, isMade: true)
  }

  /// Nothing is ever pending: nil.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Value>? { nil }
}

extension EscalateOnDuration: Encodable where Value: Encodable {}
extension EscalateOnDuration: Decodable where Value: Decodable {}
