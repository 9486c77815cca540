import Harness
import ReferenceGraph
import Tocsin

/// A monitor as a user writes it: an isolated actor on a lane.
actor DeviationMonitor: LaneActor {
  nonisolated let lane: Lane
  nonisolated let findings: Outlet<DeskAlert>
  private let feed: Feed<DeskEvent>
  private let source: EventSource

  init(_ name: String, kind: UInt8, _ alerting: ReferenceGraph.Alerting, on lane: Lane) {
    self.lane = lane
    findings = Outlet("\(name).findings")
    source = lane.addSource()
    feed = Feed(name, on: lane, instant: \.instant)
    RulePublisher(feed, Deviation(kind: kind, alerting), on: lane, node: Node("deviation"))
      .send(to: findings)
    lane.adopt(self)
  }

  /// One event of one ordered stream: all that came before it has been given.
  func ingest(_ event: DeskEvent) {
    lane.advance(to: event.instant)
    feed.send(event)
  }

  func ingest(contentsOf events: [DeskEvent]) {
    feed.send(contentsOf: events)
    if let last = events.last { source.reached(last.instant) }
  }

  func finish() { source.finish() }
}

/// Everything in one actor: spans of one source after the other.
actor Pipeline: LaneActor {
  nonisolated let lane: Lane
  private let tally = Tally()
  private let sinks = Sinks()
  private var feeds: [Feed<DeskEvent>] = []
  private var sources: [EventSource] = []
  private var wire: Wire?

  init(on lane: Lane) { self.lane = lane }

  func build(_ alerting: ReferenceGraph.Alerting) {
    let findings = (0..<3).map { Outlet<DeskAlert>("findings \($0)") }
    feeds = (0..<3).map { kind in
      let feed = Feed<DeskEvent>("market", on: lane, instant: \.instant)
      RulePublisher(feed, Deviation(kind: UInt8(kind), alerting), on: lane, node: Node("deviation"))
        .send(to: findings[kind])
      return feed
    }
    sources = feeds.map { _ in lane.addSource() }
    wire = routing(Tap(findings[0]), Tap(findings[1]), Tap(findings[2]), to: sinks)
    tally.listen(to: sinks, on: lane)
  }

  func ingest(_ kind: Int, contentsOf events: [DeskEvent]) {
    feeds[kind].send(contentsOf: events)
    if let last = events.last { sources[kind].reached(last.instant) }
  }

  func finish() -> Outcome {
    for source in sources { source.finish() }
    return tally.outcome
  }

  func stop() { wire?.cancel() }
}

/// Counts what reaches the sinks, as an actor.
actor Recorder: LaneActor {
  nonisolated let lane: Lane
  private let tally = Tally()

  init(on lane: Lane) { self.lane = lane }
  func listen(to sinks: Sinks) { tally.listen(to: sinks, on: lane) }
  var outcome: Outcome { tally.outcome }
}

enum ActorVariants {
  static var all: [Variant] {
    [
      pipeline("actor-256", span: 256),
      graph("graph-one", span: nil, isLive: false),
      graph("graph-64", span: 64, isLive: false),
      graph("graph-256", span: 256, isLive: false),
      graph("graph-live-one", span: nil, isLive: true),
      graph("graph-live-256", span: 256, isLive: true),
    ]
  }

  private static func pipeline(_ name: String, span: Int) -> Variant {
    Variant(name, "the whole reference graph inside one actor", in: .graph) { workload in
      let input = Input(workload, span: span)
      return Run(operations: workload.events.count) {
        try await inWorld(isLive: false) { world, lane in
          let pipeline = Pipeline(on: lane)
          await pipeline.build(workload.alerting)
          for turn in input.spans {
            for kind in 0..<3 { await pipeline.ingest(kind, contentsOf: turn[kind]) }
          }
          let outcome = await pipeline.finish()
          await pipeline.stop()
          return outcome
        }
      }
    }
  }

  private static func graph(_ name: String, span: Int?, isLive: Bool) -> Variant {
    Variant(name, "three monitor actors and the routing graph on one lane", in: .graph) {
      workload in
      let input = Input(workload, span: span)
      return Run(operations: workload.events.count) {
        try await inWorld(isLive: isLive) { world, lane in
          try await run(input, workload.alerting, on: lane)
        }
      }
    }
  }

  private static func run(
    _ input: Input,
    _ alerting: ReferenceGraph.Alerting,
    on lane: Lane
  ) async throws -> Outcome {
    let sinks = Sinks()
    let desk = MonitorGraph("desk") { lane in
      let health = DeviationMonitor("health", kind: 0, alerting, on: lane)
      let execution = DeviationMonitor("execution", kind: 1, alerting, on: lane)
      let drift = DeviationMonitor("drift", kind: 2, alerting, on: lane)
      routing(Tap(health.findings), Tap(execution.findings), Tap(drift.findings), to: sinks)
    }
    let running = try await desk.run(on: lane)
    let recorder = Recorder(on: lane)
    await recorder.listen(to: sinks)
    await Driver(on: lane).drive(running.all(DeviationMonitor.self), input)
    let outcome = await recorder.outcome
    await running.stop()
    return outcome
  }

  private static func inWorld(
    isLive: Bool,
    _ body: @escaping @Sendable (Timeline, Lane) async throws -> Outcome
  ) async throws -> Outcome {
    guard isLive else {
      let world = Timeline.virtual()
      let lane = world.eventTimeLane("bench")
      return try world.simulate { try await body($0, lane) }
    }
    let live = Timeline.live()
    let outcome = try await body(live, live.eventTimeLane("bench"))
    await live.shutdown()
    return outcome
  }
}

/// What feeds the monitors: it runs on their lane, so that a call of theirs is no hop.
actor Driver: LaneActor {
  nonisolated let lane: Lane
  init(on lane: Lane) { self.lane = lane }

  func drive(_ monitors: [DeviationMonitor], _ input: Input) async {
    for event in input.events { await monitors[Int(event.kind)].ingest(event) }
    for turn in input.spans {
      for kind in 0..<3 { await monitors[kind].ingest(contentsOf: turn[kind]) }
    }
    for monitor in monitors { await monitor.finish() }
  }
}
