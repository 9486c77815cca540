internal import Tracing

/// The attributes of the spans of steps, made once for each reason: a span costs no text.
enum StepAttributes {
  private static let passing = all("tocsin.reason")
  private static let waiting = all("tocsin.wait.reason")

  private static func all(_ name: String) -> [SpanAttributes] {
    Reason.allCases.map { SpanAttributes([name: .string($0.description)]) }
  }

  /// The attributes of a step: why it went on, or why it waited.
  static func of(_ step: RecordedTrace.Step) -> SpanAttributes {
    var attributes = (step.to > step.from ? waiting : passing)[step.reason.index]
    if let links = step.links {
      attributes.set("tocsin.links.count", value: .int64(Int64(links.count)))
    }
    return attributes
  }
}

extension Span {
  /// Adds attributes to those that the tracer has given the span.
  func add(_ new: SpanAttributes) {
    var all = attributes
    guard !all.isEmpty else {
      attributes = new
      return
    }
    all.merge(new)
    attributes = all
  }
}
