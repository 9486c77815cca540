/// One line of an ``EventTimeline`` that is written as lines: what `At`, `Every`, `Silence`, `End`,
/// `Fail`, `Cancel`, `Subscribe` and `Ask` give.
public struct TimelineLine<Value> {
  enum Content {
    case moments([Moment<Value>])
    case silence(until: Duration?)
    case mistake(String)
  }

  let content: Content
  /// The line as it was written, for messages: `At(3s)`.
  let name: String
}

/// Collects the lines of an ``EventTimeline``, in any order.
@resultBuilder
public enum TimelineBuilder<Value> {
  public static func buildExpression(_ line: TimelineLine<Value>) -> [TimelineLine<Value>] {
    [line]
  }
  /// The moments of another timeline, as they are.
  public static func buildExpression(_ other: EventTimeline<Value>) -> [TimelineLine<Value>] {
    other.mistakes.map { TimelineLine(content: .mistake($0), name: "timeline") }
      + [TimelineLine(content: .moments(other.moments), name: "timeline")]
  }
  public static func buildBlock(_ lines: [TimelineLine<Value>]...) -> [TimelineLine<Value>] {
    lines.flatMap { $0 }
  }
  public static func buildOptional(_ lines: [TimelineLine<Value>]?) -> [TimelineLine<Value>] {
    lines ?? []
  }
  public static func buildEither(first: [TimelineLine<Value>]) -> [TimelineLine<Value>] { first }
  public static func buildEither(second: [TimelineLine<Value>]) -> [TimelineLine<Value>] { second }
  public static func buildArray(_ lines: [[TimelineLine<Value>]]) -> [TimelineLine<Value>] {
    lines.flatMap { $0 }
  }
}

/// Collects the values of a line: one or several, in order.
@resultBuilder
public enum ValuesBuilder<Value> {
  public static func buildExpression(_ value: Value) -> [Value] { [value] }
  public static func buildExpression(_ values: [Value]) -> [Value] { values }
  public static func buildBlock(_ values: [Value]...) -> [Value] { values.flatMap { $0 } }
  public static func buildOptional(_ values: [Value]?) -> [Value] { values ?? [] }
  public static func buildEither(first: [Value]) -> [Value] { first }
  public static func buildEither(second: [Value]) -> [Value] { second }
  public static func buildArray(_ values: [[Value]]) -> [Value] { values.flatMap { $0 } }
}

extension EventTimeline {
  init(lines: [TimelineLine<Value>]) {
    var reading = LinesReading<Value>()
    for line in lines { reading.take(line) }
    self.init(reading.moments, horizon: reading.horizon)
    mistakes = reading.mistakes
  }
}

/// Reads lines in the order in which they were written, and checks what they say of silence.
private struct LinesReading<Value> {
  var moments: [Moment<Value>] = []
  var horizon: Duration?
  var mistakes: [String] = []
  private var latest: Duration?
  private var silence: (name: String, from: Duration?, until: Duration?)?

  mutating func take(_ line: TimelineLine<Value>) {
    switch line.content {
    case .mistake(let words): mistakes.append(words)
    case .silence(let end): beSilent(until: end, line.name)
    case .moments(let new):
      for moment in new { check(moment, line.name) }
      moments += new
    }
  }

  private mutating func beSilent(until end: Duration?, _ name: String) {
    if let end, let latest, end < latest {
      mistakes.append(
        "\(name) ends before \(latest.offsetText), where a line above it puts something."
      )
    }
    silence = (name, latest, end)
    if let end { horizon = max(horizon ?? end, end) }
  }

  private mutating func check(_ moment: Moment<Value>, _ name: String) {
    latest = max(latest ?? moment.offset, moment.offset)
    guard let silence, moment.offset >= silence.from ?? moment.offset else { return }
    if let end = silence.until, moment.offset >= end { return }
    mistakes.append(
      "\(silence.name) says that nothing happens there, and \(name) puts something at "
        + "\(moment.offset.offsetText)."
    )
  }
}
