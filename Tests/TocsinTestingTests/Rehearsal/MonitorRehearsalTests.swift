import CustomDump
import Testing
import Tocsin

@testable import TocsinTesting

/// Says when no beat has come for three seconds, once for each silence.
private actor PulseMonitor: LaneActor {
  nonisolated let lane: Lane
  nonisolated let findings = Outlet<String>("findings")
  private var last = 0
  private let clock: TimelineClock

  init(on lane: Lane, clock: TimelineClock) {
    self.lane = lane
    self.clock = clock
  }

  func beat(_ name: String) async {
    last += 1
    let mine = last
    try? await clock.sleep(for: .seconds(3))
    if mine == last { findings.send("silent after \(name)") }
  }
}

@Suite struct MonitorRehearsalTests {
  @Test func `an actor is given its values and its outlet is heard`() throws {
    let beats = EventTimeline<String>.marbles("a b . . c 10s d")
    let run = try rehearse(monitor: beats) { world in
      let monitor = PulseMonitor(on: world.lane("pulse"), clock: world.clock)
      return ({ await monitor.beat($0) }, monitor.findings)
    }
    run.expect {
      At(.seconds(4)) { "silent after b" }
      At(.seconds(7)) { "silent after c" }
      At(.seconds(18)) { "silent after d" }
    }
  }

  @Test func `anything else that sends into an outlet will do`() throws {
    let run = try rehearse(monitor: EventTimeline<Int>.marbles("1 2")) { _ in
      let doubles = Outlet<Int>("doubles")
      return ({ doubles.send($0 * 2) }, doubles)
    }
    run.expect(marbles: "2 4")
  }

  @Test func `an end is refused`() {
    let error = #expect(throws: RehearsalError.self) {
      try rehearse(monitor: EventTimeline<Int>.marbles("1 |")) { _ in
        let outlet = Outlet<Int>()
        return ({ outlet.send($0) }, outlet)
      }
    }
    expectNoDifference(
      error?.description,
      """
      The input has "end" at 1s, and a monitor takes values only. Make what ends it a value, or \
      leave it out.
      """
    )
  }
}
