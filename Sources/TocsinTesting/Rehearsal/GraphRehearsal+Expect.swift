public import Testing
internal import Tocsin

/// What is expected at one sink of a graph; made by `On`.
public struct SinkExpectation: Sendable {
  let name: String
  let expected: EventTimeline<AlertMatcher>
}

/// What is expected at the sink of a graph that has this name.
///
/// ```swift
/// On("pager") { At(.seconds(3)) { Fired("level.high", .critical) } }
/// ```
public func On(
  _ sink: String,
  @TimelineBuilder<AlertMatcher> _ lines: () -> [TimelineLine<AlertMatcher>]
) -> SinkExpectation {
  SinkExpectation(name: sink, expected: EventTimeline(lines: lines()))
}

/// Collects what is expected at the sinks of a graph.
@resultBuilder
public enum SinksBuilder {
  public static func buildExpression(_ sink: SinkExpectation) -> [SinkExpectation] { [sink] }
  public static func buildBlock(_ sinks: [SinkExpectation]...) -> [SinkExpectation] {
    sinks.flatMap { $0 }
  }
}

extension GraphRehearsal {
  /// Expects exactly these alerts at a sink, and nothing else there.
  ///
  /// A failure shows the difference of the two timelines, then the inputs.
  public func expect(
    _ sink: String,
    sourceLocation: SourceLocation = #_sourceLocation,
    @TimelineBuilder<AlertMatcher> _ expected: () -> [TimelineLine<AlertMatcher>]
  ) {
    record(failure(at: sink, expecting: EventTimeline(lines: expected())), sourceLocation)
  }

  /// Expects exactly the alerts that are drawn as marbles at a sink.
  public func expect(
    _ sink: String,
    marbles text: String,
    _ values: [String: AlertMatcher],
    tick: Duration = .seconds(1),
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = EventTimeline<AlertMatcher>.marbles(text, values, tick: tick)
    record(failure(at: sink, expecting: expected), sourceLocation)
  }

  /// Expects exactly these alerts at all sinks: nothing at a sink that is not mentioned.
  public func expect(
    sourceLocation: SourceLocation = #_sourceLocation,
    @SinksBuilder _ expected: () -> [SinkExpectation]
  ) {
    let expected = expected()
    let rest = sinks.keys.sorted().filter { name in !expected.contains { $0.name == name } }
    for sink in expected + rest.map({ SinkExpectation(name: $0, expected: EventTimeline([])) }) {
      record(failure(at: sink.name, expecting: sink.expected), sourceLocation)
    }
  }

  /// What is wrong when these alerts are expected at a sink: the text of the failure; nil when
  /// nothing is.
  public func failure(at sink: String, expecting expected: EventTimeline<AlertMatcher>) -> String? {
    do {
      let actual = try output(sink)
      let expectation = Expectation(
        name: sink,
        expected: expected,
        actual: actual,
        script: script
      )
      return expectation.failure { $0.matches($1) }
    } catch {
      return "\(error)"
    }
  }

  private func record(_ failure: String?, _ sourceLocation: SourceLocation) {
    guard let failure else { return }
    Issue.record("\(failure)", sourceLocation: sourceLocation)
  }
}
