internal import Logging
internal import Tracing

/// What is done for every decision of a graph: its trace, its log line.
final class DecisionLog {
  private let logger: Logger?
  private let graph: String
  /// Makes the spans; nil when the graph is not traced.
  private let tracer: (any Tracer)?

  init(graph: String, logger: Logger?, tracer: (any Tracer)?) {
    self.graph = graph
    self.logger = logger
    self.tracer = tracer
  }

  /// Notes a decision, after the fact: spans for the whole way, and a log line with the trace's ids.
  func note<Value: Alerting>(_ alert: Value, to targets: String, _ node: Node, _ local: LaneLocal) {
    var context: ServiceContext?
    if let tracer, let recorder = local.recorder {
      let stamp = recorder.step(
        node,
        .passed,
        local.stamp,
        at: max(local.now, recorder.preciseNow(local))
      )
      local.stamp = stamp
      let key = "\(alert.key)"
      context = recorder.trace(of: stamp).emit(
        as: "alert " + key,
        through: tracer,
        outcome: "routed to " + targets,
        attributes: attributes(of: alert, key, targets)
      )
      local.isSampling = false
    }
    if let logger { log(alert, targets, context, logger) }
  }

  private func attributes<Value: Alerting>(
    of alert: Value,
    _ key: String,
    _ targets: String
  ) -> [String: SpanAttribute] {
    var all = [String: SpanAttribute](minimumCapacity: 8)
    all["tocsin.graph"] = .string(graph)
    all["tocsin.alert.key"] = .string(key)
    all["tocsin.alert.severity"] = .string(alert.severity.description)
    all["tocsin.alert.occurrences"] = .string(String(alert.occurrences))
    all["tocsin.route.sinks"] = .string(targets)
    return all
  }

  private func log<Value: Alerting>(
    _ alert: Value,
    _ targets: String,
    _ context: ServiceContext?,
    _ logger: Logger
  ) {
    var metadata: Logger.Metadata = [
      "alert": "\(alert.key)", "severity": "\(alert.severity)", "phase": "\(alert.phase)",
      "occurrences": "\(alert.occurrences)", "sinks": "\(targets)",
    ]
    if let context, let tracer {
      var ids: [String: String] = [:]
      tracer.inject(context, into: &ids, using: DictionaryInjector())
      for (key, value) in ids { metadata[key] = "\(value)" }
    }
    ServiceContext.withValue(context ?? .topLevel) {
      logger.log(level: level(alert.severity), "alert \(alert.key)", metadata: metadata)
    }
  }

  private func level(_ severity: Severity) -> Logger.Level {
    switch severity {
    case .info: .info
    case .warning: .warning
    case .error: .error
    case .critical: .critical
    }
  }
}

/// Takes the trace ids out of a context, in whatever words the tracer has for them.
struct DictionaryInjector: Injector {
  func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) {
    carrier[key] = value
  }
}
