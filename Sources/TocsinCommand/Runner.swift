import Tocsin
import TocsinMonitors
import InMemoryTracing

/// Runs the graph of the program on recorded events, in event time, on a virtual time line that it
/// pumps itself.
final class Runner {
  private let world: Timeline
  private let lane: Lane
  private let intake: Intake
  private let deliveries: Deliveries
  private let graph: RunningGraph
  /// The spans, when the run is traced.
  let tracer: InMemoryTracer?
  /// How many events went in.
  private(set) var eventCount = 0
  /// The instants of the first and of the last event.
  private(set) var span: (first: Instant, last: Instant)?

  /// Starts the graph.
  ///
  /// - Throws: What is wrong with it.
  init(_ settings: DeskSettings, isTraced: Bool = false) throws {
    let outlets = DeskGraph.named()
    let (world, tracer) = (Timeline.virtual(), isTraced ? Self.makeTracer() : nil)
    let lane = world.eventTimeLane("desk")
    let plan = DeskGraph.make(settings, sinks: outlets)
    let options = tracer.map { RunOptions(tracer: $0) } ?? RunOptions()
    let graph = try plan.start(on: lane, in: world, options)
    let market = try graph.input(DeskGraph.market, of: TradingEvent.self)
    (self.world, self.lane, self.graph, self.tracer) = (world, lane, graph, tracer)
    (intake, deliveries) = world.perform(on: lane) {
      (Intake(into: market, on: lane), Deliveries(outlets, on: lane))
    }
  }

  private static func makeTracer() -> InMemoryTracer {
    InMemoryTracer(idGenerator: .incrementing)
  }

  /// Sends the next events, in the order of their instants, and gives the alerts that this brought
  /// about, in order.
  func take(_ events: ArraySlice<Recorded<TradingEvent>>) -> [RoutedAlert] {
    guard let first = events.first, let last = events.last else { return [] }
    eventCount += events.count
    span = (span?.first ?? first.instant, last.instant)
    world.perform(on: lane) { intake.assumeIsolated { $0.take(events) } }
    return deliveries.take()
  }

  /// The graph with its counters.
  func snapshot() -> GraphPicture { graph.snapshot(in: world) }

  /// How many alerts each sink got.
  var delivered: [(sink: String, count: Int)] {
    DeskGraph.sinkNames.map { ($0, deliveries.counts[$0] ?? 0) }
  }
}
