import CustomDump
import Testing
import Tocsin
import TocsinPaper

@testable import TocsinCommand

@Suite struct DemoTests {
  @Test func `the demo finds every planted fault of a month, and nothing else`() {
    let printed = run("demo", "--from", "2008-07-01", "--to", "2008-08-15", "--json")
    expectNoDifference(printed.status, 0)
    let summary = printed.output.split(separator: "\n").last ?? ""
    let kinds = summary.firstMatch(
      of: /"found":(\d+),"kinds":.*"planted":(\d+),"unexplained":(\d+)/
    )
    #expect(kinds.map { $0.1 == $0.2 && $0.1 != "0" && $0.3 == "0" } == true)
    #expect(summary.contains("\"conserved\":true"))
  }

  @Test func `the same seed gives the same alerts, another seed others`() {
    func alerts(_ seed: String) -> [String] {
      run("demo", "--from", "2008-07-01", "--to", "2008-07-20", "--seed", seed).alerts
    }
    let first = alerts("7")
    expectNoDifference(alerts("7"), first)
    #expect(alerts("8") != first)
  }

  @Test func `a session without faults has no alerts`() throws {
    let prices = try DailyPrices.builtIn()
    let session = try PaperSession(
      prices,
      seed: 1,
      from: "2008-07-01",
      to: "2008-07-20",
      faults: .none
    )
    let runner = try Runner(Demo.settings(session, prices.symbols))
    let alerts = runner.take(Array(session)[...])
    expectNoDifference(alerts.map { "\($0.alert.key)" }, [])
  }

  @Test func `the alerts do not depend on how many events are taken at once`() throws {
    let prices = try DailyPrices.builtIn()
    let session = try PaperSession(prices, seed: 2008, from: "2008-07-11", to: "2008-07-17")
    let events = Array(session)
    func alerts(by size: Int) throws -> [RoutedAlert] {
      let runner = try Runner(Demo.settings(session, prices.symbols))
      return stride(from: 0, to: events.count, by: size).flatMap { start in
        runner.take(events[start..<min(start + size, events.count)])
      }
    }
    let whole = try alerts(by: events.count)
    #expect(!whole.isEmpty)
    for size in [1, 7, 256] { expectNoDifference(try alerts(by: size), whole) }
  }

  @Test func `missed faults and false alarms are told apart`() {
    let from = Instant(nanoseconds: 1_000_000_000_000)
    let fault = PlantedFault(
      .feedGap,
      symbol: "IBM",
      from: from,
      to: from.advanced(by: .minutes(20))
    )
    let other = PlantedFault(
      .heartbeatLoss,
      symbol: "",
      from: from,
      to: from.advanced(by: .minutes(9))
    )
    func alert(_ subject: String, _ minutes: Int) -> RoutedAlert {
      RoutedAlert(
        instant: from.advanced(by: .minutes(minutes)),
        alert: Alert("health.changed", .error, subject: subject)
      )
    }
    let score = FaultScore([fault, other], [alert("PAPER/IBM", 4), alert("PAPER/FB", 4)])
    expectNoDifference(score.found, 1)
    expectNoDifference(score.missed, [other])
    expectNoDifference(score.unexplained, [alert("PAPER/FB", 4)])
    expectNoDifference(FaultScore([fault], [alert("PAPER/IBM", -1)]).found, 0)
  }
}
