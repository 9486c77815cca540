public import Tocsin

/// An event and when we received it, on our own clock.
public struct Recorded<Event> {
  /// When we received it, on our own clock.
  public var instant: Instant
  /// What we received.
  public var event: Event

  /// Makes a record.
  public init(_ event: Event, at instant: Instant) {
    self.instant = instant
    self.event = event
  }
}

extension Recorded: Sendable where Event: Sendable {}
extension Recorded: Equatable where Event: Equatable {}
extension Recorded: Hashable where Event: Hashable {}
extension Recorded: Encodable where Event: Encodable {}
extension Recorded: Decodable where Event: Decodable {}
