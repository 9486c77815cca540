/// A graph that runs. Keep it as long as the graph is to run; ``stop()`` takes it down.
public struct RunningGraph: Sendable {
  /// The graph.
  public let graph: MonitorGraph
  /// The lane that it runs on.
  public let lane: Lane
  let actor: GraphActor
  let members: GraphMembers

  /// The first actor of a type that belongs to the graph: a monitor.
  ///
  /// - Throws: ``GraphProblem/Code/unknownName`` when there is none.
  public func first<Member: Actor>(_ type: Member.Type) throws(GraphError) -> Member {
    for member in members.actors {
      if let found = member as? Member { return found }
    }
    throw missing(
      "An actor of type",
      "\(type)",
      known: members.actors.map { "\(Swift.type(of: $0))" }
    )
  }

  /// All actors of a type that belong to the graph, in the order in which they were made.
  public func all<Member: Actor>(_ type: Member.Type) -> [Member] {
    members.actors.compactMap { $0 as? Member }
  }

  /// A door of the graph; see ``Lane/input(_:of:)``.
  ///
  /// - Throws: ``GraphProblem/Code/unknownName`` when there is none of that name and type.
  public func input<Event: Sendable>(
    _ name: String,
    of event: Event.Type
  ) throws(GraphError) -> Outlet<Event> {
    if let outlet = members.inputs[name] as? Outlet<Event> { return outlet }
    if let other = members.inputs[name] {
      let problem = GraphProblem(
        .unknownName,
        name,
        "The input \"\(name)\" is an \(type(of: other)), not an Outlet<\(event)>."
      )
      throw GraphError(graph: graph.name, problems: [problem])
    }
    throw missing("An input of \(event) named", name, known: Array(members.inputs.keys))
  }

  /// The graph with its counters, at one moment between turns.
  public func snapshot() async -> GraphPicture { await actor.snapshot() }

  /// Takes the graph down: nothing more is delivered and no timer is left.
  public func stop() async { await actor.stop() }

  private func missing(_ what: String, _ name: String, known: [String]) -> GraphError {
    let problem = GraphProblem(.unknownName, name, unknown(what, name, known: known))
    return GraphError(graph: graph.name, problems: [problem])
  }
}

extension MonitorGraph {
  /// Runs the graph on a lane.
  ///
  /// - Parameters:
  ///   - lane: The lane of its operators.
  ///   - options: Tracing and logging.
  /// - Throws: What is wrong with the graph; nothing runs then.
  /// - Returns: What it makes.
  public func run(
    on lane: Lane,
    _ options: RunOptions = RunOptions()
  ) async throws(GraphError) -> RunningGraph {
    let actor = GraphActor(self, on: lane)
    let members = try await actor.start(options)
    return RunningGraph(graph: self, lane: lane, actor: actor, members: members)
  }

  /// Runs the graph in virtual time, on a lane of a time line that the caller drives.
  ///
  /// - Throws: What is wrong with the graph; nothing runs then.
  public func start(
    on lane: Lane,
    in world: Timeline,
    _ options: RunOptions = RunOptions()
  ) throws(GraphError) -> RunningGraph {
    let actor = GraphActor(self, on: lane)
    let outcome = world.perform(on: lane) {
      actor.assumeIsolated { actor in
        Result { () throws(GraphError) -> GraphMembers in try actor.start(options) }
      }
    }
    return RunningGraph(graph: self, lane: lane, actor: actor, members: try outcome.get())
  }
}

extension RunningGraph {
  /// The graph with its counters, for a time line that the caller drives.
  public func snapshot(in world: Timeline) -> GraphPicture {
    world.perform(on: lane) { actor.assumeIsolated { $0.snapshot() } }
  }

  /// Takes the graph down, for a time line that the caller drives.
  public func stop(in world: Timeline) {
    world.perform(on: lane) { actor.assumeIsolated { $0.stop() } }
  }
}
