/// A graph as data: its nodes, its edges, and the counters they had when the picture was taken.
public struct GraphPicture: Codable, Hashable, Sendable {
  /// The graph's name.
  public let name: String
  /// The nodes, in the order in which they were built.
  public let nodes: [NodePicture]
  /// The edges, by the ids of their nodes.
  public let edges: [EdgePicture]

  /// An edge between two nodes.
  public struct EdgePicture: Codable, Hashable, Sendable {
    /// The id of the node that gives.
    public let from: String
    /// The id of the node that takes.
    public let to: String
  }

  init(_ name: String, _ steps: [Step]) {
    self.name = name
    nodes = steps.map(NodePicture.init)
    edges = steps.flatMap { step in
      step.inputs.map { EdgePicture(from: steps[$0].node.id, to: step.node.id) }
    }
  }

  /// A node by its id.
  ///
  /// - Throws: ``GraphProblem/Code/unknownName``, with the id that may be meant.
  public func node(_ id: String) throws(GraphError) -> NodePicture {
    if let node = nodes.first(where: { $0.id == id }) { return node }
    let text = unknown("A node with the id", id, known: nodes.map(\.id))
    throw GraphError(graph: name, problems: [GraphProblem(.unknownName, id, text)])
  }
}

/// A node as data.
public struct NodePicture: Codable, Hashable, Sendable {
  /// The id, unique in the graph.
  public let id: String
  /// What it is: `debounce`, `merge`, `inlet`.
  public let kind: String
  /// What it does: `3 s, at most 30 s`.
  public let detail: String
  /// Values that came in.
  public let received: Int
  /// Values that it made itself.
  public let made: Int
  /// Values that went out.
  public let passed: Int
  /// Values that wait inside.
  public let held: Int
  /// Values that went no further, by reason.
  public let dropped: [String: Int]
  /// How long values waited here, or, at a route, took from ingest to the decision.
  public let waits: LatencyHistogram?
  /// The last thing that went wrong here.
  public let lastError: String?

  init(_ step: Step) {
    let node = step.node
    id = node.id
    kind = node.kind
    detail = step.detail
    received = node.received
    made = node.made
    passed = node.passed
    held = node.held
    dropped = Dictionary(
      uniqueKeysWithValues: node.dropsByReason.map { ($0.description, $1) }
    )
    waits = node.waits
    lastError = node.lastError
  }

  /// Whether `received + made == passed + held + dropped`.
  public var isConserved: Bool { held >= 0 && received + made == passed + held + droppedCount }

  /// Values that went no further.
  public var droppedCount: Int { dropped.values.reduce(0, +) }
}
