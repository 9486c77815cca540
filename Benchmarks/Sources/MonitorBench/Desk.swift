internal import Tocsin
internal import TocsinMonitors

/// Where the events enter the lane.
actor Intake: LaneActor {
  nonisolated let lane: Lane
  private let feed: Feed<Recorded<TradingEvent>>
  private let source: EventSource

  init(into market: Outlet<TradingEvent>, on lane: Lane) {
    self.lane = lane
    source = lane.addSource()
    feed = Feed<Recorded<TradingEvent>>("intake", on: lane, instant: \.instant)
    feed.each { market.send($0.event) }
  }

  func take(_ events: ArraySlice<Recorded<TradingEvent>>) {
    guard let last = events.last else { return }
    events.withUnsafeBufferPointer { feed.send(contentsOf: $0) }
    source.reached(last.instant)
  }
}

/// One graph on recorded events, in event time.
struct Desk {
  /// How many events go in at once.
  static let span = 64

  private let world: Timeline
  private let lane: Lane
  private let intake: Intake
  private let running: RunningGraph
  private let alerts: Outlet<Alert>

  init(_ monitors: [Monitored]) throws {
    let alerts = Outlet<Alert>("alerts")
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("desk")
    let plan = MonitorGraph("desk", sinks: [alerts]) { lane in
      let market = lane.input("market", of: TradingEvent.self)
      for monitor in monitors { monitor.build(market, on: lane, to: alerts) }
    }
    running = try plan.start(on: lane, in: world)
    let market = try running.input("market", of: TradingEvent.self)
    intake = world.perform(on: lane) { Intake(into: market, on: lane) }
    (self.world, self.lane, self.alerts) = (world, lane, alerts)
  }

  /// Sends everything, a span at a time.
  func take(_ events: ArraySlice<Recorded<TradingEvent>>) {
    var first = events.startIndex
    while first < events.endIndex {
      let end = min(first + Self.span, events.endIndex)
      world.perform(on: lane) { [intake] in
        intake.assumeIsolated { $0.take(events[first..<end]) }
      }
      first = end
    }
  }

  /// How many values came into each step of the graph.
  var counts: [(name: String, received: Int)] {
    running.snapshot(in: world).nodes.map { ($0.id, $0.received) }
  }
}
