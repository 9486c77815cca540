import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// A chain in virtual time, its sources and its probe.
///
/// Below the kit on purpose: it asks for so many values between turns, looks into nodes, lanes and
/// timers, and drives the rules' twins, so that the chains of this package are not tested by the
/// means of the kit alone. What only goes in and comes out is drawn and rehearsed with TocsinTesting.
final class Bench<Input, Output> {
  let world: Timeline
  let lane: Lane
  let feeds: [Feed<Input>]
  let probe: Probe<Output>
  private(set) var nodes: [Node] = []

  init<Chain: FlowPublisher<Output>>(
    inputs: Int = 1,
    from start: Instant = .epoch,
    demand: Int? = nil,
    text: @escaping (Output) -> String = { mark(of: $0) },
    _ build: ([Tap<Feed<Input>>]) -> Tap<Chain>
  ) {
    let world = Timeline.virtual(startingAt: start)
    let lane = world.lane("bench")
    let blueprint = Blueprint(sinks: [:])
    (self.world, self.lane) = (world, lane)
    feeds = (0..<inputs).map { Feed<Input>("feed \($0)", on: lane) }
    probe = Probe(on: lane, demand: demand, text: text)
    world.perform(on: lane) {
      lane.local.blueprint = blueprint
      let tap = build(feeds.map { Tap($0, $0.node, on: lane) })
      lane.local.blueprint = nil
      tap.upstream.receive(subscriber: probe)
    }
    nodes = blueprint.steps.map(\.node)
  }

  /// Lets time pass to an instant, then does something on the lane.
  func at(_ instant: Instant, _ body: () -> Void = {}) {
    world.advance(to: instant)
    world.perform(on: lane, body)
    world.settle()
  }

  func at(second: Int, _ body: () -> Void = {}) { at(.seconds(second), body) }

  /// What came out, one line each: `second value`.
  var lines: [String] {
    probe.happened.map { "\($0.instant.milliseconds / 1000) \($0.text)" }
  }

  func node(_ kind: String) -> Node? { nodes.first { $0.kind == kind } }

  /// The earliest deadline of the whole world.
  var hasTimers: Bool {
    lane.local.deadlines.pendingCount > 0 || world.loops[0].nextDeadline != .distantFuture
  }

  /// What is wrong, whatever the chain does: the protocol, the books, and what is left at the end.
  func breaches(isDone: Bool) -> [String] {
    var list = probe.breaches
    for node in nodes {
      if !node.isBalanced { list.append("the books of \(node.id) do not balance: \(node.books)") }
      if isDone && node.held != 0 { list.append("\(node.id) still holds: \(node.books)") }
    }
    if isDone && hasTimers { list.append("a timer is left") }
    return list
  }
}

extension Node {
  var books: String {
    let drops = dropsByReason.sorted { $0.key.rawValue < $1.key.rawValue }
    return "received \(received), made \(made), passed \(passed), held \(held), dropped "
      + (drops.isEmpty ? "none" : drops.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
  }
}
