/// A source that has fallen silent, or that speaks again.
@frozen
public struct AbsenceSignal<Value>: Phased {
  /// Firing: the last value before the silence, nil when none ever came. Resolved: the value that
  /// ended it.
  public var last: Value?
  /// Since when it was silent: the instant of the last value, or that at which the rule was armed.
  public var since: Instant
  /// Firing while it is silent, resolved when it speaks again.
  public var phase: Phase

  /// Makes a signal.
  @inlinable
  public init(last: Value?, since: Instant, _ phase: Phase) {
    self.last = last
    self.since = since
    self.phase = phase
  }
}

extension AbsenceSignal: Sendable where Value: Sendable {}
extension AbsenceSignal: Equatable where Value: Equatable {}
extension AbsenceSignal: Hashable where Value: Hashable {}
extension AbsenceSignal: Encodable where Value: Encodable {}
extension AbsenceSignal: Decodable where Value: Decodable {}
