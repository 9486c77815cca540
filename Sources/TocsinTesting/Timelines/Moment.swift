/// Something that happens on an ``EventTimeline``: an event, and when.
public struct Moment<Value> {
  /// What happens.
  public enum Event {
    /// A value comes.
    case value(Value)
    /// The stream ends.
    case end
    /// The stream fails, with a word for why; chains of this package never do.
    case failure(String)
    /// The subscriber cancels; of a graph: the run is stopped.
    case cancel
    /// The subscriber subscribes. Without such a moment it does so before everything else.
    case subscribe
    /// The subscriber asks for so many values more; nil asks for all. Without such a moment it asks
    /// for all at once.
    case demand(Int?)
  }

  /// When, from the start of the rehearsal; negative before the subscription of a marble text.
  public var offset: Duration
  /// What happens.
  public var event: Event

  /// Makes a moment of an event, at an offset from the start of the rehearsal.
  public init(_ event: Event, at offset: Duration) {
    self.offset = offset
    self.event = event
  }

  /// The value that comes, if one does.
  public var value: Value? { if case .value(let value) = event { value } else { nil } }

  /// The same moment with another value.
  func map<Other>(_ transform: (Value) -> Other) -> Moment<Other> {
    Moment<Other>(event.map(transform), at: offset)
  }
}

extension Moment.Event {
  func map<Other>(_ transform: (Value) -> Other) -> Moment<Other>.Event {
    switch self {
    case .value(let value): .value(transform(value))
    case .end: .end
    case .failure(let why): .failure(why)
    case .cancel: .cancel
    case .subscribe: .subscribe
    case .demand(let count): .demand(count)
    }
  }
}

extension Moment: Sendable where Value: Sendable {}
extension Moment: Equatable where Value: Equatable {}
extension Moment: Hashable where Value: Hashable {}
extension Moment.Event: Sendable where Value: Sendable {}
extension Moment.Event: Equatable where Value: Equatable {}
extension Moment.Event: Hashable where Value: Hashable {}

extension Moment: CustomStringConvertible {
  /// `3s  "b"`, `7s  end`.
  public var description: String { "\(offset.offsetText)  \(eventText)" }

  var eventText: String { event.map(valueText).words }
}

extension Moment<String>.Event {
  /// The event in words, when its value is in words already.
  var words: String {
    switch self {
    case .value(let text): text
    case .end: "end"
    case .failure(let why): "failure: \(why)"
    case .cancel: "cancel"
    case .subscribe: "subscribe"
    case .demand(let count): count.map { "asks for \($0)" } ?? "asks for all"
    }
  }
}
