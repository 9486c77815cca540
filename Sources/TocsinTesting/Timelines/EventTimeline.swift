/// What happens on a stream, and when: the moments in the order of their offsets.
///
/// ```swift
/// EventTimeline<Int> {
///   Every(.seconds(1), until: .seconds(3)) { 20 }
///   At(.minutes(1)) { 5; 6 }
///   End(at: .minutes(2))
/// }
/// ```
///
/// Moments of one offset keep the order in which they were written. Time is counted from the start
/// of the rehearsal. The same type says what goes in, what came out and what is expected; it may be
/// written as lines (``TimelineBuilder``) or as marbles (``marbles(_:_:tick:)``).
///
/// Two timelines are equal when their moments are; ``horizon`` is not looked at.
public struct EventTimeline<Value> {
  /// What happens, earliest first.
  public private(set) var moments: [Moment<Value>]
  /// How far the timeline says what happens, beyond its last moment: written as `Silence(until:)`
  /// or as dots at the end of a marble text. An input with a horizon lets time run that far.
  public internal(set) var horizon: Duration?
  /// What is wrong with what was written. A rehearsal or an expectation of such a timeline fails
  /// with these words.
  public internal(set) var mistakes: [String] = []

  /// Makes a timeline of moments in any order. Those of equal offsets keep theirs.
  public init(_ moments: [Moment<Value>], horizon: Duration? = nil) {
    self.moments = Self.sorted(moments)
    self.horizon = horizon
  }

  /// Makes a timeline of lines; see ``TimelineBuilder``.
  public init(@TimelineBuilder<Value> _ lines: () -> [TimelineLine<Value>]) {
    self.init(lines: lines())
  }

  init(mistake: String) {
    self.init([])
    mistakes = [mistake]
  }

  /// The values, in order.
  public var values: [Value] { moments.compactMap(\.value) }

  /// The offset up to which the timeline says something; nil when it says nothing at all.
  public var span: Duration? {
    guard let last = moments.last?.offset else { return horizon }
    return horizon.map { max($0, last) } ?? last
  }

  /// The same moments with other values.
  public func map<Other>(_ transform: (Value) -> Other) -> EventTimeline<Other> {
    var mapped = EventTimeline<Other>(moments.map { $0.map(transform) }, horizon: horizon)
    mapped.mistakes = mistakes
    return mapped
  }

  /// Adds a moment behind all that are not later.
  mutating func append(_ event: Moment<Value>.Event, at offset: Duration) {
    let place = moments.lastIndex { $0.offset <= offset }.map { $0 + 1 } ?? 0
    moments.insert(Moment(event, at: offset), at: place)
  }

  private static func sorted(_ moments: [Moment<Value>]) -> [Moment<Value>] {
    moments.enumerated()
      .sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
      .map(\.element)
  }
}

extension EventTimeline: Sendable where Value: Sendable {}

extension EventTimeline: Equatable where Value: Equatable {
  public static func == (left: Self, right: Self) -> Bool { left.moments == right.moments }
}

extension EventTimeline: Hashable where Value: Hashable {
  public func hash(into hasher: inout Hasher) { hasher.combine(moments) }
}

extension EventTimeline: CustomStringConvertible {
  /// One line for each moment, the offsets in a column: `3s  "b"`. `nothing` when there is none.
  public var description: String {
    let lines = alignedLines(moments.map { ($0.offset.offsetText, $0.eventText) })
    return lines.isEmpty ? "nothing" : lines.joined(separator: "\n")
  }
}

/// Lines of two columns, the first one padded.
func alignedLines(_ rows: [(left: String, right: String)]) -> [String] {
  let width = rows.map(\.left.count).max() ?? 0
  return rows.map { left, right in
    left + String(repeating: " ", count: width - left.count) + "  " + right
  }
}
