internal import Logging
internal import Tracing

/// The actor that owns a running graph: it builds it on its lane, keeps it, and takes it down.
actor GraphActor: LaneActor {
  nonisolated let lane: Lane
  private let graph: MonitorGraph
  private var blueprint: Blueprint?
  private var wires: [Wire] = []
  /// What this graph's events are recorded in, while it is traced and runs.
  private var recorder: TrailRecorder?

  init(_ graph: MonitorGraph, on lane: Lane) {
    self.graph = graph
    self.lane = lane
  }

  /// Builds the graph. Nothing runs when it throws.
  func start(_ options: RunOptions) throws(GraphError) -> GraphMembers {
    let decisions = DecisionLog(
      graph: graph.name,
      logger: options.logger,
      tracer: options.activeTracer
    )
    if let tracer = options.activeTracer { record(options, tracer) }
    let plan = Blueprint(sinks: graph.sinks, decisions: decisions)
    let (blueprint, wires) = graph.build(on: lane, plan)
    self.blueprint = blueprint
    self.wires = wires
    do {
      try blueprint.check(graph: graph.name)
    } catch {
      stop()
      throw error
    }
    return GraphMembers(actors: blueprint.adopted, inputs: blueprint.inputs)
  }

  /// Records the lane's events, in the trail that other graphs of the lane use already, if any do.
  private func record(_ options: RunOptions, _ tracer: any Tracer) {
    let recorder =
      lane.local.recorder
      ?? TrailRecorder(
        tracer: tracer,
        sampleEvery: options.sampleEvery,
        isLive: !lane.loop.isVirtual,
        trailBits: options.trailBits
      )
    recorder.users += 1
    lane.local.recorder = recorder
    lane.local.hasSample = recorder.takesSamples
    self.recorder = recorder
  }

  func snapshot() -> GraphPicture {
    GraphPicture(graph.name, blueprint?.steps ?? [])
  }

  func stop() {
    for wire in wires { wire.cancel() }
    wires = []
    recorder?.users -= 1
    if recorder?.users == 0 {
      lane.local.recorder = nil
      lane.local.hasSample = false
    }
    recorder = nil
  }
}

/// What a graph's build closure made that can be reached from outside.
struct GraphMembers: Sendable {
  let actors: [any Sendable]
  let inputs: [String: any Sendable]
}
