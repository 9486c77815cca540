import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// A chain in virtual time, its sources and its probe.
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

/// Runs a chain over drawn streams and compares what comes out with a drawn stream.
///
/// Of two inputs at one tick the first comes first. After what happens at the tick `cancelAfter` the
/// probe cancels. The expected drawing is as long as the longest stream at least.
@discardableResult
func expectMarbles<Input, Output, Chain: FlowPublisher<Output>>(
  _ inputs: String...,
  as parse: (Character) -> Input,
  cancelAfter: Int? = nil,
  gives expected: String,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ build: ([Tap<Feed<Input>>]) -> Tap<Chain>
) -> Bench<Input, Output> {
  let bench = Bench<Input, Output>(inputs: inputs.count, build)
  let streams = inputs.map(readMarbles)
  let drawn = expected.replacing(/<[^>]*>/, with: "x").replacing(/\([^)]*\)/, with: "x")
  let length = max(drawn.count - 1, streams.flatMap { $0 }.map(\.tick).max() ?? 0)
  for tick in 0...length {
    bench.at(second: tick) {
      for (feed, stream) in zip(bench.feeds, streams) {
        for (_, event) in stream.filter({ $0.tick == tick }) {
          switch event {
          case .value(let letter): feed.send(parse(letter))
          case .end: feed.finish()
          }
        }
      }
      if tick == cancelAfter { bench.probe.cancel() }
    }
  }
  let happened = bench.probe.happened.map { (Int($0.instant.milliseconds / 1000), $0.text) }
  expect(drawMarbles(happened, until: length), expected, sourceLocation)
  let isDone = cancelAfter != nil || bench.probe.isOver
  expectNoDifference(bench.breaches(isDone: isDone), [])
  return bench
}

private func expect(_ drawn: String, _ expected: String, _ place: SourceLocation) {
  let message = "\n  came out  \(drawn)\n  expected  \(expected)"
  #expect(drawn == expected, "\(message)", sourceLocation: place)
}

/// A letter stands for itself.
func letter(_ character: Character) -> String { String(character) }
