import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct ReconciliationLagTests {
  private typealias Step = (second: Double, event: TradingEvent)

  private let fill = TradingEvent.order(
    OrderEvent(order: "1", symbol: "A", kind: .filled(quantity: 1, price: 1, fill: "f"))
  )

  private func report(_ book: Book, isComplete: Bool = true) -> TradingEvent {
    .positions(PositionReport(book: book, positions: [], isComplete: isComplete))
  }

  private func run(
    _ events: [Step],
    every interval: Duration? = nil,
    until end: Double = 100
  ) -> [String] {
    var rule = ReconciliationLag(every: interval)
    var seen: [String] = []
    func note(_ transition: HealthTransition, _ now: Instant) {
      seen.append("\(Double(now.nanoseconds) / 1e9) \(transition.to): \(transition.reason)")
    }
    for (second, event) in events {
      for due in rule.allDue(at: at(second)) { note(due.output, due.instant) }
      if let told = rule.receive(event, at: at(second)).output { note(told, at(second)) }
    }
    for due in rule.allDue(at: at(end)) { note(due.output, due.instant) }
    return seen
  }

  @Test func `a fill that is compared in time is no finding`() {
    expectNoDifference(run([(1, fill), (2, report(.local)), (5.9, report(.broker))]), [])
  }

  @Test func `a fill that is in no comparison is told at its limit, and when it is in one`() {
    let seen = run([(1, fill), (8, report(.local)), (9, report(.broker))])
    expectNoDifference(
      seen,
      [
        "6.0 unhealthy: a fill is in no comparison of the books for 5 s",
        "9.0 healthy: the books are compared again, 8 s after the latest fill in them",
      ]
    )
  }

  @Test func `a report from before the fill does not include it`() {
    let seen = run([(0, report(.broker)), (1, fill), (2, report(.local))])
    expectNoDifference(seen.map { String($0.prefix(13)) }, ["6.0 unhealthy"])
  }

  @Test func `a fill at the instant of a report counts by the order in which they came`() {
    expectNoDifference(run([(1, fill), (1, report(.broker)), (1, report(.local))]), [])
    let after = run([(1, report(.broker)), (1, fill), (1, report(.local))])
    expectNoDifference(after.count, 1)
  }

  @Test func `each report is used once, and failed, partial or far ones not at all`() {
    let seen = run([
      (1, fill), (2, report(.local)), (3, report(.broker)), (4, fill), (5, report(.local)),
      (5.5, report(.broker, isComplete: false)), (30, report(.broker)), (30.5, report(.local)),
    ])
    expectNoDifference(seen.map { String($0.prefix(14)) }, ["9.0 unhealthy:", "30.5 healthy: "])
  }

  @Test func `a comparison that is due regularly is missed`() {
    let pair: [Step] = [(10, report(.local)), (10, report(.broker)), (60, report(.broker))]
    let seen = run(pair + [(61, report(.local))], every: .seconds(30), until: 90)
    expectNoDifference(
      seen,
      [
        "45.0 unhealthy: the books were not compared for 35 s",
        "61.0 healthy: the books are compared again",
      ]
    )
  }

  @Test func `of more fills than it keeps none is lost`() {
    let many: [Step] = (0..<3_000).map { (Double($0) / 1_000, fill) }
    let half = many + [(3, report(.local)), (3, report(.broker)), (3.5, fill)]
    let seen = run(half + [(4, report(.local)), (4, report(.broker))])
    expectNoDifference(seen, [])
    expectNoDifference(run(half).map { String($0.prefix(13)) }, ["8.5 unhealthy"])
  }

  @Test func `agrees with a naive model`() {
    for seed in 0..<300 {
      var random = MonitorRandom(seed: seed)
      var rule = ReconciliationLag()
      var pending: [Int] = []
      var reports: [Book: (at: Int, before: Int)] = [:]
      var count = 0
      var isTold = false
      var now = 0
      for _ in 0..<100 {
        now += random.below(4)
        isTold = !rule.allDue(at: at(Double(now))).isEmpty || isTold
        #expect(isTold == (pending.first.map { $0 + 5 <= now } ?? false), "seed \(seed) at \(now)")
        guard random.below(3) > 0 else {
          _ = rule.receive(fill, at: at(Double(now)))
          pending.append(now)
          count += 1
          continue
        }
        let book: Book = random.below(2) == 0 ? .local : .broker
        reports[book] = (now, count)
        if rule.receive(report(book), at: at(Double(now))).output != nil { isTold = false }
        if let one = reports[.local], let other = reports[.broker], abs(one.at - other.at) <= 10 {
          pending.removeFirst(pending.count - (count - min(one.before, other.before)))
          reports = [:]
        }
      }
    }
  }
}
