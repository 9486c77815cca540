/// The table of a route: for each severity the sinks, and who was told of what is still open.
@usableFromInline
final class RouteTable<Value: Alerting> {
  /// Where an alert goes.
  struct Destination {
    var sinks: [(id: SinkID, name: String, send: (Value) -> Void)] = []
    /// The names of the sinks, for logs and traces.
    var targets = ""
  }

  /// Names a sink among all of a route: an outlet, or a closure by its place.
  enum SinkID: Hashable {
    case outlet(ObjectIdentifier)
    case place(entry: Int, sink: Int)
  }

  let node: Node
  private let local: LaneLocal
  /// By the severities whose sinks an alert goes to, a bit for each.
  private let destinations: [Destination]
  private let decisions: DecisionLog?
  private var reported = 0
  @exclusivity(unchecked) @usableFromInline var told = ToldMemory<Value.Key>()
  /// False where every severity goes to the same sinks: an end reaches them all anyway.
  @usableFromInline let remembers: Bool

  @usableFromInline
  init(_ entries: [RouteEntry<Value>], after previous: Node, on lane: Lane) {
    local = lane.local
    let known = local.blueprint?.sinks ?? [:]
    let rows = Self.rows(entries, known)
    destinations = (0..<1 << rows.count).map { Self.destination($0, rows) }
    remembers = Set(rows.map { Set($0.sinks.map(\.id)) }).count > 1
    node = local.makeNode("route", after: [previous]) { step in
      step.role = .route
      step.isTerminal = true
      step.problem = Self.problem(entries, rows.map(\.sinks.count), known, step.node)
    }
    decisions = local.blueprint?.decisions
    Self.addSinks(entries, after: node, local, known)
  }

  /// Sends an alert where it belongs.
  @inlinable
  @inline(__always)
  func decide(_ alert: Value) {
    let places =
      remembers
      ? told.places(
        for: alert.key,
        alert.severity,
        alert.phase,
        at: Instant(nanoseconds: nanoseconds)
      )
      : 1 &<< alert.severity.rawValue
    decide(alert, to: Int(places))
  }

  /// The time of the lane.
  @usableFromInline var nanoseconds: Int64 { local.now }

  @usableFromInline
  func decide(_ alert: Value, to places: Int) {
    node.receivedCount &+= 1
    let now = local.recorder?.preciseNow(local) ?? local.now
    node.waited(now - local.stamp.ingested.nanoseconds)
    let destination = destinations[places]
    if destination.sinks.isEmpty { node.drop(.unmatched) } else { node.passedCount &+= 1 }
    if told.forgotten != reported { reportForgotten() }
    if let decisions { decisions.note(alert, to: destination.targets, node, local) }
    for sink in destination.sinks { sink.send(alert) }
  }

  /// Said when the number has doubled, so that a storm is not slowed by words.
  private func reportForgotten() {
    reported = told.forgotten
    guard reported & (reported - 1) == 0 else { return }
    node.lastError =
      "More than \(told.limit) alerts are open: who was told of the oldest (\(reported) so far) is "
      + "forgotten, and their ends go where their own severity belongs."
  }
}

// MARK: - How it is made

extension RouteTable {
  /// The sinks of each severity, in the order in which its entry names them.
  private static func rows(
    _ entries: [RouteEntry<Value>],
    _ known: [String: any Sendable]
  ) -> [Destination] {
    Severity.allCases.map { severity in
      guard let entry = entries.firstIndex(where: { $0.severities.contains(severity) }) else {
        return Destination()
      }
      let sinks = entries[entry].sinks.enumerated().map { place, sink in
        let outlet = outlet(of: sink, known)
        let id = outlet.map(SinkID.outlet) ?? .place(entry: entry, sink: place)
        return (id: id, name: sink.name, send: sink.resolved(among: known))
      }
      return Destination(sinks: sinks)
    }
  }

  /// The sinks of several severities, those of the worst first, each once.
  private static func destination(_ places: Int, _ rows: [Destination]) -> Destination {
    var all = Destination()
    var seen: Set<SinkID> = []
    for (severity, row) in rows.enumerated().reversed() where places & 1 << severity != 0 {
      all.sinks += row.sinks.filter { seen.insert($0.id).inserted }
    }
    all.targets = all.sinks.map(\.name).joined(separator: ", ")
    return all
  }

  private static func outlet(
    of sink: RouteSink<Value>,
    _ known: [String: any Sendable]
  ) -> ObjectIdentifier? {
    sink.outlet
      ?? sink.reference.flatMap { known[$0] as? Outlet<Value> }.map(ObjectIdentifier.init)
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
        step.writes = entries.flatMap(\.sinks).filter { $0.name == sink.name }
          .compactMap { outlet(of: $0, known) }
      }
    }
  }
}
