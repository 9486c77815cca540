import CustomDump
import Foundation
import Testing

@testable import TocsinCommand

@Suite struct ReplayTests {
  @Test func `a small recording prints its alerts as they happen`() throws {
    let file = try TemporaryFile(smallRecording)
    let printed = run("replay", file.path)
    expectNoDifference(printed.status, 0)
    expectNoDifference(
      printed.alerts,
      [
        "2008-07-01 14:30:16  error     order.stuck(o-1)  Order o-1 (IBM) is submitted for 10 s "
          + "without an answer. → log, chat, mail",
        "2008-07-01 14:30:30  resolved  order.stuck(o-1)  Order o-1 (IBM) goes on after 24 s. "
          + "→ log, chat, mail",
        "2008-07-01 14:30:31  warning   order.rejected(o-1)  Order o-1 (IBM) ended rejected, "
          + "0 of 10 filled. → log, chat",
        "2008-07-01 14:31:11  critical  killSwitch.engaged  Trading went from active to halted, "
          + "drift(IBM quantityMismatch): IBM: 1000 here, 1200 at the broker. Fires from 1.0. "
          + "→ log, chat, pager",
        "2008-07-01 14:32:11  critical  drift.quantityMismatch(IBM)  IBM: 1000 here, "
          + "1200 at the broker. → log, chat, pager",
        "2008-07-01 14:33:08  error     health.changed(PAPER/IBM)  PAPER/IBM went from healthy to "
          + "unhealthy: nothing arrived for 185 s. → log, chat, mail",
        "2008-07-01 14:34:03  resolved  health.changed(PAPER/IBM)  PAPER/IBM went from unhealthy "
          + "to healthy: it sends again after 240 s. → log, chat, mail",
      ]
    )
    #expect(printed.output.contains("holds at all"))
    #expect(printed.output.contains("16 lines: 15 accepted, 1 skipped, 0 refused"))
    #expect(printed.errors.isEmpty)
  }

  @Test func `json prints one object a line and nothing else`() throws {
    let file = try TemporaryFile(smallRecording)
    let printed = run("replay", "--json", file.path)
    let objects = try printed.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    expectNoDifference(
      objects.compactMap { $0["type"] as? String },
      Array(repeating: "alert", count: 7) + ["summary"]
    )
    let summary = try #require(objects.last)
    #expect(summary["conserved"] as? Bool == true)
    #expect(summary["events"] as? Int == 15)
  }

  @Test func `colours follow the severity, and only where they are welcome`() throws {
    let file = try TemporaryFile(smallRecording)
    #expect(run("replay", file.path, colour: true).output.contains("\u{1B}[31merror   \u{1B}[0m"))
    #expect(!run("replay", file.path).output.contains("\u{1B}"))
  }

  @Test func `a trace is a tree with durations`() throws {
    let file = try TemporaryFile(smallRecording)
    let lines = run("replay", "--trace", file.path).output.split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex(of: "Trace of the first alert"))
    let tree = lines[start...].dropFirst().prefix { $0.hasPrefix("  ") }
    #expect(tree.first?.hasPrefix("  alert order.stuck(o-1)  10 s") == true)
    #expect(tree.contains { $0.hasPrefix("    execution.waiting  10 s  (absent") })
  }

  @Test func `bad lines are told with their number, the first twenty, and counted by reason`()
    throws
  {
    let bad = String(repeating: "nonsense\n", count: 25)
    let file = try TemporaryFile(bad + smallRecording)
    let printed = run("replay", file.path)
    let lines = printed.errors.split(separator: "\n")
    #expect(lines.count == 21)
    #expect(lines.first?.contains("line 1: malformed") == true)
    #expect(lines.last == "tocsin: further refused lines are only counted")
    #expect(printed.output.contains("25 refused (25 malformed)"))
    #expect(printed.status == 0)
  }

  @Test func `strict stops at the first bad line`() throws {
    let file = try TemporaryFile("nonsense\n" + smallRecording)
    let printed = run("replay", "--strict", file.path)
    #expect(printed.status == 2)
    #expect(printed.errors.hasPrefix("tocsin: \(file.path), line 1: malformed"))
  }

  @Test func `a recorded session gives the same alerts again`() throws {
    let file = try TemporaryFile("")
    let span = ["--from", "2008-07-11", "--to", "2008-07-11"]
    let live = run("demo", span[0], span[1], span[2], span[3], "--record", file.path)
    let again = run("replay", "--hours", "14:30-21:00", file.path)
    #expect(!live.alerts.isEmpty)
    expectNoDifference(again.alerts, live.alerts)
  }
}
