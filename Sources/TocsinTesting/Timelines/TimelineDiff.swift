/// The difference of two timelines, line by line: `-` is expected and missing, `+` came and is not
/// expected; other lines are in both.
///
/// Lines stand in the order of time. Of long runs that are in both, three lines are shown on either
/// side of a difference. Where one value came in place of another at one offset and the line does
/// not show how they differ, CustomDump's difference follows.
///
/// - Returns: The text; nil when the timelines are equal.
/// - Complexity: O((n + m) d) time for d differences.
public func timelineDifference<Value: Equatable>(
  expected: EventTimeline<Value>,
  actual: EventTimeline<Value>
) -> String? {
  TimelineDiff(expected.moments, actual.moments) { $0 == $1 }.text
}

/// A difference of what is expected and what came, of two types.
struct TimelineDiff<Expected, Actual> {
  struct Line: Equatable {
    var sign: Character
    var offset: Duration
    var text: String
    var expected: Int?
    var actual: Int?
  }

  private(set) var lines: [Line] = []
  let expected: [Moment<Expected>]
  let actual: [Moment<Actual>]

  init(
    _ expected: [Moment<Expected>],
    _ actual: [Moment<Actual>],
    by matches: (Expected, Actual) -> Bool
  ) {
    self.expected = expected
    self.actual = actual
    let (missing, surplus) = Self.changes(expected, actual, matches)
    var (left, right) = (0, 0)
    while left < expected.count || right < actual.count {
      let isMissing = missing.contains(left)
      let isSurplus = surplus.contains(right)
      if isMissing && !(isSurplus && actual[right].offset < expected[left].offset) {
        lines.append(line("-", expected[left], left, nil))
        left += 1
      } else if isSurplus {
        lines.append(line("+", actual[right], nil, right))
        right += 1
      } else {
        lines.append(line(" ", actual[right], left, right))
        (left, right) = (left + 1, right + 1)
      }
    }
  }

  private func line<Value>(
    _ sign: Character,
    _ moment: Moment<Value>,
    _ expected: Int?,
    _ actual: Int?
  ) -> Line {
    Line(
      sign: sign,
      offset: moment.offset,
      text: moment.eventText,
      expected: expected,
      actual: actual
    )
  }

  private static func changes(
    _ expected: [Moment<Expected>],
    _ actual: [Moment<Actual>],
    _ matches: (Expected, Actual) -> Bool
  ) -> (missing: Set<Int>, surplus: Set<Int>) {
    let old = expected.indices.map { Side.expected($0) }
    let new = actual.indices.map { Side.actual($0) }
    let changes = new.difference(from: old) { first, second in
      guard let (left, right) = Side.indices(first, second) else { return false }
      return expected[left].matches(actual[right], by: matches)
    }
    return (Set(changes.removals.map(\.place)), Set(changes.insertions.map(\.place)))
  }
}

/// A moment of either timeline, by its place.
private enum Side {
  case expected(Int)
  case actual(Int)

  static func indices(_ first: Side, _ second: Side) -> (Int, Int)? {
    switch (first, second) {
    case (.expected(let left), .actual(let right)), (.actual(let right), .expected(let left)):
      (left, right)
    default: nil
    }
  }
}

extension CollectionDifference.Change {
  fileprivate var place: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}

extension Moment {
  /// Whether another moment is what this one asks for.
  func matches<Other>(_ other: Moment<Other>, by same: (Value, Other) -> Bool) -> Bool {
    guard offset == other.offset else { return false }
    if let value, let come = other.value { return same(value, come) }
    if value != nil || other.value != nil { return false }
    return event.map { _ in "" } == other.event.map { _ in "" }
  }
}
