import Tocsin
import TocsinMonitors

/// A graph with monitors in virtual or in event time, and what it routed.
final class MonitorBench {
  let world: Timeline
  let lane: Lane
  let graph: RunningGraph
  private let feed: Feed<TradingEvent>
  private let log: Log

  /// An alert that reached the route, and when.
  struct Routed: Equatable {
    var seconds: Double
    var key: String
    var severity: Severity
    var phase: Phase
  }

  private final class Log {
    var alerts: [Routed] = []
  }

  init(
    isEventTime: Bool = false,
    _ build: @escaping @Sendable (_ lane: Lane, _ market: Outlet<TradingEvent>) -> Tap<Alerts>
  ) throws {
    let sink = Outlet<Alert>("log")
    let plan = MonitorGraph("desk", sinks: [sink]) { lane in
      build(lane, lane.input("market", of: TradingEvent.self)).route { Otherwise { "log" } }
    }
    let world = Timeline.virtual()
    let lane = isEventTime ? world.eventTimeLane("desk") : world.lane("desk")
    graph = try plan.start(on: lane, in: world)
    let market = try graph.input("market", of: TradingEvent.self)
    (self.world, self.lane) = (world, lane)
    let (log, feed) = (Log(), Feed<TradingEvent>(on: lane))
    world.perform(on: lane) {
      feed.send(to: market)
      _ = Inlet(sink, on: lane).each { alert in
        let seconds = Double(lane.now.nanoseconds) / 1e9
        log.alerts.append(
          Routed(
            seconds: seconds,
            key: "\(alert.key)",
            severity: alert.severity,
            phase: alert.phase
          )
        )
      }
    }
    (self.log, self.feed) = (log, feed)
  }

  /// Sends an event at an instant; what was due before has happened.
  func send(_ event: TradingEvent, at seconds: Double) {
    advance(to: seconds)
    world.perform(on: lane) { feed.send(event) }
  }

  /// Lets time come to an instant, whichever kind of time it is.
  func advance(to seconds: Double) {
    let instant = Instant(nanoseconds: Int64((seconds * 1e9).rounded()))
    if lane.isEventTime {
      world.perform(on: lane) { lane.advance(to: instant) }
    } else {
      world.advance(to: instant)
    }
  }

  /// What was routed since the last call.
  func takeAlerts() -> [Routed] {
    defer { log.alerts = [] }
    return log.alerts
  }

  /// Reads the monitor of a type.
  func read<Monitor: LaneActor, Value: Sendable>(
    _ type: Monitor.Type,
    _ body: @Sendable (isolated Monitor) throws -> Value
  ) throws -> Value {
    let monitor = try graph.first(type)
    return try world.perform(on: lane) { try monitor.assumeIsolated { try body($0) } }
  }

  /// Whether every node's counters add up.
  var isConserved: Bool { graph.snapshot(in: world).nodes.allSatisfy(\.isConserved) }
}

/// The chain of a bench: any that ends in alerts.
typealias Alerts = Merged<Alert>
