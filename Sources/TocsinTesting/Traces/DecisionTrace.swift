internal import InMemoryTracing
internal import Tocsin

/// The way of one event to the decision that it led to.
public struct DecisionTrace: Hashable, Sendable {
  /// The key of the alert: `quote.stale(ESZ6)`.
  public var alert: String
  /// The severity of the alert, in words.
  public var severity: String
  /// The sinks that it was sent to.
  public var sinks: [String]
  /// The number of the event on its lane.
  public var sequence: Int
  /// When the event came into the graph.
  public var ingested: Duration
  /// When the decision was made.
  public var decided: Duration
  /// Where the event was on its way, without a gap from `ingested` to `decided`.
  public var steps: [TraceStep]
  /// True when the oldest steps were overwritten before the decision: give more `trailBits`.
  public var isCut: Bool

  /// The time from ingest to the decision.
  public var took: Duration { decided - ingested }

  /// The other events that led to the decision: what its steps took in and did not send on by
  /// itself. The newest 128 of each step; ``TraceStep/linkCount`` is exact.
  public var links: [LinkedEvent] { steps.flatMap(\.links) }

  /// The step of an id, or with this last part of its id; nil when it is not on the way.
  public func step(_ name: String) -> TraceStep? { steps.first { $0.isNamed(name) } }

  /// Whether the decision is about an alert of this name or key.
  public func isAbout(_ name: String) -> Bool { alert == name || alert.hasPrefix("\(name)(") }

  init(_ root: FinishedInMemorySpan, _ index: SpanIndex, start: Instant) {
    alert = root.text("tocsin.alert.key") ?? root.operationName
    severity = root.text("tocsin.alert.severity") ?? ""
    sinks = (root.text("tocsin.route.sinks") ?? "").split(separator: ",").map { part in
      String(part.drop { $0 == " " })
    }
    sequence = root.number("tocsin.sequence")
    (ingested, decided) = root.span(since: start)
    isCut = root.text("tocsin.trail.cut") == "true"
    steps = index.children(of: root).map { TraceStep($0, index, start: start) }
  }

  func arrival(at point: TracePoint) -> Duration? {
    switch point {
    case .ingest: ingested
    case .decided: decided
    case .step(let name): step(name)?.arrived
    }
  }

  func departure(from point: TracePoint) -> Duration? {
    if case .step(let name) = point { step(name)?.left } else { arrival(at: point) }
  }
}

/// A step on the way of an event.
public struct TraceStep: Hashable, Sendable {
  /// The id of the step in its graph: `quotes/debounce`.
  public var id: String
  /// Why the event went on from there, or waited: the words of a ``Tocsin/Reason``.
  public var reason: String
  /// When the event arrived.
  public var arrived: Duration
  /// When it went on.
  public var left: Duration
  /// Other events that flowed into this step: the newest 128, oldest first.
  public var links: [LinkedEvent]
  /// How many other events flowed into this step.
  public var linkCount: Int

  /// How long the event was there.
  public var took: Duration { left - arrived }

  /// Whether a name is the whole id, or its end after a slash; numbers that made the id unique
  /// (`debounce~2`) may be left out.
  public func isNamed(_ name: String) -> Bool {
    let plain = id.prefix(upTo: id.lastIndex(of: "~") ?? id.endIndex)
    return [id[...], plain].contains { $0 == name || $0.hasSuffix("/\(name)") }
  }

  init(_ span: FinishedInMemorySpan, _ index: SpanIndex, start: Instant) {
    id = span.operationName
    reason = span.text("tocsin.wait.reason") ?? span.text("tocsin.reason") ?? ""
    (arrived, left) = span.span(since: start)
    linkCount = span.number("tocsin.links.count")
    links = index.linked(from: span).map { event in
      LinkedEvent(
        sequence: event.number("tocsin.sequence"),
        ingested: event.span(since: start).from
      )
    }
  }
}

/// An event that led to a decision without being the one that went on.
public struct LinkedEvent: Hashable, Sendable, CustomStringConvertible {
  /// The number of the event on its lane.
  public var sequence: Int
  /// When it came into the graph.
  public var ingested: Duration

  /// Makes one, to compare with.
  public init(sequence: Int, ingested: Duration) {
    (self.sequence, self.ingested) = (sequence, ingested)
  }

  /// `event 3 of 1.5s`.
  public var description: String { "event \(sequence) of \(ingested.offsetText)" }
}
