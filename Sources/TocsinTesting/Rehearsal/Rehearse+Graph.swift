internal import InMemoryTracing
internal import OpenCombine
internal import Synchronization
public import Testing
public import Tocsin

/// Rehearses a whole graph: gives its inputs what happens there, and collects the alerts at its
/// sinks.
///
/// ```swift
/// let run = try rehearse(desk) {
///   On("levels") { At(.seconds(1)) { 20 } }
/// }
/// run.expect("log") { At(.seconds(4)) { Fired("level.high", .error) } }
/// ```
///
/// The graph runs on a lane of its own in virtual time, traced in memory, and is stopped at the end.
/// Rehearsals of graphs take turns, because graphs that are global share their sinks. Books that do
/// not balance fail the test.
///
/// - Parameters:
///   - graph: The graph, as it is shipped.
///   - lane: The kind of lane. Both kinds must give the same alerts.
///   - sinks: Sinks to listen to beside those that the graph names in `sinks:`.
///   - until: How far time runs; without it until nothing is left to do, but at most a day behind
///     the last event.
///   - start: The instant of the offset zero.
///   - sourceLocation: Where failures are reported.
///   - inputs: What happens at the inputs, by their names.
/// - Throws: ``RehearsalError`` when the graph is not valid, or has no such input.
/// - Returns: What the graph did.
@discardableResult
public func rehearse(
  _ graph: MonitorGraph,
  lane: RehearsalLane = .virtualTime,
  sinks: [Outlet<Alert>] = [],
  until: Duration? = nil,
  startingAt start: Instant = .epoch,
  sourceLocation: SourceLocation = #_sourceLocation,
  @GraphInputsBuilder _ inputs: () -> [GraphInput]
) throws(RehearsalError) -> GraphRehearsal {
  let inputs = inputs()
  for input in inputs { try input.check(until) }
  let plan = RehearsalPlan(lane: lane, until: until, start: start)
  let run = try turns.withLock { _ throws(RehearsalError) in
    try GraphRun(graph, plan, inputs, sinks).finished()
  }
  report(run.books.breaches(isDone: false), run.script, sourceLocation)
  return run
}

private let turns = Mutex<Void>(())

/// A graph that runs, with what listens to its sinks.
private struct GraphRun {
  private let tracer = InMemoryTracer(idGenerator: .incrementing)
  private var bench: RehearsalBench
  private let running: RunningGraph
  private let ears: [String: Ear]

  init(
    _ graph: MonitorGraph,
    _ plan: RehearsalPlan,
    _ inputs: [GraphInput],
    _ more: [Outlet<Alert>]
  ) throws(RehearsalError) {
    bench = RehearsalBench(plan, first: inputs.map(\.first))
    let stage = bench.stage
    do {
      running = try graph.start(on: stage.lane, in: stage.timeline, RunOptions(tracer: tracer))
      for input in inputs { try input.connect(running, &bench) }
    } catch {
      throw .graph(error)
    }
    let outlets = more.reduce(into: graph.namedSinks) { $0[$1.name] = $1 }
    ears = stage.timeline.perform(on: stage.lane) {
      outlets.mapValues { Ear(at: $0, on: stage) }
    }
  }

  func finished() -> GraphRehearsal {
    let stage = bench.stage
    var stopped: GraphPicture?
    let script = bench.play { act in
      switch act {
      case .run(let body): body()
      case .cancel where stopped == nil:
        stopped = running.snapshot(in: stage.timeline)
        running.stop(in: stage.timeline)
      case .cancel, .subscribe, .ask: break
      }
    }
    let picture = stopped ?? running.snapshot(in: stage.timeline)
    running.stop(in: stage.timeline)
    stage.timeline.perform(on: stage.lane) { for ear in ears.values { ear.wire?.cancel() } }
    return GraphRehearsal(
      running: running,
      timeline: stage.timeline,
      lane: stage.lane,
      tracer: tracer,
      start: bench.plan.start,
      sinks: ears.mapValues { EventTimeline($0.moments) },
      picture: picture,
      script: script
    )
  }
}

/// What listens to a sink.
private final class Ear {
  private(set) var moments: [Moment<Alert>] = []
  private(set) var wire: Wire?

  init(at outlet: Outlet<Alert>, on stage: RehearsalStage) {
    wire = Inlet(outlet, on: stage.lane).each { [unowned self] alert in
      moments.append(Moment(.value(alert), at: stage.offset))
    }
  }
}
