public import OpenCombine
public import Testing
public import Tocsin

/// The error that `Fail(at:)` and `#` send into a stock publisher.
public struct RehearsedFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is said of it: `#` where it was drawn.
  public let description: String

  /// Makes an error.
  public init(_ description: String) { self.description = description }
}

/// Rehearses stock OpenCombine publishers, which can fail.
///
/// ```swift
/// let run = try rehearse(stock: EventTimeline<String>.marbles("a . #")) { source, scheduler in
///   source.delay(for: .seconds(1), scheduler: scheduler)
/// }
/// run.expect(marbles: ". a #")
/// ```
///
/// Stock operators keep no books. What they send after the end, or unasked, fails the test.
///
/// - Parameters:
///   - input: What comes in.
///   - until: How far time runs; without it until nothing is left to do, but at most a day behind
///     the last event.
///   - sourceLocation: Where failures are reported.
///   - build: Makes the publisher of its source and of the scheduler of the lane, for time
///     operators.
/// - Throws: ``RehearsalError`` when the input cannot be read.
/// - Returns: What it did.
@discardableResult
public func rehearse<Input, Result: Publisher>(
  stock input: EventTimeline<Input>,
  until: Duration? = nil,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ build: (PassthroughSubject<Input, RehearsedFailure>, LaneScheduler) -> Result
) throws(RehearsalError) -> Rehearsal<Result.Output> {
  try input.check(until: until)
  let subject = PassthroughSubject<Input, RehearsedFailure>()
  var bench = RehearsalBench(RehearsalPlan(until: until), first: [input.first])
  bench.add(
    input,
    named: nil,
    send: { subject.send($0) },
    end: { subject.send(completion: .finished) },
    fail: { subject.send(completion: .failure(RehearsedFailure($0))) }
  )
  let lane = bench.stage.lane
  let result = bench.stage.timeline.perform(on: lane) { build(subject, lane.scheduler) }
  let (probe, script) = bench.play({ result.subscribe($0) }, of: Result.self)
  report(bench.breaches(probe, []), script, sourceLocation)
  return Rehearsal(output: EventTimeline(probe.moments), books: [], script: script)
}

/// Rehearses stock OpenCombine publishers on marbles that stand for themselves.
///
/// - Throws: ``RehearsalError`` when the text cannot be read.
/// - Returns: What the publisher did.
@discardableResult
public func rehearse<Result: Publisher>(
  stock marbles: String,
  tick: Duration = .seconds(1),
  until: Duration? = nil,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ build: (PassthroughSubject<String, RehearsedFailure>, LaneScheduler) -> Result
) throws(RehearsalError) -> Rehearsal<Result.Output> {
  let input = EventTimeline<String>.marbles(marbles, tick: tick)
  return try rehearse(stock: input, until: until, sourceLocation: sourceLocation, build)
}
