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
    attributes: [String: SpanAttribute] = [:]
  ) -> ServiceContext {
    let parent = parent ?? .topLevel
    let begin = min(ingested, steps.first?.from ?? ingested)
    let root = tracer.startSpan(name, context: parent, ofKind: .consumer, at: SpanInstant(begin))
    root.add(rootAttributes(attributes, outcome))
    if isCut, let first = steps.first, first.from > ingested {
      emitGap(to: first.from, root, tracer)
    }
    let context = root.context
    for step in steps { emit(step, in: context, tracer) }
    root.end(at: SpanInstant(steps.last?.to ?? ingested))
    return context
  }

  private func rootAttributes(
    _ attributes: [String: SpanAttribute],
    _ outcome: String
  ) -> SpanAttributes {
    var all = attributes
    all["tocsin.sequence"] = .int64(Int64(sequence))
    all["tocsin.outcome"] = .string(outcome)
    if isCut { all["tocsin.trail.cut"] = .bool(true) }
    return SpanAttributes(all)
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

  private func emit(_ step: Step, in context: ServiceContext, _ tracer: any Tracer) {
    let span = tracer.startSpan(
      step.name,
      context: context,
      ofKind: .internal,
      at: SpanInstant(step.from)
    )
    span.add(StepAttributes.of(step))
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
    span.add([
      "tocsin.sequence": .int64(Int64(stamp.sequence)),
      "tocsin.outcome": .string("part of " + step.name),
    ])
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
