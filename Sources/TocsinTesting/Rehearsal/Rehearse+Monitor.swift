internal import OpenCombine
public import Testing
public import Tocsin

/// Rehearses a monitor: an actor, or anything else that takes values and sends what it finds into
/// an outlet.
///
/// ```swift
/// let run = try rehearse(monitor: beats) { world in
///   let monitor = HealthMonitor(on: world.lane("health"))
///   return ({ await monitor.take($0) }, monitor.transitions)
/// }
/// ```
///
/// The closure gets the virtual time line and makes the monitor on lanes, clocks and tasks of it.
/// Every value is given by a task of its own, and all that is ready runs before time goes on.
///
/// - Parameters:
///   - input: What is given to the monitor. It has values, and `Cancel(at:)` to stop listening.
///   - until: How far time runs; without it until nothing is left to do, but at most a day behind
///     the last event.
///   - start: The instant of the offset zero.
///   - sourceLocation: Where failures are reported.
///   - make: Makes the monitor; gives what takes a value, and the outlet to listen to.
/// - Throws: ``RehearsalError`` when the input cannot be given to a monitor.
/// - Returns: What came out of the outlet.
@discardableResult
public func rehearse<Input: Sendable, Output: Sendable>(
  monitor input: EventTimeline<Input>,
  until: Duration? = nil,
  startingAt start: Instant = .epoch,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ make: (Timeline) -> (take: @Sendable (Input) async -> Void, output: Outlet<Output>)
) throws(RehearsalError) -> Rehearsal<Output> {
  try input.checkForMonitor(until: until)
  let plan = RehearsalPlan(until: until, start: start)
  var bench = RehearsalBench(plan, first: [input.first])
  let world = bench.stage.timeline
  let (take, outlet) = make(world)
  bench.add(
    input,
    named: nil,
    send: { value in world.spawn("input") { await take(value) } },
    end: {}
  )
  let inlet = Inlet(outlet, on: bench.stage.lane)
  let (probe, script) = bench.play({ inlet.receive(subscriber: $0) }, of: Inlet<Output>.self)
  world.perform(on: bench.stage.lane) { if !probe.isDone { probe.cancel() } }
  report(probe.breaches, script, sourceLocation)
  return Rehearsal(output: EventTimeline(probe.moments), books: [], script: script)
}

extension EventTimeline {
  fileprivate func checkForMonitor(until: Duration?) throws(RehearsalError) {
    try check(until: until)
    for moment in moments {
      switch moment.event {
      case .end, .failure:
        throw .impossible(
          "The input has \"\(moment.eventText)\" at \(moment.offset.offsetText), and a monitor takes "
            + "values only. Make what ends it a value, or leave it out."
        )
      default: break
      }
    }
  }
}
