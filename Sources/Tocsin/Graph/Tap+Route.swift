internal import Logging
public import OpenCombine
internal import Tracing

extension Tap where Upstream.Output: Alerting {
  /// Sends every alert to the sinks of the first entry that takes its severity.
  ///
  /// A decision: the trace of the alert is made here, its latency from ingest is counted at the
  /// node, and a log line with its trace ids is written.
  ///
  /// - Parameter entries: `On(.critical...) { telegram }`, `Otherwise { log }`.
  /// - Returns: The chain's end; the graph keeps it.
  @inlinable
  @inline(__always)
  public func route(
    @RouteBuilder<Upstream.Output> _ entries: () -> [RouteEntry<Upstream.Output>]
  ) -> Wire {
    let table = RouteTable(entries(), after: node, on: lane)
    return upstream.each { table.decide($0) }
  }
}

/// The table of a route: for each severity the sinks.
@usableFromInline
final class RouteTable<Value: Alerting> {
  private let node: Node
  private let local: LaneLocal
  private let rows: [[(name: String, send: (Value) -> Void)]]
  private let targets: [String]
  private let decisions: DecisionLog?

  @usableFromInline
  init(_ entries: [RouteEntry<Value>], after previous: Node, on lane: Lane) {
    local = lane.local
    let known = local.blueprint?.sinks ?? [:]
    let rows = Severity.allCases.map { severity in
      (entries.first { $0.severities.contains(severity) }?.sinks ?? [])
        .map { sink in (sink.name, sink.resolved(among: known)) }
    }
    self.rows = rows
    targets = rows.map { $0.map(\.0).joined(separator: ", ") }
    node = local.makeNode("route", after: [previous]) { step in
      step.role = .route
      step.isTerminal = true
      step.problem = Self.problem(entries, rows.map(\.count), known, step.node)
    }
    decisions = local.blueprint?.decisions
    Self.addSinks(entries, after: node, local, known)
  }

  /// Sends an alert where it belongs.
  @usableFromInline
  func decide(_ alert: Value) {
    node.receivedCount &+= 1
    let now = local.recorder?.preciseNow(local) ?? local.now
    node.waited(now - local.stamp.ingested.nanoseconds)
    let row = rows[Int(alert.severity.rawValue)]
    if row.isEmpty { node.drop(.unmatched) } else { node.passedCount &+= 1 }
    if let decisions {
      decisions.note(alert, to: targets[Int(alert.severity.rawValue)], node, local)
    }
    for sink in row { sink.send(alert) }
  }

  private static func problem(
    _ entries: [RouteEntry<Value>],
    _ counts: [Int],
    _ known: [String: any Sendable],
    _ node: Node
  ) -> GraphProblem? {
    for sink in entries.flatMap(\.sinks) {
      guard let name = sink.reference, !(known[name] is Outlet<Value>) else { continue }
      return GraphProblem(
        .unknownSink,
        name,
        unknown("The sink", name, known: Array(known.keys))
      )
    }
    let missing = Severity.allCases.filter { counts[Int($0.rawValue)] == 0 }
    guard !missing.isEmpty else { return nil }
    let words = missing.map(\.description).joined(separator: ", ")
    return GraphProblem(
      .severityWithoutSink,
      node.id,
      "A route has no sink for alerts of severity \(words): they would be lost. "
        + "Add `Otherwise { ... }`."
    )
  }

  private static func addSinks(
    _ entries: [RouteEntry<Value>],
    after node: Node,
    _ local: LaneLocal,
    _ known: [String: any Sendable]
  ) {
    var seen: Set<String> = []
    for sink in entries.flatMap(\.sinks) where seen.insert(sink.name).inserted {
      _ = local.makeNode("sink", id: "→ \(sink.name)", after: [node]) { step in
        step.role = .sink
        step.isTerminal = true
        step.writes = entries.flatMap(\.sinks).filter { $0.name == sink.name }.compactMap { sink in
          sink.outlet
            ?? sink.reference.flatMap { known[$0] as? Outlet<Value> }.map(ObjectIdentifier.init)
        }
      }
    }
  }
}

extension RouteSink {
  func resolved(among known: [String: any Sendable]) -> (Value) -> Void {
    guard let reference, let outlet = known[reference] as? Outlet<Value> else { return send }
    return { outlet.send($0) }
  }
}

extension Tap {
  /// Ends the chain in a closure, called on the lane for every value. It must be quick.
  @inlinable
  @inline(__always)
  public func each(_ body: @escaping (Upstream.Output) -> Void) -> Wire {
    let node = endNode("each")
    return upstream.each { value in
      node.receivedCount &+= 1
      node.passedCount &+= 1
      body(value)
    }
  }

  @usableFromInline
  func endNode(_ kind: String) -> Node {
    lane.local.makeNode(kind, after: [node]) { step in
      step.role = .sink
      step.isTerminal = true
    }
  }
}

extension Tap where Upstream.Output: Sendable {
  /// Ends the chain in an outlet.
  @inlinable
  @inline(__always)
  public func send(to outlet: Outlet<Upstream.Output>) -> Wire {
    let node = outletNode(outlet)
    return upstream.each { value in
      node.receivedCount &+= 1
      node.passedCount &+= 1
      outlet.send(value)
    }
  }

  @usableFromInline
  func outletNode(_ outlet: Outlet<Upstream.Output>) -> Node {
    lane.local.makeNode("outlet", id: "→ \(outlet.name)", after: [node]) { step in
      step.role = .sink
      step.isTerminal = true
      step.writes = [ObjectIdentifier(outlet)]
    }
  }
}
