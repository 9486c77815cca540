internal import OpenCombine
internal import Tocsin

/// A chain in virtual time with its source, its probe, and the nodes of its steps.
final class ChainBench<Input, Output> {
  let world: Timeline
  let lane: Lane
  let feed: Feed<Input>
  let probe: RehearsalProbe<Output, Never>
  private var nodes: [Node] = []
  private var bookBreaches: [String] = []

  /// Builds the chain in virtual time, and subscribes.
  convenience init<Chain: FlowPublisher<Output>>(
    demand: Int? = nil,
    _ build: (Tap<Feed<Input>>) -> Tap<Chain>
  ) {
    let world = Timeline.virtual()
    let lane = world.lane("bench")
    self.init(world, lane, Feed("input", on: lane), demand, build)
  }

  /// Builds the chain in event time, which comes with the events, and subscribes.
  convenience init<Chain: FlowPublisher<Output>>(
    instant: KeyPath<Input, Instant>,
    _ build: (Tap<Feed<Input>>) -> Tap<Chain>
  ) {
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("bench")
    self.init(world, lane, Feed("input", on: lane, instant: instant), nil, build)
  }

  private init<Chain: FlowPublisher<Output>>(
    _ world: Timeline,
    _ lane: Lane,
    _ feed: Feed<Input>,
    _ demand: Int?,
    _ build: (Tap<Feed<Input>>) -> Tap<Chain>
  ) {
    (self.world, self.lane, self.feed) = (world, lane, feed)
    let probe = RehearsalProbe<Output, Never>(demand: demand) { offset(lane.now) }
    self.probe = probe
    nodes = world.perform(on: lane) {
      let (tap, nodes) = lane.recordingNodes { build(Tap(rehearsing: feed, on: lane)) }
      tap.upstream.receive(subscriber: probe)
      return [feed.node] + nodes
    }
  }

  /// Lets time pass to an offset, then does something on the lane, and looks at the books.
  func at(_ offset: Duration, _ body: () -> Void) {
    world.advance(to: .epoch.advanced(by: offset))
    world.perform(on: lane, body)
    world.settle()
    audit(offset)
  }

  /// Gives the chain a whole stream, looking at the books after every event, and ends it.
  func run(_ stream: [Timed<Input>], until end: Duration) {
    for event in stream { at(event.offset) { feed.send(event.value) } }
    at(end) { feed.finish() }
  }

  /// Everything that was wrong, whatever the chain is for: the protocol, the books, and what is left
  /// when it is over.
  func breaches() -> [String] {
    var all = probe.breaches + bookBreaches + nodes.map { NodeBooks($0) }.breaches(isDone: true)
    if lane.earliestDeadline != .distantFuture {
      all.append(leftTimer(offset(lane.earliestDeadline)))
    }
    return all
  }

  private func audit(_ offset: Duration) {
    for node in nodes where !isBalanced(node) && bookBreaches.count < 20 {
      bookBreaches += [NodeBooks(node)].breaches(isDone: false)
        .map { "At \(offset.offsetText): \($0)" }
    }
  }

  /// As `NodeBooks.isConserved`, without making books after every event.
  private func isBalanced(_ node: Node) -> Bool {
    node.held >= 0 && node.received + node.made == node.passed + node.held + node.dropped
  }
}

private func offset(_ instant: Instant) -> Duration { Instant.epoch.duration(to: instant) }
