import Synchronization
import Tracing

/// The cheapest tracer that takes spans: it counts them and keeps nothing.
///
/// It is not a `NoOpTracer`, so the engine records all that it would for a real one.
final class CountingTracer: Tracer {
  private let count = Atomic<Int>(0)

  /// The number of spans that were started.
  var spanCount: Int { count.load(ordering: .relaxed) }

  func startSpan<Moment: TracerInstant>(
    _ operationName: String,
    context: @autoclosure () -> ServiceContext,
    ofKind kind: SpanKind,
    at instant: @autoclosure () -> Moment,
    function: String,
    file fileID: String,
    line: UInt
  ) -> CountedSpan {
    count.add(1, ordering: .relaxed)
    return CountedSpan(context: context())
  }

  func forceFlush() {}

  func inject<Carrier, Inject: Injector>(
    _ context: ServiceContext,
    into carrier: inout Carrier,
    using injector: Inject
  ) where Inject.Carrier == Carrier {}

  func extract<Carrier, Extract: Extractor>(
    _ carrier: Carrier,
    into context: inout ServiceContext,
    using extractor: Extract
  ) where Extract.Carrier == Carrier {}
}

/// A span of which nothing is kept but its context.
struct CountedSpan: Span {
  let context: ServiceContext

  var isRecording: Bool { true }

  var operationName: String {
    get { "counted" }
    nonmutating set {}
  }

  var attributes: SpanAttributes {
    get { [:] }
    nonmutating set {}
  }

  func setStatus(_ status: SpanStatus) {}
  func addEvent(_ event: SpanEvent) {}
  func addLink(_ link: SpanLink) {}

  func recordError<Moment: TracerInstant>(
    _ error: any Error,
    attributes: SpanAttributes,
    at instant: @autoclosure () -> Moment
  ) {}

  func end<Moment: TracerInstant>(at instant: @autoclosure () -> Moment) {}
}
