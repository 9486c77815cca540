import Harness
import ReferenceGraph
import Tocsin

/// One event of 24 bytes from an outlet to a closure. Only the public interface of the engine.
///
/// The outcome depends on the order in which the events arrive, so a variant that loses, repeats or
/// reorders one is found out.
enum EdgeVariants {
  static var all: [Variant] {
    [
      feed,
      turns("edge-turn-64", "an edge within one lane, 64 sends a turn", of: 64),
      turns("edge-turn-1", "an edge within one lane, one send a turn", of: 1),
      lanes("edge-lanes-64", "an edge between two lanes of one loop, 64 sends a turn", of: 64),
      thread,
    ]
  }

  private static var feed: Variant {
    variant("feed", "a feed and a closure, 64 sends a turn; no edge") { events in
      let world = Timeline.virtual()
      let lane = world.lane("consumer")
      let arrivals = Arrivals()
      let (feed, wire) = world.perform(on: lane) {
        let feed = Feed<DeskEvent>("events", on: lane)
        return (feed, feed.each { arrivals.take($0) })
      }
      inTurns(of: 64, events) { turn in
        world.perform(on: lane) { for event in turn { feed.send(event) } }
      }
      world.perform(on: lane) { wire.cancel() }
      return arrivals.outcome
    }
  }

  private static func turns(_ name: String, _ summary: String, of length: Int) -> Variant {
    variant(name, summary) { events in
      let world = Timeline.virtual()
      let lane = world.lane("both")
      let arrivals = Arrivals()
      let outlet = Outlet<DeskEvent>("events")
      let wire = world.perform(on: lane) { arrivals.listen(to: outlet, on: lane) }
      inTurns(of: length, events) { turn in
        world.perform(on: lane) { for event in turn { outlet.send(event) } }
      }
      world.perform(on: lane) { wire.cancel() }
      return arrivals.outcome
    }
  }

  private static func lanes(_ name: String, _ summary: String, of length: Int) -> Variant {
    variant(name, summary) { events in
      let world = Timeline.virtual()
      let producer = world.lane("producer")
      let consumer = world.lane("consumer")
      let arrivals = Arrivals()
      let outlet = Outlet<DeskEvent>("events")
      let wire = world.perform(on: consumer) { arrivals.listen(to: outlet, on: consumer) }
      inTurns(of: length, events) { turn in
        world.perform(on: producer) { for event in turn { outlet.send(event) } }
        world.settle()
      }
      world.perform(on: consumer) { wire.cancel() }
      return arrivals.outcome
    }
  }

  private static var thread: Variant {
    variant("edge-thread", "an edge from a thread into a live lane, until all have arrived") {
      events in
      let live = Timeline.live()
      let receiver = Receiver(on: live.lane("consumer"))
      let outlet = Outlet<DeskEvent>("events")
      await receiver.listen(to: outlet)
      for event in events { outlet.send(event) }
      let outcome = await receiver.outcome(after: events.count)
      await live.shutdown()
      return outcome
    }
  }

  private static func variant(
    _ name: String,
    _ summary: String,
    _ run: @escaping @Sendable ([DeskEvent]) async -> Outcome
  ) -> Variant {
    Variant(name, summary, in: .edges) { workload in
      let events = workload.events.map(DeskEvent.init)
      return Run(operations: events.count) { await run(events) }
    }
  }

  @inline(__always)
  private static func inTurns(
    of length: Int,
    _ events: [DeskEvent],
    _ body: (UnsafeBufferPointer<DeskEvent>) -> Void
  ) {
    events.withUnsafeBufferPointer { events in
      for start in stride(from: 0, to: events.count, by: length) {
        body(UnsafeBufferPointer(rebasing: events[start..<min(start + length, events.count)]))
      }
    }
  }
}

/// The one closure at the end of each edge: it counts, and makes a hash that depends on the order.
final class Arrivals {
  @exclusivity(unchecked) private(set) var count = 0
  @exclusivity(unchecked) private var hash: UInt64 = 0
  private var awaited = Int.max
  private var waiting: CheckedContinuation<Void, Never>?

  var outcome: Outcome {
    var outcome = Outcome()
    outcome.info = count
    outcome.hash = hash
    return outcome
  }

  @inline(__always)
  func take(_ event: DeskEvent) {
    hash = (hash ^ event.value.bitPattern) &* 0x9E37_79B9_7F4A_7C15
    count &+= 1
    if count == awaited { resume() }
  }

  /// Apart from `take`, which would otherwise look up the continuation's type for each event.
  @inline(never)
  private func resume() { waiting?.resume() }

  func listen(to outlet: Outlet<DeskEvent>, on lane: Lane) -> Wire {
    Inlet(outlet, on: lane).each { self.take($0) }
  }

  /// Lets a continuation go on when so many have arrived.
  func await(_ count: Int, _ continuation: CheckedContinuation<Void, Never>) {
    (awaited, waiting) = (count, continuation)
    if self.count >= count { continuation.resume() }
  }
}

/// The consumer on a live lane.
actor Receiver: LaneActor {
  nonisolated let lane: Lane
  private let arrivals = Arrivals()
  private var wire: Wire?

  init(on lane: Lane) { self.lane = lane }

  func listen(to outlet: Outlet<DeskEvent>) { wire = arrivals.listen(to: outlet, on: lane) }

  func outcome(after count: Int) async -> Outcome {
    await withCheckedContinuation { arrivals.await(count, $0) }
    wire?.cancel()
    return arrivals.outcome
  }
}
