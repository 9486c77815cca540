import CustomDump
import Testing
import Tocsin
import TocsinMonitors

struct CheckTests {
  /// `.` healthy, `d` degraded, `x` failed, `t` timed out.
  private func statuses(_ outcomes: String, _ policy: CheckPolicy = CheckPolicy()) -> String {
    var rule = ConsecutiveFailures(component: "c", policy: policy)
    return outcomes.map { letter in
      let outcome: CheckOutcome =
        switch letter {
        case "d": .degraded(reason: "slow")
        case "x": .failed(reason: "broken")
        case "t": .timedOut(after: .seconds(10))
        default: .healthy()
        }
      _ = rule.receive(outcome, at: at(0))
      return String(rule.status.rawValue.prefix(1))
    }.joined()
  }

  @Test(arguments: [
    ("....", "hhhh"),
    ("xx.xx.", "dddddd"),
    ("xxx", "ddu"),
    ("xtx", "ddu"),
    ("xxx.x..", "dduuuuh"),
    ("x..", "ddh"),
    ("xxxdd..", "dduuddh"),
    ("xxx.d..", "dduuddh"),
    ("xxxd.x..", "dduudddh"),
    ("dddd..", "dddddh"),
  ])
  func `turns outcomes into a status`(outcomes: String, expected: String) {
    let seen = statuses(outcomes)
    #expect(seen == expected, "\(outcomes)")
  }

  @Test func `is patient with problems when the policy says so`() {
    let policy = CheckPolicy(failuresInARow: 3, problemsInARow: 3, recoveriesInARow: 1)
    #expect(statuses("xx.ddxx.", policy) == "hhhhhddh")
    #expect(statuses("ddxxx.", policy) == "hhdduh")
  }

  @Test func `cuts off a check that hangs and counts its late end`() {
    var ledger = CheckLedger()
    ledger.add("disk", CheckPolicy(failuresInARow: 1), at: at(0))
    #expect(ledger.status(of: "disk") == nil)
    #expect(ledger.overall == nil)
    let hung = CheckRun(component: "disk", number: 1)
    expectNoDifference(ledger.start(at: at(0)), [hung])
    #expect(ledger.nextDeadline == at(10))
    expectNoDifference(ledger.cutOff(at: at(9)), [])
    let reason = "the check did not finish within 10 s"
    expectNoDifference(ledger.cutOff(at: at(10)).map(\.reason), [reason])
    #expect(ledger.finish(hung, .healthy(), at: at(11)) == nil)
    #expect(ledger.lateCount == 1)
    #expect(ledger.overall == .unhealthy)
    #expect(ledger.nextDeadline == at(30))
    #expect(ledger.start(at: at(30)).map(\.number) == [2])
    _ = ledger.finish(hung, .healthy(), at: at(31))
    #expect(ledger.lateCount == 2)
    expectNoDifference(ledger.cutOff(at: at(40)), [])
    #expect(ledger.nextDeadline == at(60), "the second run was cut off, not ended by the first")
  }

  @Test func `an answer at the time limit is too late`() {
    for (second, status) in [(9.999, HealthStatus.healthy), (10, .unhealthy)] {
      var ledger = CheckLedger()
      ledger.add("disk", CheckPolicy(failuresInARow: 1), at: at(0))
      let run = ledger.start(at: at(0))[0]
      _ = ledger.finish(run, .healthy(), at: at(second))
      #expect(ledger.status(of: "disk") == status)
    }
  }

  @Test func `a check that may take its whole interval is not started beside itself`() {
    var ledger = CheckLedger()
    ledger.add("db", CheckPolicy(interval: .seconds(10), timeLimit: .seconds(10)), at: at(0))
    #expect(ledger.start(at: at(0)).count == 1)
    for second in stride(from: 10.0, through: 60, by: 10) {
      _ = ledger.cutOff(at: at(second))
      #expect(ledger.start(at: at(second)).isEmpty, "\(second)")
    }
  }

  @Test func `never starts a check twice and keeps the interval`() {
    var ledger = CheckLedger()
    ledger.add("a", CheckPolicy(timeLimit: .seconds(100)), at: at(0))
    ledger.add("b", CheckPolicy(), at: at(5))
    #expect(ledger.add("a", CheckPolicy(), at: at(0)) == false)
    #expect(ledger.start(at: at(0)).map(\.component) == ["a"])
    #expect(ledger.start(at: at(31)).map(\.component) == ["b"])
    _ = ledger.finish(CheckRun(component: "a", number: 1), .healthy(), at: at(40))
    #expect(ledger.start(at: at(40)).map(\.component) == ["a"])
  }

  @Test func `a run that hangs on is not started again, and every interval fails once more`() {
    var ledger = CheckLedger()
    ledger.add("db", CheckPolicy(), at: at(0))
    let hung = ledger.start(at: at(0))
    var seen: [String] = []
    var started = 0
    for second in stride(from: 10.0, through: 100, by: 10) {
      seen += ledger.cutOff(at: at(second)).map { "\(Int(second)) \($0.to)" }
      started += ledger.start(at: at(second)).count
    }
    expectNoDifference(seen, ["10 degraded", "60 unhealthy"])
    #expect(started == 0)
    _ = ledger.finish(hung[0], .healthy(), at: at(101))
    #expect(ledger.lateCount == 1 && ledger.status(of: "db") == .unhealthy)
    expectNoDifference(ledger.cutOff(at: at(120)), [])
    #expect(ledger.start(at: at(120)).map(\.number) == [2])
  }

  @Test func `a hung check whose limit is its interval fails once an interval`() {
    var ledger = CheckLedger()
    ledger.add("db", CheckPolicy(interval: .seconds(10), timeLimit: .seconds(10)), at: at(0))
    let hung = ledger.start(at: at(0))
    var seen: [String] = []
    for second in stride(from: 10.0, through: 40, by: 5) {
      while ledger.nextDeadline <= at(second) {
        seen += ledger.cutOff(at: at(second)).map { "\(Int(second)) \($0.to)" }
        #expect(ledger.start(at: at(second)).isEmpty)
      }
    }
    expectNoDifference(seen, ["10 degraded", "30 unhealthy"])
    _ = ledger.finish(hung[0], .healthy(), at: at(41))
    #expect(ledger.start(at: ledger.nextDeadline).map(\.number) == [2])
  }

  @Test func `a check that is removed is forgotten with what runs for it`() {
    var ledger = CheckLedger()
    for name in ["a", "b", "c"] { ledger.add(name, CheckPolicy(), at: at(0)) }
    let runs = ledger.start(at: at(0))
    #expect(ledger.remove("b") && !ledger.remove("b"))
    #expect(ledger.finish(runs[1], .failed(reason: "late"), at: at(1)) == nil)
    #expect(ledger.lateCount == 1)
    #expect(ledger.finish(runs[2], .failed(reason: "no"), at: at(1))?.component == "c")
    #expect(ledger.statuses.map(\.component) == ["a", "c"])
  }

  private func run(_ component: String, _ second: Int) -> CheckRun {
    CheckRun(component: component, number: second + 1)
  }

  @Test func `takes the worst component for the whole, and remembers the changes`() {
    var ledger = CheckLedger(historyCapacity: 3)
    for name in ["a", "b"] { ledger.add(name, CheckPolicy(interval: .seconds(1)), at: at(0)) }
    for second in 0..<6 {
      _ = ledger.start(at: at(Double(second)))
      _ = ledger.finish(run("a", second), .healthy(), at: at(Double(second) + 0.1))
      let isFailing = second < 4
      let outcome = isFailing ? CheckOutcome.failed(reason: "no", value: 1) : .healthy()
      _ = ledger.finish(run("b", second), outcome, at: at(Double(second) + 0.1))
      let expected: [HealthStatus] = [.degraded, .degraded, .unhealthy, .unhealthy, .unhealthy]
      #expect(ledger.overall == (expected + [.healthy])[second])
    }
    #expect(ledger.history.map(\.event.to) == [.degraded, .unhealthy, .healthy])
    #expect(ledger.history.map(\.event.reason)[1] == "no (3 failures in a row)")
  }
}
