import Harness
import ReferenceGraph
import Tocsin

/// The reference graph of the engine's publishers on one lane: feeds, rules, a merge, routes. No
/// actors.
enum PublisherVariants {
  static var all: [Variant] {
    [
      variant("publishers-one", "the engine's publishers, one event at a time", span: nil),
      variant("publishers-64", "the engine's publishers, spans of 64", span: 64),
      variant("publishers-256", "the engine's publishers, spans of 256", span: 256),
      virtualTime,
    ]
  }

  /// The third driver of time, beside the watermark and the live thread: every event at its instant
  /// on a virtual time line, whose timers fire the deadlines.
  static var virtualTime: Variant {
    Variant("virtual-time", "the same on a virtual time line, timers firing", in: .graph) {
      workload in
      let input = Input(workload, span: nil)
      return Run(operations: workload.events.count) {
        let world = Timeline.virtual(startingAt: input.events.first?.instant ?? .epoch)
        let lane = world.lane("bench")
        let built = world.perform(on: lane) { build(workload, on: lane) }
        for event in input.events {
          world.advance(to: event.instant)
          world.perform(on: lane) { built.feeds.send(event) }
        }
        world.run(until: Instant(nanoseconds: .max - 1))
        world.perform(on: lane) { built.wire.cancel() }
        return built.tally.outcome
      }
    }
  }

  private static func variant(_ name: String, _ summary: String, span: Int?) -> Variant {
    Variant(name, summary, in: .graph) { workload in
      let input = Input(workload, span: span)
      return Run(operations: workload.events.count) {
        let world = Timeline.virtual()
        let lane = world.eventTimeLane("bench")
        return world.perform(on: lane) { run(input, workload, on: lane) }
      }
    }
  }

  private static func run(_ input: Input, _ workload: Workload, on lane: Lane) -> Outcome {
    let built = build(workload, on: lane)
    input.send(into: built.feeds, on: lane)
    built.wire.cancel()
    return built.tally.outcome
  }

  private static func build(
    _ workload: Workload,
    on lane: Lane
  ) -> (feeds: Feeds, tally: Tally, wire: Wire) {
    let tally = Tally()
    let sinks = Sinks()
    let findings = (0..<3).map { Outlet<DeskAlert>("findings \($0)") }
    let feeds = (0..<3).map { kind in
      let feed = Feed<DeskEvent>("market", on: lane, instant: \.instant)
      let rule = Deviation(kind: UInt8(kind), workload.alerting)
      RulePublisher(feed, rule, on: lane, node: Node("deviation")).send(to: findings[kind])
      return feed
    }
    let wire = routing(Tap(findings[0]), Tap(findings[1]), Tap(findings[2]), to: sinks)
    tally.listen(to: sinks, on: lane)
    return (Feeds(feeds[0], feeds[1], feeds[2]), tally, wire)
  }
}

/// The three sources, by name: a feed that is picked out of an array costs a retain and a release.
struct Feeds {
  let health: Feed<DeskEvent>
  let execution: Feed<DeskEvent>
  let drift: Feed<DeskEvent>

  init(
    _ health: Feed<DeskEvent>,
    _ execution: Feed<DeskEvent>,
    _ drift: Feed<DeskEvent>
  ) {
    (self.health, self.execution, self.drift) = (health, execution, drift)
  }

  var all: [Feed<DeskEvent>] { [health, execution, drift] }

  @inline(__always)
  func send(_ event: DeskEvent) {
    switch event.kind {
    case 0: health.send(event)
    case 1: execution.send(event)
    default: drift.send(event)
    }
  }
}

/// The events of a workload, as a driver has them.
final class Input: Sendable {
  let events: [DeskEvent]
  let spans: [[[DeskEvent]]]

  init(_ workload: Workload, span: Int?) {
    guard let span else {
      events = workload.events.map(DeskEvent.init)
      spans = []
      return
    }
    events = []
    let cut = Spans(workload, length: span)
    spans = (0..<cut.turns).map { turn in
      (0..<3).map { kind in cut.events[cut.range(turn: turn, kind: kind)].map(DeskEvent.init) }
    }
  }

  /// Sends everything, and lets time run out.
  func send(into feeds: Feeds, on lane: Lane) {
    for event in events {
      lane.advance(to: event.instant)
      feeds.send(event)
    }
    let feeds = feeds.all
    let sources = feeds.map { _ in lane.addSource() }
    for turn in spans {
      for kind in 0..<3 {
        feeds[kind].send(contentsOf: turn[kind])
        if let last = turn[kind].last { sources[kind].reached(last.instant) }
      }
    }
    for source in sources { source.finish() }
  }
}
