import Testing
import Tocsin
import TocsinMonitors

@Suite(.timeLimit(.minutes(1))) struct LiveMonitorTests {
  @Test func `on a live lane checks run and silences are told`() async throws {
    let sink = Outlet<Alert>("log")
    let plan = MonitorGraph("desk", sinks: [sink]) { lane in
      let market = lane.input("market", of: TradingEvent.self)
      let health = HealthMonitor(on: lane, watching: market) {
        Check.feed("X", symbols: ["A"], maxAge: .milliseconds(20))
        Check.custom("db", every: .milliseconds(10)) { .failed(reason: "refused") }
        Check.memory(maxUsed: 0)
        Check.disk(maxUsed: 0)
      }
      Tap(health.transitions).alert { $0.alert }.route { Otherwise { "log" } }
    }
    let world = Timeline.live()
    let alerts = sink.values(on: world.lane("reader"))
    let graph = try await plan.run(on: world.lane("desk"))
    let health = try graph.first(HealthMonitor.self)
    world.spawn("checks") { await health.runChecks(by: world) }
    var subjects: Set<String> = []
    for await alert in alerts {
      subjects.insert(alert.key.subject)
      if subjects == ["X/A", "db", "memory", "disk /"] { break }
    }
    #expect(await health.overall >= .degraded)
    await graph.stop()
    await world.shutdown()
    #expect(world.liveTasks.isEmpty)
  }
}
