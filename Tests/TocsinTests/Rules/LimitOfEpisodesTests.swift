import CustomDump
import Testing

@testable import Tocsin

/// One limit for the alerts of many keys: whose turn it is, and what is told at the end.
@Suite struct LimitOfEpisodesTests {
  func run(_ count: Int, _ alerts: [(Int64, KeyedAlert)], until end: Int64) -> [String] {
    let rule = ThrottleOfEpisodes<KeyedAlert>(count, per: .nanoseconds(10))
    return RuleRun.over(rule, alerts, until: end).lines
  }

  @Test func `a more severe repeat of a key that was told waits for the end of the window`() {
    let lines = run(
      1,
      [(0, KeyedAlert(1, .warning)), (1, KeyedAlert(1, .error)), (2, KeyedAlert(1, .warning))],
      until: 40
    )
    expectNoDifference(lines, ["0 1:warning first", "10 1:error*2 windowClosed"])
  }

  @Test func `as many episodes as have room are announced at the end of a window`() {
    let lines = run(2, (1...5).map { (Int64($0), KeyedAlert($0, .warning)) }, until: 40)
    expectNoDifference(
      lines,
      [
        "1 1:warning first", "2 2:warning passed", "11 3:warning windowClosed",
        "11 4:warning windowClosed", "21 5:warning windowClosed",
      ]
    )
  }

  @Test func `every episode that waits is announced at the end of the stream`() {
    let lines = run(1, (1...3).map { (Int64($0), KeyedAlert($0, .warning)) }, until: 5)
    expectNoDifference(lines, ["1 1:warning first", "5 2:warning ended", "5 3:warning ended"])
  }

  @Test func `the end of an episode that was announced late is told, too`() {
    let alerts =
      [
        (0, KeyedAlert(1, .warning)), (1, KeyedAlert(2, .warning)), (12, KeyedAlert(2, .resolved)),
        (20, KeyedAlert(1, .resolved)), (21, KeyedAlert(3, .warning)),
      ] as [(Int64, KeyedAlert)]
    expectNoDifference(
      run(1, alerts, until: 40),
      [
        "0 1:warning first", "10 2:warning windowClosed", "12 2:info.resolved resolved",
        "20 1:info.resolved resolved", "21 3:warning first",
      ]
    )
  }
}
