/// Makes an alert less severe when it has been firing for a given time without becoming worse.
///
/// The time runs from the first firing alert of an episode, and anew from each one that is more
/// severe than the alert before it. When it is over, the newest alert is sent again at exactly that
/// instant, lowered; the repeats that follow are lowered as they pass, until one is more severe than
/// the alert before it or the episode ends.
///
///     input                       e-e-----e-c-------r--|     after 5 ticks, w is lowered
///     Deescalate(5, to: .warning) e-e--w--w-c----w--r--|
///
/// Alerts pass at once: `passed`, or `deescalated` when their severity was lowered. The alert that is
/// sent again is made by the rule (`deescalated`) and stands for one occurrence; it is left out when
/// the newest alert is no more severe. Worse is worse than before: an alert that improves by itself
/// and then gets worse again is not lowered, however bad it has been earlier. A resolved alert
/// passes (`resolved`); after a lowering it is as severe as the worst of its episode that passed, so
/// that it reaches everyone who got that one. Nothing is pending at the end of the stream. A
/// duration of zero or less lowers every alert.
///
/// - Complexity: O(1) time for each alert; memory of one alert. No allocation.
@frozen
public struct Deescalate<Value: Alerting>: TimedRule, Sendable {
  @usableFromInline internal let duration: Int64
  @usableFromInline internal let target: Severity
  @usableFromInline internal var isOpen = false
  @usableFromInline internal var isOver = false
  /// Whether an alert of the episode was lowered.
  @usableFromInline internal var hasLowered = false
  @usableFromInline internal var deadline = Instant.distantFuture
  /// The severity of the newest alert as it came, and the worst one that went on.
  @usableFromInline internal var last = Severity.info
  @usableFromInline internal var worst = Severity.info
  @usableFromInline internal var latest: Value?

  /// Makes a rule that has seen no episode.
  ///
  /// - Parameters:
  ///   - duration: How long an alert may fire without becoming worse before it is lowered.
  ///   - target: The severity it is lowered to. An alert that is no more severe stays as it is.
  @inlinable
  public init(_ duration: Duration, to target: Severity) {
    self.duration = duration.ruleNanoseconds
    self.target = target
  }

  /// False while an episode is open.
  @inlinable public var canBeForgotten: Bool { !isOpen }

  /// Lets an alert pass, lowered when it has not become worse for long enough.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    if input.phase == .resolved { return close(input) }
    if !isOpen || input.severity > last { start(at: now) }
    last = input.severity
    if !isOver { latest = input }
    let isLowered = isOver && input.severity > target
    worst = max(worst, isLowered ? target : input.severity)
    guard isLowered else { return .pass(input, .passed) }
    hasLowered = true
    return .pass(input.lowered(to: target), .deescalated)
  }

  @inlinable
  internal mutating func start(at now: Instant) {
    if !isOpen { worst = .info }
    isOpen = true
    isOver = duration == 0
    deadline = isOver ? .distantFuture : now.advanced(byNanoseconds: duration)
  }

  @inlinable
  internal mutating func close(_ input: Value) -> Verdict<Value> {
    defer {
      (isOpen, isOver, hasLowered, deadline, latest) = (false, false, false, .distantFuture, nil)
    }
    return .pass(hasLowered ? input.raised(to: worst) : input, .resolved)
  }

  /// When the open episode has not become worse for long enough.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { deadline }

  /// Gives the newest alert again, lowered.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Value>? {
    let (instant, newest) = (deadline, latest)
    guard instant.isDue(at: now) else { return nil }
    (isOver, deadline, latest) = (true, .distantFuture, nil)
    guard let newest, newest.severity > target else { return nil }
    hasLowered = true
    var output = newest.lowered(to: target)
    output.occurrences = 1
    return Due(output, at: instant, .deescalated, isMade: true)
  }

  /// Nothing is ever pending: nil.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Value>? { nil }
}

extension Alerting {
  /// The same alert, at most as severe as `target`.
  @inlinable
  @inline(__always)
  internal func lowered(to target: Severity) -> Self {
    var copy = self
    copy.severity = min(severity, target)
    return copy
  }
}

extension Deescalate: Encodable where Value: Encodable {}
extension Deescalate: Decodable where Value: Decodable {}
