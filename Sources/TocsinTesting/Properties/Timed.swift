public import Tocsin

/// A value and when it comes: an event of a stream, or what came out of a rule.
public struct Timed<Value> {
  /// The time since the start of the stream.
  public var offset: Duration
  /// The value.
  public var value: Value

  /// Makes an event.
  public init(_ offset: Duration, _ value: Value) {
    self.offset = offset
    self.value = value
  }

  /// The instant, when the stream starts at the epoch, as virtual time does. Saturates.
  public var instant: Instant { .epoch.advanced(by: offset) }
}

extension Timed: Sendable where Value: Sendable {}
extension Timed: Equatable where Value: Equatable {}
extension Timed: Hashable where Value: Hashable {}
extension Timed: Encodable where Value: Encodable {}
extension Timed: Decodable where Value: Decodable {}

extension Timed: CustomStringConvertible {
  /// `1m2.5s  "a"`.
  public var description: String { "\(offset.offsetText)  \(valueText(value))" }
}

extension EventTimeline {
  /// The timeline of a stream.
  public init(_ stream: [Timed<Value>]) {
    self.init(stream.map { Moment(.value($0.value), at: $0.offset) })
  }

  /// The values of the timeline with their offsets, in order.
  public var stream: [Timed<Value>] {
    moments.compactMap { moment in moment.value.map { Timed(moment.offset, $0) } }
  }
}
