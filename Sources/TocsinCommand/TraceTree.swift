import InMemoryTracing
import Tocsin
import Tracing

/// The trace of one alert, as an indented tree with durations.
struct TraceTree {
  /// One span.
  struct Span {
    var id: String
    var parent: String?
    var name: String
    var start: Instant
    var end: Instant
    var notes: [String]
  }

  private let spans: [Span]

  init(_ spans: [Span]) { self.spans = spans }

  init(_ tracer: InMemoryTracer) {
    spans = tracer.finishedSpans.map { span in
      Span(
        id: span.spanID,
        parent: span.parentSpanID,
        name: span.operationName,
        start: Instant(nanoseconds: Int64(clamping: span.startInstant.nanosecondsSinceEpoch)),
        end: Instant(nanoseconds: Int64(clamping: span.endInstant.nanosecondsSinceEpoch)),
        notes: Self.notes(span)
      )
    }
  }

  private static func notes(_ span: FinishedInMemorySpan) -> [String] {
    let names = ["tocsin.outcome", "tocsin.wait.reason", "tocsin.reason"]
    let words = names.compactMap { name -> String? in
      if case .string(let text) = span.attributes.get(name) { text } else { nil }
    }
    return words + (span.links.isEmpty ? [] : ["\(span.links.count) linked"])
  }

  /// The tree of the first alert; nil when there was none.
  var lines: [String]? {
    guard let root = spans.first(where: { $0.parent == nil && $0.name.hasPrefix("alert ") }) else {
      return nil
    }
    return tree(root, depth: 0)
  }

  private func tree(_ span: Span, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    let took = span.start.duration(to: span.end).formattedShortly
    let notes = span.notes.isEmpty ? "" : "  (\(span.notes.joined(separator: ", ")))"
    let line = "\(indent)\(span.name)  \(took)\(notes)"
    let children = spans.filter { $0.parent == span.id }
      .sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    return [line] + children.flatMap { tree($0, depth: depth + 1) }
  }
}
