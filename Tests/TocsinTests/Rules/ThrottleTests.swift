import CustomDump
import Testing

@testable import Tocsin

@Suite struct ThrottleTests {
  typealias Run = RuleRun<Throttle<String>>
  typealias Alerts = RuleRun<Throttle<RuleAlert>>
  let stream: [(Int64, String)] = [(0, "a"), (2, "b"), (4, "c"), (6, "d"), (8, "e"), (13, "f")]

  func throttle(_ count: Int, _ window: Int64, trailing: Bool = false) -> Throttle<String> {
    Throttle(count, per: .nanoseconds(window), trailing: trailing)
  }

  @Test func `one value passes in each window`() {
    let run = Run.over(throttle(1, 4), stream, until: 20)
    expectNoDifference(run.lines, ["0 a first", "4 c first", "8 e first", "13 f first"])
    expectNoDifference(run.reasons, [.first, .throttled, .first, .throttled, .first, .first])
  }

  @Test func `so many values pass in each window`() {
    let run = Run.over(throttle(2, 6), stream, until: 20)
    expectNoDifference(
      run.lines,
      ["0 a first", "2 b passed", "6 d first", "8 e passed", "13 f first"]
    )
  }

  @Test func `a window opens with the value that passes, not on a grid`() {
    let run = Run.over(throttle(1, 300), [(290, "a"), (310, "b"), (590, "c")], until: 600)
    expectNoDifference(run.lines, ["290 a first", "590 c first"])
  }

  @Test func `the newest value waits for the end of the window and opens the next`() {
    let run = Run.over(
      throttle(1, 4, trailing: true),
      [(0, "a"), (1, "b"), (2, "c"), (5, "d"), (8, "e"), (20, "f")],
      until: 30
    )
    expectNoDifference(
      run.lines,
      ["0 a first", "4 c windowClosed", "8 d windowClosed", "12 e windowClosed", "20 f first"]
    )
    expectNoDifference(
      run.reasons,
      [.first, .waitingForNext, .throttled, .waitingForNext, .waitingForNext, .first]
    )
  }

  @Test func `what waits goes on at the end of the stream`() {
    let run = Run.over(throttle(1, 9, trailing: true), [(0, "a"), (1, "b")], until: 5)
    expectNoDifference(run.lines, ["0 a first", "5 b ended"])
    #expect(run.ledger == RuleLedger(taken: 2, given: 2))
  }

  @Test(arguments: [0, -1, .min]) func `a count of less than one counts as one`(count: Int) {
    let run = Run.over(throttle(count, 4), stream, until: 20)
    expectNoDifference(run.lines, Run.over(throttle(1, 4), stream, until: 20).lines)
  }

  @Test(arguments: [0, -5] as [Int64]) func `no window lets all pass`(window: Int64) {
    let run = Run.over(throttle(1, window, trailing: true), [(0, "a"), (0, "b")], until: 0)
    expectNoDifference(run.lines, ["0 a passed", "0 b passed"])
  }

  @Test func `stands the ends of time and huge counts`() {
    for (count, window) in [(1, Int64.max), (.max, .max), (.max, 1), (2, 5)] {
      let times: [Int64] = [.min + 9, .min + 9, -1, 0, .max - 1, .max, .max]
      let run = Run.over(
        throttle(count, window, trailing: true),
        times.map { ($0, "a") },
        until: .max
      )
      expectNoDifference(run.breaches, [])
      #expect(run.ledger.held == 0 && run.ledger.given > 0)
    }
  }

  // MARK: Alerts

  func alerts(_ moments: [(Int64, RuleAlert)], trailing: Bool = false, until end: Int64) -> Alerts {
    Alerts.over(
      Throttle(1, per: .nanoseconds(10), trailing: trailing),
      moments,
      until: end
    )
  }

  @Test func `the end of an announced episode passes at once and does not count`() {
    let run = alerts([(0, .warning), (1, .warning), (2, .resolved), (3, .resolved)], until: 20)
    expectNoDifference(run.lines, ["0 warning first", "2 info*2.resolved resolved"])
    expectNoDifference(run.reasons, [.first, .throttled, .resolved, .neverAnnounced])
    let two = Alerts.over(
      Throttle(2, per: .nanoseconds(10)),
      [(0, .warning), (1, .resolved), (2, .error)],
      until: 5
    )
    expectNoDifference(
      two.lines,
      ["0 warning first", "1 info.resolved resolved", "2 error passed"]
    )
  }

  @Test func `an episode that had no room is announced at the end of the window`() {
    let run = alerts(
      [(0, .warning), (1, .resolved), (2, .error), (3, .warning), (12, .resolved)],
      until: 20
    )
    expectNoDifference(
      run.lines,
      [
        "0 warning first", "1 info.resolved resolved", "10 error*2 windowClosed",
        "12 info.resolved resolved",
      ]
    )
    #expect(run.ledger == RuleLedger(taken: 5, made: 1, given: 4, dropped: 2))
  }

  @Test func `an episode that came and went unheard leaves no word`() {
    let run = alerts(
      [(0, .warning), (1, .resolved), (2, .error), (3, .resolved), (30, .info)],
      until: 40
    )
    expectNoDifference(
      run.lines,
      ["0 warning first", "1 info.resolved resolved", "30 info*2 first"]
    )
  }

  @Test func `a critical alert always passes, and counts`() {
    let run = alerts([(0, .critical), (1, .critical), (2, .warning), (10, .warning)], until: 20)
    expectNoDifference(
      run.lines,
      ["0 critical first", "1 critical passed", "10 warning*2 first"]
    )
  }

  @Test func `a more severe repeat waits, an equal one only when trailing`() {
    let repeats: [(Int64, RuleAlert)] = [(0, .warning), (1, .error), (2, .warning)]
    expectNoDifference(
      alerts(repeats, until: 20).lines,
      ["0 warning first", "10 error*2 windowClosed"]
    )
    let equal: [(Int64, RuleAlert)] = [(0, .warning), (1, .warning)]
    expectNoDifference(alerts(equal, until: 20).lines, ["0 warning first"])
    expectNoDifference(
      alerts(equal, trailing: true, until: 20).lines,
      ["0 warning first", "10 warning windowClosed"]
    )
  }

  @Test func `one limit for many keys announces every episode in its turn`() {
    let rule = ThrottleOfEpisodes<KeyedAlert>(1, per: .nanoseconds(10))
    let run = RuleRun.over(
      rule,
      [
        (0, KeyedAlert(1, .warning)), (1, KeyedAlert(2, .warning)), (2, KeyedAlert(3, .error)),
        (3, KeyedAlert(2, .error)), (4, KeyedAlert(4, .info)), (5, KeyedAlert(1, .resolved)),
        (6, KeyedAlert(4, .resolved)), (7, KeyedAlert(5, .critical)),
      ],
      until: 100
    )
    expectNoDifference(
      run.lines,
      [
        "0 1:warning first", "5 1:info.resolved resolved", "7 5:critical passed",
        "10 2:error*2 windowClosed", "20 3:error windowClosed",
      ]
    )
    expectNoDifference(run.breaches, [])
  }
}
