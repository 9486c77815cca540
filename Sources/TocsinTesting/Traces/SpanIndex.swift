internal import InMemoryTracing
internal import Tocsin
internal import Tracing

/// Spans by their ids and parents.
struct SpanIndex {
  /// The roots of decisions, in the order in which they ended.
  let roots: [FinishedInMemorySpan]
  private let children: [String: [FinishedInMemorySpan]]
  private let spans: [String: FinishedInMemorySpan]

  init(_ all: [FinishedInMemorySpan]) {
    roots = all.filter { $0.text("tocsin.alert.key") != nil }
    children = Dictionary(grouping: all) { Self.key($0.traceID, $0.parentSpanID ?? "") }
    spans = Dictionary(all.map { (Self.key($0.traceID, $0.spanID), $0) }) { _, last in last }
  }

  func children(of root: FinishedInMemorySpan) -> [FinishedInMemorySpan] {
    children[Self.key(root.traceID, root.spanID)] ?? []
  }

  func linked(from span: FinishedInMemorySpan) -> [FinishedInMemorySpan] {
    span.links.compactMap { link in
      link.context.inMemorySpanContext.flatMap { spans[Self.key($0.traceID, $0.spanID)] }
    }
  }

  private static func key(_ trace: String, _ span: String) -> String { "\(trace) \(span)" }
}

extension FinishedInMemorySpan {
  /// An attribute in words.
  func text(_ key: String) -> String? {
    switch attributes.get(key) {
    case .string(let text): text
    case .int64(let number): "\(number)"
    case .bool(let isTrue): "\(isTrue)"
    default: nil
    }
  }

  /// A whole number; 0 when there is none.
  func number(_ key: String) -> Int { text(key).flatMap { Int($0) } ?? 0 }

  /// When it began and ended, as offsets from an instant.
  func span(since start: Instant) -> (from: Duration, to: Duration) {
    (offset(startInstant, start), offset(endInstant, start))
  }

  private func offset(_ instant: any TracerInstant, _ start: Instant) -> Duration {
    let nanoseconds = Int64(clamping: instant.nanosecondsSinceEpoch)
    return start.duration(to: Instant(nanoseconds: nanoseconds))
  }
}
