import OpenCombine

@testable import Tocsin

/// A reading with its own time.
struct DatedReading: KeyedEvent, Hashable, Sendable {
  var at: Instant
  var reading: KeyedReading

  var key: Int { reading.key }
  var number: Double { reading.number }
}

/// A chain in event time that no watermark reaches: only what comes can make it act.
/// Below the kit on purpose, as ``Bench``: the kit moves the watermark.
final class EventBench<Input, Output> {
  let lane: Lane
  let feeds: [Feed<Input>]
  let probe: Probe<Output>
  private let world = Timeline.virtual()
  private var nodes: [Node] = []

  init<Chain: FlowPublisher<Output>>(
    inputs: Int = 1,
    instant: KeyPath<Input, Instant>,
    demand: Int? = nil,
    _ build: ([Tap<Feed<Input>>]) -> Tap<Chain>,
    text: @escaping (Output) -> String
  ) {
    let lane = world.eventTimeLane("bench")
    let blueprint = Blueprint(sinks: [:])
    self.lane = lane
    feeds = (0..<inputs).map { Feed<Input>("feed \($0)", on: lane, instant: instant) }
    probe = Probe(on: lane, demand: demand, text: text)
    world.perform(on: lane) {
      lane.local.blueprint = blueprint
      let tap = build(feeds.map { Tap($0, $0.node, on: lane) })
      lane.local.blueprint = nil
      tap.upstream.receive(subscriber: probe)
    }
    nodes = blueprint.steps.map(\.node)
  }

  func finish() {
    world.perform(on: lane) { for feed in feeds { feed.finish() } }
  }

  func node(_ kind: String) -> Node { nodes.first { $0.kind == kind } ?? Node("missing") }

  /// What is wrong once nothing is to come: the protocol, the books, and what is left.
  var breaches: [String] {
    var list = probe.breaches
    for node in nodes {
      if !node.isBalanced { list.append("the books of \(node.id) do not balance: \(node.books)") }
      if node.held != 0 { list.append("\(node.id) still holds: \(node.books)") }
    }
    if lane.local.deadlines.pendingCount > 0 { list.append("a timer is left") }
    return list
  }
}

extension EventBench where Input == DatedReading {
  func send(_ reading: KeyedReading, at time: Int64, to side: Int) {
    let value = DatedReading(at: Instant(nanoseconds: time), reading: reading)
    world.perform(on: lane) { feeds[side].send(value) }
  }
}
