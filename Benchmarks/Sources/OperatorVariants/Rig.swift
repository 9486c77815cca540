import ReferenceGraph
import Tocsin

/// What comes out of an operator.
final class Tally {
  @exclusivity(unchecked) var outcome = Outcome()

  /// Counts a value by its number.
  @inline(__always)
  func take(_ value: Double) {
    outcome.info &+= 1
    outcome.hash &+= SplitMix64.mix(value.bitPattern)
  }

  /// Counts a value that is not looked at.
  @inline(__always)
  func take() { outcome.info &+= 1 }
}

/// Where an operator is built: its two inputs, and what counts what comes out.
struct Site<Value: Drawn> {
  let lane: Lane
  let draws: Draws
  let tally = Tally()
  let feeds: (Feed<Value>, Feed<Value>)
  let outlets = (Outlet<Value>("left"), Outlet<Value>("right"))

  init(on lane: Lane, _ draws: Draws) {
    self.lane = lane
    self.draws = draws
    feeds = (
      Feed("left", on: lane, instant: Value.instantPath),
      Feed("right", on: lane, instant: Value.instantPath)
    )
    feeds.0.send(to: outlets.0)
    feeds.1.send(to: outlets.1)
  }

  /// The first input.
  var tap: Tap<Inlet<Value>> { Tap(outlets.0) }
  /// The second input.
  var other: Tap<Inlet<Value>> { Tap(outlets.1) }

  /// The mean time between two values of one key, so many times.
  func gaps(_ count: Double) -> Duration { draws.gaps(count) }
}

/// One operator alone, behind a feed and an edge: sets it up, warms it up, and then measures.
final class Rig<Value: Drawn> {
  let world: Timeline
  let site: Site<Value>
  let plan: Plan

  /// What an operator gives is told to the site, which holds the operator: without an end it stays.
  deinit {
    site.outlets.0.finish()
    site.outlets.1.finish()
    world.settle()
  }

  init(
    _ workload: Workload,
    _ plan: Plan,
    _ build: @escaping (Site<Value>) -> Void
  ) {
    self.plan = plan
    let draws = Draws(workload, keys: plan.keys, lag: plan.lag)
    let start = Instant(nanoseconds: workload.events.first?.instant ?? 0)
    let world = Timeline.virtual(startingAt: start)
    self.world = world
    let lane = plan.drive == .watermark ? world.eventTimeLane("bench") : world.lane("bench")
    site = world.perform(on: lane) {
      let site = Site<Value>(on: lane, draws)
      build(site)
      return site
    }
    send(0..<draws.warmUp)
    site.tally.outcome = Outcome()
  }

  /// Sends what the workload has, behind the warm-up.
  func measure() -> Outcome {
    let first = site.draws.warmUp
    send(first..<first + site.draws.workload.events.count)
    return site.tally.outcome
  }

  private func send(_ numbers: Range<Int>) {
    switch plan.drive {
    case .watermark where plan.span > 1: world.perform(on: site.lane) { sendSpans(numbers) }
    case .watermark: world.perform(on: site.lane) { sendByWatermark(numbers) }
    case .timers: sendByTimers(numbers)
    }
  }

  @inline(__always)
  private func sendByWatermark(_ numbers: Range<Int>) {
    let (draws, lane) = (site.draws, site.lane)
    for number in numbers {
      let event = draws.event(number)
      lane.advance(to: Instant(nanoseconds: event.instant))
      send(number, Value(event, isHot: draws.isHot(event)))
    }
  }

  /// As many events at once as the plan says. All of a span are sent before time moves past them.
  private func sendSpans(_ numbers: Range<Int>) {
    let (draws, lane, feed) = (site.draws, site.lane, site.feeds.0)
    var span: [Value] = []
    span.reserveCapacity(plan.span)
    for number in numbers {
      let event = draws.event(number)
      span.append(Value(event, isHot: draws.isHot(event)))
      guard span.count == plan.span || number + 1 == numbers.upperBound else { continue }
      feed.send(contentsOf: span)
      lane.advance(to: Instant(nanoseconds: event.instant))
      span.removeAll(keepingCapacity: true)
    }
  }

  private func sendByTimers(_ numbers: Range<Int>) {
    let draws = site.draws
    for number in numbers {
      let event = draws.event(number)
      world.advance(to: Instant(nanoseconds: event.instant))
      world.perform(on: site.lane) { send(number, Value(event, isHot: draws.isHot(event))) }
    }
  }

  @inline(__always)
  private func send(_ number: Int, _ value: Value) {
    if plan.isPaired && number & 1 == 1 {
      site.feeds.1.send(value)
    } else {
      site.feeds.0.send(value)
    }
  }
}
