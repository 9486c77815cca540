internal import InMemoryTracing

extension GraphRehearsal {
  /// The traces of all decisions of the run.
  public var traces: TraceReading { TraceReading(tracer.finishedSpans, start: start) }

  /// The trace of a decision about an alert.
  ///
  /// ```swift
  /// try run.trace(of: "quote.stale").expect {
  ///   Step("quotes")
  ///   Step("debounce", took: .seconds(3), reason: .quiet)
  ///   Step("route")
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - alert: The alert's name, or its whole key: `quote.stale`, `quote.stale(ESZ6)`.
  ///   - number: Which decision about it, from 1; the newest when not given.
  /// - Throws: ``TraceError``, with the names that are there.
  /// - Returns: The trace.
  public func trace(
    of alert: String,
    _ number: Int? = nil
  ) throws(TraceError) -> DecisionTrace {
    try traces.trace(of: alert, number)
  }

  /// How long decisions took from one point to another, over all decisions in which both are.
  ///
  /// - Parameters:
  ///   - start: Where to begin; a step counts from when the event arrived there.
  ///   - end: Where to end; a step counts until the event left it.
  ///   - alert: Only decisions about this alert.
  /// - Throws: ``TraceError`` when there is no such decision, or no such step in any.
  /// - Returns: The durations.
  public func latency(
    from start: TracePoint = .ingest,
    to end: TracePoint = .decided,
    of alert: String? = nil
  ) throws(TraceError) -> TraceLatency {
    try traces.latency(from: start, to: end, of: alert)
  }
}
