public import InMemoryTracing
public import Tocsin

/// The decisions of a graph, read from the spans that it gave to an in-memory tracer.
///
/// ```swift
/// let traces = TraceReading(tracer.finishedSpans)
/// try traces.trace(of: "quote.stale").expect {
///   Step("quotes")
///   Step("debounce", took: .seconds(3), reason: .quiet)
///   Step("route")
/// }
/// ```
///
/// In virtual and in event time the instants are exact, so durations can be compared to the
/// nanosecond. Spans that are not of decisions (the sampled share, your own) are not looked at.
public struct TraceReading: Sendable {
  /// The traces of all decisions, in the order in which they were made.
  public let decisions: [DecisionTrace]

  /// Reads spans.
  ///
  /// - Parameters:
  ///   - spans: What the tracer has finished.
  ///   - start: The instant of the offset zero.
  public init(_ spans: [FinishedInMemorySpan], start: Instant = .epoch) {
    let index = SpanIndex(spans)
    decisions = index.roots.map { DecisionTrace($0, index, start: start) }
  }

  /// The trace of a decision about an alert.
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
    let traces = try traces(of: alert)
    let place = number.map { $0 - 1 } ?? traces.count - 1
    guard traces.indices.contains(place) else {
      throw .noSuchNumber(alert: alert, number: place + 1, count: traces.count)
    }
    return traces[place]
  }

  /// The traces of all decisions about an alert, oldest first; of all alerts when none is named.
  ///
  /// - Throws: ``TraceError/noDecision(alert:known:)`` when there is none.
  public func traces(of alert: String? = nil) throws(TraceError) -> [DecisionTrace] {
    let found = decisions.filter { decision in alert.map { decision.isAbout($0) } ?? true }
    guard found.isEmpty else { return found }
    throw .noDecision(alert: alert, known: decisions.map(\.alert))
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
    let traces = try traces(of: alert)
    var durations: [Duration] = []
    for trace in traces {
      guard let from = trace.arrival(at: start), let to = trace.departure(from: end) else {
        continue
      }
      durations.append(to - from)
    }
    if let latency = TraceLatency(durations) { return latency }
    let steps = traces.flatMap { $0.steps.map(\.id) }
    throw .unknownStep(unknown(start, end, in: traces), known: steps)
  }

  private func unknown(_ points: TracePoint..., in traces: [DecisionTrace]) -> String {
    let missing = points.first { point in traces.allSatisfy { $0.arrival(at: point) == nil } }
    if case .step(let name) = missing { return name }
    return points.map { "\($0)" }.joined(separator: " … ")
  }
}

/// A point on the way of an event.
public enum TracePoint: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// When the event came into the graph.
  case ingest
  /// When the decision was made.
  case decided
  /// A step, by its id or the last part of its id.
  case step(String)

  /// A step.
  public init(stringLiteral name: String) { self = .step(name) }

  /// `ingest`, `decided`, or the step.
  public var description: String {
    switch self {
    case .ingest: "ingest"
    case .decided: "decided"
    case .step(let name): name
    }
  }
}
