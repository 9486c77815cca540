/// Sends an alert again, one step more severe each time, until somebody acknowledges it.
///
/// The first firing alert of an episode starts the wait. When nobody has acknowledged it after
/// `patience`, the newest alert is sent again, one step above the highest severity that the episode
/// has reached, and so on at every further `patience`, at most `attempts` times. Severity stops at
/// `critical`; the repeats do not.
///
///     input            w-----------r---|      patience 3 ticks, 3 attempts, k acknowledges
///     output           w--e--c--c--r---|      w warning, e error, c critical
///
///     input            w----k----w---c-|
///     output           w--e------e---c-|
///
/// - An acknowledgement stops the repeats (dropped, `acknowledged`); with nothing to stop it is dropped
///   as `unmatched`. An acknowledgement at the instant of a repeat comes after it.
/// - A resolved alert passes (`resolved`) and ends the episode.
/// - A firing alert that is more severe in itself than all before it in the episode starts the wait
///   and the attempts anew, acknowledged or not: it is another matter than the one they took on.
/// - Inside an episode severity never falls: every alert passes with at least the severity that the
///   episode has reached, as `escalated` when that raised it and `passed` when not. The closing
///   alert has it too, so that it reaches everyone who got the raised one.
///
/// Repeats are made by the rule (`notAcknowledged`), stand for one occurrence each, and are due at
/// multiples of `patience` after the alert that started the wait. Nothing is pending at the end of
/// the stream. A patience of zero or less is used up at once: all attempts are due at the instant of
/// the alert.
///
/// - Complexity: O(1) time for each input; memory of one alert. No allocation.
@frozen
public struct EscalateUnlessAcknowledged<Value: Alerting>: TimedRule, Sendable {
  @usableFromInline internal let patience: Int64
  @usableFromInline internal let attempts: Int
  @usableFromInline internal var left = 0
  @usableFromInline internal var deadline = Instant.distantFuture
  @usableFromInline internal var ownWorst: Severity?
  @usableFromInline internal var reached = Severity.info
  @usableFromInline internal var latest: Value?

  /// Makes a rule that has seen no episode.
  ///
  /// - Parameters:
  ///   - patience: How long to wait for an acknowledgement before each repeat.
  ///   - attempts: How many times at most an alert is sent again.
  @inlinable
  public init(patience: Duration, attempts: Int = 3) {
    self.patience = patience.ruleNanoseconds
    self.attempts = max(0, attempts)
  }

  /// False while an episode is open, acknowledged or not.
  @inlinable public var canBeForgotten: Bool { ownWorst == nil }

  /// Lets an alert pass, or takes note of an acknowledgement.
  @inlinable
  @inline(__always)
  public mutating func receive(
    _ input: AcknowledgeableInput<Value>,
    at now: Instant
  ) -> Verdict<Value> {
    guard case .alert(let alert) = input else { return acknowledge() }
    return alert.phase == .resolved ? close(alert) : open(alert, at: now)
  }

  @inlinable
  internal mutating func open(_ alert: Value, at now: Instant) -> Verdict<Value> {
    if ownWorst.map({ alert.severity > $0 }) ?? true {
      ownWorst = alert.severity
      left = attempts
      deadline = left > 0 ? now.advanced(byNanoseconds: patience) : .distantFuture
    }
    reached = max(reached, alert.severity)
    latest = left > 0 ? alert : nil
    return .pass(alert.raised(to: reached), alert.severity < reached ? .escalated : .passed)
  }

  @inlinable
  internal mutating func acknowledge() -> Verdict<Value> {
    guard left > 0 else { return .drop(.unmatched) }
    stop()
    return .drop(.acknowledged)
  }

  @inlinable
  internal mutating func close(_ alert: Value) -> Verdict<Value> {
    let output = alert.raised(to: reached)
    stop()
    (ownWorst, reached) = (nil, .info)
    return .pass(output, .resolved)
  }

  @inlinable
  internal mutating func stop() {
    (left, deadline, latest) = (0, .distantFuture, nil)
  }

  /// When the alert is sent again unless somebody acknowledges it.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { deadline }

  /// Gives the newest alert again, one step more severe.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Value>? {
    let instant = deadline
    guard instant.isDue(at: now) else { return nil }
    guard left > 0, let value = latest else {
      stop()
      return nil
    }
    reached = reached.raised
    left -= 1
    deadline = instant.advanced(byNanoseconds: patience)
    if left == 0 { stop() }
    return Due(value.repeated(raisedTo: reached), at: instant, .notAcknowledged, isMade: true)
  }

  /// Nothing is ever pending: nil.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Value>? { nil }
}

extension EscalateUnlessAcknowledged: Encodable where Value: Encodable {}
extension EscalateUnlessAcknowledged: Decodable where Value: Decodable {}
