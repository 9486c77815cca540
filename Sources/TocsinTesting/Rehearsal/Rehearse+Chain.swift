public import OpenCombine
public import Testing
public import Tocsin

/// Rehearses a chain of operators on one input.
///
/// ```swift
/// let run = try rehearse(levels) { $0.filter { $0 > 10 }.debounce(asOne: .seconds(3)) }
/// run.expect { At(.seconds(5)) { 20 } }
/// ```
///
/// The chain is built on a lane of its own in virtual time and runs synchronously. The input may
/// also say when the subscriber subscribes, asks for values and cancels. After the last event time
/// goes on until nothing is left to do. Books that do not balance, breaches of the protocol of
/// publishers, and timers or values that are left when the stream is over fail the test.
///
/// - Parameters:
///   - input: What comes in. It cannot fail: chains never do.
///   - lane: The kind of lane. Both kinds must give the same output.
///   - until: How far time runs; without it until nothing is left to do, but at most a day behind
///     the last event.
///   - start: The instant of the offset zero.
///   - sourceLocation: Where failures are reported.
///   - chain: The operators.
/// - Throws: ``RehearsalError`` when the input cannot be given to a chain.
/// - Returns: What it did.
@discardableResult
public func rehearse<Input, Chain: FlowPublisher>(
  _ input: EventTimeline<Input>,
  lane: RehearsalLane = .virtualTime,
  until: Duration? = nil,
  startingAt start: Instant = .epoch,
  sourceLocation: SourceLocation = #_sourceLocation,
  through chain: (Tap<Feed<Input>>) -> Tap<Chain>
) throws(RehearsalError) -> Rehearsal<Chain.Output> {
  let plan = RehearsalPlan(lane: lane, until: until, start: start)
  return try run([input], plan, sourceLocation) { chain($0[0]) }
}

/// Rehearses a chain of operators on any number of inputs of one type. At one offset they are
/// served in their order.
@discardableResult
public func rehearse<Input, Chain: FlowPublisher>(
  _ inputs: [EventTimeline<Input>],
  lane: RehearsalLane = .virtualTime,
  until: Duration? = nil,
  startingAt start: Instant = .epoch,
  sourceLocation: SourceLocation = #_sourceLocation,
  through chain: ([Tap<Feed<Input>>]) -> Tap<Chain>
) throws(RehearsalError) -> Rehearsal<Chain.Output> {
  let plan = RehearsalPlan(lane: lane, until: until, start: start)
  return try run(inputs, plan, sourceLocation, chain)
}

/// Rehearses a chain of operators on two inputs, which may be of different types. At one offset the
/// first one comes first.
@discardableResult
public func rehearse<First, Second, Chain: FlowPublisher>(
  _ first: EventTimeline<First>,
  _ second: EventTimeline<Second>,
  lane: RehearsalLane = .virtualTime,
  until: Duration? = nil,
  startingAt start: Instant = .epoch,
  sourceLocation: SourceLocation = #_sourceLocation,
  through chain: (Tap<Feed<First>>, Tap<Feed<Second>>) -> Tap<Chain>
) throws(RehearsalError) -> Rehearsal<Chain.Output> {
  try first.checkForChain(named: "input 1", until: until)
  try second.checkForChain(named: "input 2", until: until)
  let plan = RehearsalPlan(lane: lane, until: until, start: start)
  var bench = RehearsalBench(plan, first: [first.first, second.first])
  let (left, right) = (
    bench.feed(first, named: "input 1"), bench.feed(second, named: "input 2")
  )
  let place = bench.stage.lane
  return bench.run(after: [left.node, right.node], sourceLocation) {
    chain(Tap(rehearsing: left, on: place), Tap(rehearsing: right, on: place))
  }
}

private func run<Input, Chain: FlowPublisher>(
  _ inputs: [EventTimeline<Input>],
  _ plan: RehearsalPlan,
  _ sourceLocation: SourceLocation,
  _ chain: ([Tap<Feed<Input>>]) -> Tap<Chain>
) throws(RehearsalError) -> Rehearsal<Chain.Output> {
  let names = inputs.count == 1 ? ["input"] : inputs.indices.map { "input \($0 + 1)" }
  for (input, name) in zip(inputs, names) {
    try input.checkForChain(named: inputs.count == 1 ? nil : name, until: plan.until)
  }
  var bench = RehearsalBench(plan, first: inputs.map(\.first))
  let feeds = zip(inputs, names).map { bench.feed($0, named: $1) }
  let lane = bench.stage.lane
  return bench.run(after: feeds.map(\.node), sourceLocation) {
    chain(feeds.map { Tap(rehearsing: $0, on: lane) })
  }
}

extension RehearsalBench {
  /// Adds an input that goes into a feed.
  fileprivate mutating func feed<Value>(
    _ input: EventTimeline<Value>,
    named name: String
  ) -> Feed<Value> {
    let feed = Feed<Value>(name, on: stage.lane)
    let title = name == "input" ? nil : name
    add(input, named: title, send: { feed.send($0) }, end: { feed.finish() })
    return feed
  }

  fileprivate func run<Chain: FlowPublisher>(
    after sources: [Node],
    _ sourceLocation: SourceLocation,
    _ chain: () -> Tap<Chain>
  ) -> Rehearsal<Chain.Output> {
    let (tap, nodes) = stage.timeline.perform(on: stage.lane) {
      stage.lane.recordingNodes(chain)
    }
    let (probe, script) = play({ tap.upstream.receive(subscriber: $0) }, of: Chain.self)
    let books = (sources + nodes).map { NodeBooks($0) }
    report(breaches(probe, books), script, sourceLocation)
    return Rehearsal(output: EventTimeline(probe.moments), books: books, script: script)
  }
}

extension EventTimeline {
  /// The offset of the first moment.
  var first: Duration? { moments.first?.offset }

  fileprivate func checkForChain(
    named name: String?,
    until: Duration?
  ) throws(RehearsalError) {
    try check(named: name, until: until)
    guard let failure else { return }
    throw .impossible(
      "The input fails at \(failure.offset.offsetText), and a chain of taps never fails: its "
        + "failure type is Never, and what goes wrong is a value. Let it end with `|`, or rehearse "
        + "a stock publisher with rehearse(stock:)."
    )
  }
}
