import CustomDump
import Testing
import Tocsin
import TocsinMonitors

struct HeartbeatAgeTests {
  private func beat(_ latency: Double?) -> Heartbeat {
    Heartbeat(source: "broker", latency: latency.map { .milliseconds(Int($0 * 1_000)) })
  }

  @Test func `is unhealthy at exactly the last success plus the maximum age`() throws {
    var rule = HeartbeatAge()
    _ = rule.receive(beat(0.1), at: at(0))
    let due = try #require(rule.allDue(at: at(500)).first)
    #expect(due.instant == at(90))
    let transition = HealthTransition(
      component: "broker",
      from: .healthy,
      to: .unhealthy,
      reason: "no successful call for 90 s",
      value: 90
    )
    expectNoDifference(due.output, transition)
    #expect(
      transition.alert.message
        == "broker went from healthy to unhealthy: no successful call for 90 s."
    )
    let back = rule.receive(beat(0.1), at: at(500))
    #expect(back.output?.reason == "it answers again after 500 s")
    #expect(back.output?.to == .healthy)
    expectNoDifference(rule.allDue(at: at(1_000)).map(\.instant), [at(590)], "and once more")
  }

  @Test func `is degraded after three slow calls in a row and healthy after three fast ones`() {
    var rule = HeartbeatAge()
    let latencies: [Double?] = [2, 2, 0.5, 2, 2, nil, 2, 0.5, 0.5, 2, 0.5, 0.5, 0.5]
    let seen = latencies.enumerated().compactMap { second, latency in
      rule.receive(beat(latency), at: at(Double(second))).output.map { "\(second) \($0.to)" }
    }
    expectNoDifference(seen, ["6 degraded", "12 healthy"])
  }

  @Test func `finds a broker that never answered, and one that returns slow`() {
    var rule = HeartbeatAge(inARow: 1)
    rule.expect("broker", at: at(0))
    #expect(rule.allDue(at: at(90)).map(\.output.to) == [.unhealthy])
    #expect(rule.receive(beat(3), at: at(91)).output?.to == .degraded)
  }
}
