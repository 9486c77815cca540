internal import Tracing

/// The way of one event, read back from the trail after the fact.
struct RecordedTrace {
  struct Step {
    var name: String
    var reason: Reason
    var from: Instant
    var to: Instant
    var links: TrailLinks?
  }

  var ingested: Instant
  var sequence: UInt32
  /// The context that the event came in with.
  var parent: ServiceContext?
  /// True when the oldest steps were overwritten before the trace was read.
  var isCut: Bool
  var steps: [Step]

  /// Makes the spans: a root from ingest to the end of the last step, and a child for every step.
  /// The children follow each other without a gap, so the trace has no dark time.
  ///
  /// - Returns: The context of the root.
  @discardableResult
  func emit(
    as name: String,
    through tracer: any Tracer,
    outcome: String,
    attributes: [String: String] = [:]
  ) -> ServiceContext {
    let parent = parent ?? .topLevel
    let begin = min(ingested, steps.first?.from ?? ingested)
    let root = tracer.startSpan(name, context: parent, ofKind: .consumer, at: SpanInstant(begin))
    root.updateAttributes { all in
      all["tocsin.sequence"] = Int64(sequence)
      all["tocsin.outcome"] = outcome
      if isCut { all["tocsin.trail.cut"] = true }
      for (key, value) in attributes { all[key] = value }
    }
    if isCut, let first = steps.first, first.from > ingested {
      emitGap(to: first.from, root, tracer)
    }
    for step in steps { emit(step, root, tracer) }
    root.end(at: SpanInstant(steps.last?.to ?? ingested))
    return root.context
  }

  private func emitGap(to end: Instant, _ root: any Span, _ tracer: any Tracer) {
    let gap = tracer.startSpan(
      "(overwritten)",
      context: root.context,
      ofKind: .internal,
      at: SpanInstant(ingested)
    )
    gap.end(at: SpanInstant(end))
  }

  private func emit(_ step: Step, _ root: any Span, _ tracer: any Tracer) {
    let span = tracer.startSpan(
      step.name,
      context: root.context,
      ofKind: .internal,
      at: SpanInstant(step.from)
    )
    span.updateAttributes { all in
      all[step.to > step.from ? "tocsin.wait.reason" : "tocsin.reason"] = step.reason.description
      if let links = step.links { all["tocsin.links.count"] = Int64(links.count) }
    }
    for stamp in step.links?.stamps ?? [] { span.addLink(contributor(stamp, until: step, tracer)) }
    span.end(at: SpanInstant(step.to))
  }

  /// A contributor has no trace of its own, because it led to nothing by itself: it gets one span,
  /// from its ingest to where it was taken in.
  private func contributor(_ stamp: Stamp, until step: Step, _ tracer: any Tracer) -> SpanLink {
    let span = tracer.startSpan(
      "tocsin.event",
      context: .topLevel,
      ofKind: .consumer,
      at: SpanInstant(stamp.ingested)
    )
    span.updateAttributes { all in
      all["tocsin.sequence"] = Int64(stamp.sequence)
      all["tocsin.outcome"] = "part of \(step.name)"
    }
    span.end(at: SpanInstant(max(stamp.sent, stamp.ingested)))
    return SpanLink(context: span.context, attributes: [:])
  }
}

/// An instant, as tracers want it.
struct SpanInstant: TracerInstant {
  let nanosecondsSinceEpoch: UInt64

  init(_ instant: Instant) {
    nanosecondsSinceEpoch = UInt64(max(0, instant.nanoseconds))
  }

  static func < (left: Self, right: Self) -> Bool {
    left.nanosecondsSinceEpoch < right.nanosecondsSinceEpoch
  }
}
