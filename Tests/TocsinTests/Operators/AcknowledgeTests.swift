import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct AcknowledgeTests {
  typealias Chain = Acknowledging<Feed<MarkedAlert>>
  let keys = Outlet<Int>("acknowledged")

  func bench(attempts: Int = 3, demand: Int? = nil) -> Bench<MarkedAlert, MarkedAlert> {
    Bench(demand: demand) {
      $0[0].escalate(
        .unacknowledged(after: .seconds(3), attempts: attempts),
        acknowledgements: keys
      )
    }
  }

  @Test func `sends an alert again until its key is acknowledged`() {
    let bench = bench()
    bench.at(second: 0) { bench.feeds[0].send(MarkedAlert("w")) }
    bench.at(second: 7) { keys.send(1) }
    bench.at(second: 14) {
      bench.feeds[0].send(MarkedAlert("r"))
      bench.feeds[0].finish()
    }
    expectNoDifference(bench.lines, ["0 w", "3 e", "6 c", "14 cr", "14 |"])
    expectNoDifference(bench.breaches(isDone: true), [])
    expectNoDifference(bench.node("escalate")?.dropsByReason, [.acknowledged: 1])
    expectNoDifference(bench.node("escalate")?.made, 2)
    #expect(keys.subscriberCount == 0)
  }

  @Test func `an acknowledgement is for its key only`() {
    let bench = bench(attempts: 2)
    bench.at(second: 0) { bench.feeds[0].send(contentsOf: [MarkedAlert("w"), MarkedAlert("W")]) }
    bench.at(second: 1) { keys.send(2) }
    bench.at(second: 2) { keys.send(contentsOf: [3, 2]) }
    bench.at(second: 20)
    expectNoDifference(bench.lines, ["0 w", "0 W", "3 e", "6 c"])
    expectNoDifference(
      bench.node("escalate")?.dropsByReason,
      [.acknowledged: 1, .unmatched: 2]
    )
  }

  @Test func `an acknowledgement at the instant of a repeat comes after it`() {
    let bench = bench()
    bench.at(second: 0) { bench.feeds[0].send(MarkedAlert("w")) }
    bench.at(second: 3) { keys.send(1) }
    bench.at(second: 9)
    expectNoDifference(bench.lines, ["0 w", "3 e"])
  }

  @Test func `an acknowledgement may come from anywhere`() {
    let bench = bench()
    let other = bench.world.lane("elsewhere")
    bench.at(second: 0) { bench.feeds[0].send(MarkedAlert("w")) }
    bench.world.perform(on: other) { keys.send(1) }
    bench.at(second: 9)
    expectNoDifference(bench.lines, ["0 w"])
  }

  @Test func `acknowledgements that end change nothing`() {
    let bench = bench(attempts: 1)
    bench.at(second: 0) {
      keys.finish()
      bench.feeds[0].send(MarkedAlert("w"))
    }
    bench.at(second: 4)
    expectNoDifference(bench.lines, ["0 w", "3 e"])
    bench.at(second: 5) { bench.feeds[0].finish() }
    #expect(bench.probe.isOver)
  }

  @Test func `a cancel leaves no timer and no subscription`() {
    let bench = bench()
    bench.at(second: 0) { bench.feeds[0].send(MarkedAlert("w")) }
    bench.at(second: 1) { bench.probe.cancel() }
    bench.at(second: 30) { bench.feeds[0].send(MarkedAlert("w")) }
    expectNoDifference(bench.lines, ["0 w"])
    #expect(keys.subscriberCount == 0)
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `what is not asked for is kept`() {
    let bench = bench(demand: 1)
    bench.at(second: 0) { bench.feeds[0].send(MarkedAlert("w")) }
    bench.at(second: 7) { bench.feeds[0].finish() }
    expectNoDifference(bench.lines, ["0 w"])
    bench.at(second: 8) { bench.probe.ask(5) }
    expectNoDifference(bench.lines, ["0 w", "8 e", "8 c", "8 |"])
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `an episode that is open is remembered for more than an hour`() {
    let bench = bench()
    bench.at(second: 0) { bench.feeds[0].send(MarkedAlert("w")) }
    bench.at(second: 90_000) { bench.feeds[0].send(MarkedAlert("r")) }
    expectNoDifference(bench.probe.happened.map(\.text), ["w", "e", "c", "c", "cr"])
  }

  @Test func `the step shows its two inputs`() {
    let world = Timeline.virtual()
    let lane = world.lane("picture")
    let blueprint = Blueprint(sinks: [:])
    world.perform(on: lane) {
      lane.local.blueprint = blueprint
      let alerts = Tap<Inlet<MarkedAlert>>(Outlet("alerts"))
      let tap = alerts.escalate(.unacknowledged(after: .minutes(5)), acknowledgements: keys)
      tap.upstream.each { _ in }.cancel()
      lane.local.blueprint = nil
    }
    expectNoDifference(blueprint.steps.map(\.inputs), [[], [], [0, 1]])
    expectNoDifference(blueprint.steps.last?.detail, "5 min unacknowledged, 3 times")
  }
}
