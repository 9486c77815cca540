/// Closes an alert by itself when it has not been repeated for a given time.
///
/// For sources that repeat an alert while its condition holds and never say that it has ended. Each
/// firing alert passes and starts the time anew. When it is over, the rule makes the closing alert at
/// exactly that instant: the newest alert with the phase resolved, as severe as the worst of its
/// episode so that it reaches everyone who got that one, standing for one occurrence.
///
///     input                   a-a-a--------a-r-|     after 4 ticks of silence
///     ResolveAfterSilence(4)  a-a-a---r----a-r-|     r is resolved
///
/// Firing alerts pass (`passed`); one at the very end of the silence begins a new episode. A resolved
/// alert passes (`resolved`) and ends the time; one that comes after the rule has closed the episode
/// itself is dropped (`duplicate`), so each episode is closed once. At the end of the stream silence
/// proves nothing: an open episode stays open. A duration of zero or less closes nothing and lets
/// everything pass.
///
/// Put it in front of a ``Cooldown``, not behind: what a cooldown holds back looks like silence.
/// Alertmanager does the same by `resolve_timeout`, but compares with the sender's clock; here time
/// runs from the arrival, on the lane.
///
/// - Complexity: O(1) time for each alert; memory of one alert. No allocation.
@frozen
public struct ResolveAfterSilence<Value: Resolvable>: TimedRule, Sendable {
  @usableFromInline internal let silence: Int64
  /// Whether the rule closed the last episode itself.
  @usableFromInline internal var hasClosed = false
  @usableFromInline internal var worst = Severity.info
  @usableFromInline internal var deadline = Instant.distantFuture
  /// The newest alert of the open episode.
  @usableFromInline internal var latest: Value?

  /// Makes a rule that has seen no episode.
  ///
  /// - Parameter silence: After how long without a repeat an alert is closed.
  @inlinable
  public init(_ silence: Duration) {
    self.silence = silence.ruleNanoseconds
  }

  /// False while an episode is open.
  @inlinable public var canBeForgotten: Bool { latest == nil }

  /// Lets an alert pass, and starts the time anew.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    if input.phase == .resolved { return close(input) }
    worst = latest == nil ? input.severity : max(worst, input.severity)
    latest = input
    hasClosed = false
    deadline = silence == 0 ? .distantFuture : now.advanced(byNanoseconds: silence)
    return .pass(input, .passed)
  }

  @inlinable
  internal mutating func close(_ input: Value) -> Verdict<Value> {
    if hasClosed { return .drop(.duplicate) }
    (latest, deadline) = (nil, .distantFuture)
    return .pass(input, .resolved)
  }

  /// When the open episode is closed unless it is repeated.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { deadline }

  /// Gives the closing alert of an episode that fell silent.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Value>? {
    let (instant, newest) = (deadline, latest)
    guard instant.isDue(at: now) else { return nil }
    (latest, deadline) = (nil, .distantFuture)
    guard let newest else { return nil }
    hasClosed = true
    var output = newest.repeated(raisedTo: worst)
    output.resolve()
    return Due(output, at: instant, .resolved, isMade: true)
  }

  /// Silence at the end proves nothing: nil.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Value>? { nil }
}

extension ResolveAfterSilence: Encodable where Value: Encodable {}
extension ResolveAfterSilence: Decodable where Value: Decodable {}
