public import Testing
public import Tocsin

extension Rehearsal where Output: Equatable {
  /// Expects exactly this output: these events at these offsets, and nothing else.
  ///
  /// ```swift
  /// run.expect {
  ///   At(.seconds(3)) { "b" }
  ///   Silence()
  /// }
  /// ```
  ///
  /// A failure shows the difference of the two timelines, then the input.
  public func expect(
    sourceLocation: SourceLocation = #_sourceLocation,
    @TimelineBuilder<Output> _ expected: () -> [TimelineLine<Output>]
  ) {
    expect(EventTimeline(lines: expected()), sourceLocation: sourceLocation)
  }

  /// Expects exactly this output.
  public func expect(
    _ expected: EventTimeline<Output>,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    if let failure = failure(expecting: expected) {
      Issue.record("\(failure)", sourceLocation: sourceLocation)
    }
  }

  /// Expects the output that is drawn as marbles, with names for its values.
  public func expect(
    marbles text: String,
    _ values: [String: Output],
    tick: Duration = .seconds(1),
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expect(text, MarbleValues(values) { $0 == $1 }, tick, sourceLocation)
  }

  /// Expects the output that is drawn as marbles; a closure gives the value of each name.
  public func expect(
    marbles text: String,
    tick: Duration = .seconds(1),
    sourceLocation: SourceLocation = #_sourceLocation,
    _ value: @escaping (_ name: String) -> Output?
  ) {
    expect(text, MarbleValues(value), tick, sourceLocation)
  }

  /// What is wrong when this output is expected: the text of the failure; nil when nothing is.
  public func failure(expecting expected: EventTimeline<Output>) -> String? {
    Expectation(expected: expected, actual: output, script: script).failure(by: ==)
  }

  private func expect(
    _ text: String,
    _ values: MarbleValues<Output>,
    _ tick: Duration,
    _ sourceLocation: SourceLocation
  ) {
    if let failure = failure(expecting: text, values, tick) {
      Issue.record("\(failure)", sourceLocation: sourceLocation)
    }
  }

  func failure(expecting text: String, _ values: MarbleValues<Output>, _ tick: Duration) -> String?
  {
    let expected = EventTimeline.reading(text, tick, values)
    var expectation = Expectation(expected: expected, actual: output, script: script)
    if let drawn = output.drawn(tick: tick, values), drawn.count <= 90 {
      expectation.drawings = ["expected  \(text)", "came      \(drawn)"]
    }
    return expectation.failure(by: ==)
  }
}

extension Rehearsal where Output: Equatable & LosslessStringConvertible {
  /// Expects the output that is drawn as marbles whose values stand for themselves: strings,
  /// characters, numbers.
  ///
  /// ```swift
  /// run.expect(marbles: ". . . . . b |")
  /// ```
  public func expect(
    marbles text: String,
    tick: Duration = .seconds(1),
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expect(text, .themselves, tick, sourceLocation)
  }
}

extension Rehearsal {
  /// Expects exactly these reasons of a rule: of every input and of everything that was due.
  public func expectReasons(
    sourceLocation: SourceLocation = #_sourceLocation,
    @TimelineBuilder<Reason> _ expected: () -> [TimelineLine<Reason>]
  ) {
    let expected = EventTimeline(lines: expected())
    let expectation = Expectation(expected: expected, actual: reasons, script: script)
    if let failure = expectation.failure(by: ==) {
      Issue.record("Reasons. \(failure)", sourceLocation: sourceLocation)
    }
  }
}

extension Rehearsal where Output == Alert {
  /// Expects exactly these alerts, each as far as it is described: `Fired("feed.stale", .warning)`.
  public func expectAlerts(
    sourceLocation: SourceLocation = #_sourceLocation,
    @TimelineBuilder<AlertMatcher> _ expected: () -> [TimelineLine<AlertMatcher>]
  ) {
    let expected = EventTimeline(lines: expected())
    let expectation = Expectation(expected: expected, actual: output, script: script)
    if let failure = expectation.failure(by: { $0.matches($1) }) {
      Issue.record("\(failure)", sourceLocation: sourceLocation)
    }
  }
}
