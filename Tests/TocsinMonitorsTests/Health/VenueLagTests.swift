import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct VenueLagTests {
  /// One tick a second with these lags in seconds; gives the seconds at which something passed.
  private func run(_ lags: [Double], rule: inout VenueLag, snapshots: Set<Int> = []) -> [String] {
    lags.enumerated().compactMap { second, lag in
      let now = at(Double(second))
      let tick = Tick(
        symbol: "IBM",
        venue: "X",
        price: 1,
        venueInstant: at(Double(second) - lag),
        isSnapshot: snapshots.contains(second)
      )
      return rule.receive(tick, at: now).output?.ages.first.map {
        "\(second) \($0.phase) \($0.age)"
      }
    }
  }

  private func run(_ lags: [Double], snapshots: Set<Int> = []) -> [String] {
    var rule = VenueLag()
    return run(lags, rule: &rule, snapshots: snapshots)
  }

  private let warm = [0.0, 0, 0, 0, 0]

  @Test func `fires after three late ticks in a row and resolves after three on time`() {
    let lags = warm + [6, 6, 0, 6, 6, 6, 0, 0, 6, 0, 0, 0]
    expectNoDifference(run(lags), ["10 firing 6.0 seconds", "16 resolved 0.0 seconds"])
  }

  @Test(arguments: [
    ("old trades repeated at the start", [5_652.0, 700, 60, 6, 5, 0, 0, 0]),
    ("a venue clock ahead of ours", Array(repeating: -0.07, count: 20)),
    ("a venue clock far ahead of ours", Array(repeating: -30.0, count: 20)),
    ("two late ticks", [0, 0, 0, 0, 0, 9, 9, 0, 9, 9, 0]),
    ("garbage instants in the future", [0, 0, 0, -1e9, 0, 0, 0, -59, -59, 0, 0, 0, 0, 0]),
    ("lag at the limit", [0, 0, 0, 0, 0, 5, 5, 5, 5, 5]),
  ])
  func `raises nothing for`(name: String, lags: [Double]) {
    expectNoDifference(run(lags), [], name)
  }

  @Test func `finds a feed that was late from its first tick`() {
    expectNoDifference(run(Array(repeating: 60, count: 20)), ["7 firing 59.0 seconds"])
  }

  @Test func `finds a lag behind a clock that is ahead`() {
    let lags = Array(repeating: -30.0, count: 10) + [0, 0, 0]
    expectNoDifference(run(lags), ["12 firing 30.0 seconds"])
  }

  @Test func `remembers the baseline of the window before`() {
    var settings = VenueLag.Settings()
    settings.baselineWindow = .seconds(10)
    var rule = VenueLag(settings)
    let lags = Array(repeating: -30.0, count: 10) + [0, 0, 0]
    expectNoDifference(run(lags, rule: &rule), ["12 firing 30.0 seconds"])
  }

  @Test func `does not judge snapshots`() {
    expectNoDifference(run(warm + [90, 90, 90, 90], snapshots: [5, 6, 7, 8]), [])
  }

  @Test func `goes on firing when the lag outlasts the memory of the baseline`() {
    var settings = VenueLag.Settings()
    settings.baselineWindow = .seconds(10)
    var rule = VenueLag(settings)
    let lags = warm + Array(repeating: 20, count: 100)
    expectNoDifference(run(lags, rule: &rule), ["7 firing 20.0 seconds"])
    #expect(rule.baseline(of: StreamKey(venue: "X", symbol: "IBM")) == .seconds(20))
  }

  private func burst(_ heldFor: Duration) -> [Phase] {
    var settings = VenueLag.Settings()
    settings.heldFor = heldFor
    var rule = VenueLag(settings)
    let late = Tick(symbol: "IBM", venue: "X", price: 1, venueInstant: at(0))
    _ = rule.receive(Tick(symbol: "IBM", venue: "X", price: 1, venueInstant: at(0)), at: at(0))
    return (0..<9).compactMap {
      rule.receive(late, at: at(20 + Double($0) / 100)).output?
        .ages.first?.phase
    }
  }

  @Test func `takes a burst of old ticks for no late feed`() {
    expectNoDifference(burst(.seconds(1)), [])
    expectNoDifference(burst(.zero), [.firing])
  }

  @Test func `warms up again after a reconnect`() {
    var rule = VenueLag()
    expectNoDifference(run(warm + [6, 6], rule: &rule), [])
    rule.restart(venue: "X", at: at(0))
    expectNoDifference(run([9, 9, 9, 9, 9, 9, 9], rule: &rule), [])
    rule.restart(venue: "Y", at: at(100))
    let late = Tick(symbol: "IBM", venue: "X", price: 1, venueInstant: at(0))
    #expect(rule.receive(late, at: at(9)).output?.ages.first?.phase == .firing)
  }

  @Test func `counts what needs attention`() {
    var rule = VenueLag()
    _ = run([0, -1, -100, 0, 0, 0], rule: &rule, snapshots: [3])
    _ = rule.receive(Tick(symbol: "IBM", venue: "X", price: 1), at: at(9))
    var counts = VenueLag.Counts()
    counts.withoutInstant = 1
    counts.snapshots = 1
    counts.warmingUp = 3
    counts.negative = 2
    counts.implausible = 1
    expectNoDifference(rule.counts, counts)
  }
}
