/// A condition about a value that began to hold or has ended.
///
/// ``Hold`` makes one firing and one resolved signal for each episode.
@frozen
public struct Signal<Value>: Phased {
  /// The newest value when the signal was made.
  public var value: Value
  /// Whether the condition holds or has ended.
  public var phase: Phase
  /// Since when it is so. Firing: the first value for which the condition held. Resolved: the first
  /// value for which it no longer did.
  public var since: Instant

  /// Makes a signal.
  @inlinable
  public init(_ value: Value, _ phase: Phase, since: Instant) {
    self.value = value
    self.phase = phase
    self.since = since
  }
}

extension Signal: Sendable where Value: Sendable {}
extension Signal: Equatable where Value: Equatable {}
extension Signal: Hashable where Value: Hashable {}
extension Signal: Encodable where Value: Encodable {}
extension Signal: Decodable where Value: Decodable {}
