/// One step of a graph under construction.
struct Step {
  enum Role: Hashable {
    case source
    case operation
    case alert
    case route
    case sink
  }

  let node: Node
  var role = Role.operation
  /// What it does, for pictures: `3 s, at most 30 s`.
  var detail = ""
  /// The numbers of the steps before it.
  var inputs: [Int] = []
  /// Whether values can wait here: what makes a cycle safe.
  var isDelay = false
  /// Whether something takes what comes out here.
  var isTerminal = false
  /// The outlets that it reads and writes.
  var reads: ObjectIdentifier?
  var writes: [ObjectIdentifier] = []
  /// The name that the user gave it, if any.
  var givenName: String?
  /// What is wrong with it by itself.
  var problem: GraphProblem?
}

/// What a graph's build closure has made so far. Of one lane, while the closure runs.
final class Blueprint {
  private(set) var steps: [Step] = []
  private var takenIDs: Set<String> = []
  /// What is wrong with the graph beside its steps.
  private(set) var problems: [GraphProblem] = []
  /// The actors that belong to the graph.
  var adopted: [any Sendable] = []
  /// The outlets that events come in by, by name.
  var inputs: [String: any Sendable] = [:]
  /// The named sinks that routes may send to by name.
  let sinks: [String: any Sendable]
  /// What is done for every decision; nil while a graph is only drawn or checked.
  let decisions: DecisionLog?

  init(sinks: [String: any Sendable], decisions: DecisionLog? = nil) {
    self.sinks = sinks
    self.decisions = decisions
  }

  /// Adds a step and gives its number. Its id comes from where it is, not from the order of lines:
  /// the id of its first input and its kind, with `~2` behind it for the second one such.
  func add(_ step: Step, id wanted: String) -> Int {
    step.node.id = unique(wanted)
    steps.append(step)
    return steps.count - 1
  }

  /// Gives a step the name that the user wants.
  func rename(_ index: Int, to name: String) {
    takenIDs.remove(steps[index].node.id)
    steps[index].givenName = name
    steps[index].node.id = unique(name)
  }

  func addProblem(_ problem: GraphProblem) { problems.append(problem) }

  func index(of node: Node) -> Int? { steps.firstIndex { $0.node === node } }

  private func unique(_ wanted: String) -> String {
    var id = wanted
    var count = 1
    while !takenIDs.insert(id).inserted {
      count += 1
      id = "\(wanted)~\(count)"
    }
    return id
  }
}

/// The steps of a chain that is built once for each key: all keys count at the same nodes.
final class NodeTape {
  private var nodes: [Node] = []
  private var position = 0
  private var tapes: [NodeTape] = []
  private var nextTape = 0

  func record(_ node: Node) { nodes.append(node) }

  func rewind() {
    position = 0
    nextTape = 0
  }

  /// The tape of a keyed chain within this one: a new one while this is recorded, then the same one
  /// again for every key.
  func inner() -> NodeTape {
    guard nextTape < tapes.count else {
      tapes.append(NodeTape())
      nextTape = tapes.count
      return tapes[nextTape - 1]
    }
    defer { nextTape += 1 }
    tapes[nextTape].rewind()
    return tapes[nextTape]
  }

  func next() -> Node? {
    guard position < nodes.count else { return nil }
    defer { position += 1 }
    return nodes[position]
  }
}

extension LaneLocal {
  /// Gives a step its node: registered with the graph under construction, shared with the other
  /// keys of a keyed chain, or by itself.
  @usableFromInline
  func makeNode(_ kind: String, detail: String = "", after inputs: [Node], isDelay: Bool = false)
    -> Node
  {
    makeNode(kind, after: inputs) { step in
      step.detail = detail
      step.isDelay = isDelay
    }
  }

  func makeNode(
    _ kind: String,
    id wanted: String? = nil,
    after inputs: [Node],
    _ describe: (inout Step) -> Void
  ) -> Node {
    if blueprint == nil, let node = tape?.next() { return node }
    let node = Node(kind)
    var step = Step(node: node)
    describe(&step)
    if let blueprint {
      step.inputs = inputs.compactMap { blueprint.index(of: $0) }
      let place = inputs.first.map { "\($0.id)/\(kind)" }
      _ = blueprint.add(step, id: wanted ?? place ?? kind)
      tape?.record(node)
    } else {
      node.id = wanted ?? kind
    }
    return node
  }
}
