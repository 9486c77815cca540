import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct OrderAgesTests {
  private typealias Step = (second: Double, order: String, kind: OrderEvent.Kind)

  private func signalled(_ quantity: Decimal) -> OrderEvent.Kind {
    .signalled(side: .buy, quantity: quantity, decisionPrice: nil)
  }

  private func filled(_ quantity: Decimal, _ fill: String) -> OrderEvent.Kind {
    .filled(quantity: quantity, price: 1, fill: fill)
  }

  /// Gives the steps at their seconds, and what was told, in words.
  private func run(
    _ steps: [Step],
    _ limits: [OrderState: Duration] = OrderAges.usualLimits,
    until end: Double = 1_000
  ) -> [String] {
    var rule = OrderAges(limits)
    var seen: [String] = []
    func note(_ transition: HealthTransition, _ now: Instant) {
      seen.append("\(now.nanoseconds / 1_000_000_000) \(transition.to): \(transition.reason)")
    }
    for step in steps {
      for due in rule.allDue(at: at(step.second)) { note(due.output, due.instant) }
      let event = OrderEvent(order: step.order, symbol: "A", kind: step.kind)
      if let told = rule.receive(event, at: at(step.second)).output { note(told, at(step.second)) }
    }
    for due in rule.allDue(at: at(end)) { note(due.output, due.instant) }
    return seen
  }

  @Test func `an order that the broker does not answer is told, and that it goes on`() {
    let seen = run([(0, "1", signalled(1)), (1, "1", .submitted), (30, "1", .acknowledged)])
    expectNoDifference(
      seen,
      [
        "11 unhealthy: order 1 (A) is submitted for 10 s",
        "30 healthy: no order is stuck any more, the last was 1 (A)",
      ]
    )
  }

  @Test func `many stuck orders are one finding, over when the last is free`() {
    let seen = run([
      (0, "1", .submitted), (1, "2", .submitted), (20, "1", .cancelled),
      (21, "2", .rejected(reason: "no")),
    ])
    expectNoDifference(seen.map { String($0.prefix(12)) }, ["10 unhealthy", "21 healthy: "])
  }

  @Test func `an order that is stuck in the next state too is told again`() {
    let seen = run([(0, "1", .submitted), (15, "1", .unconfirmed(reason: "time-out"))])
    let words = seen.map { String($0.prefix(12)) }
    expectNoDifference(words, ["10 unhealthy", "15 healthy: ", "25 unhealthy"])
  }

  @Test func `a state has the limit it is given, and without one lasts for ever`() {
    let steps: [Step] = [
      (0, "1", signalled(3)), (1, "1", .submitted), (2, "1", .acknowledged),
      (500, "1", filled(1, "f1")), (510, "1", filled(1, "f1")),
    ]
    expectNoDifference(run(steps), [])
    let seen = run(steps, [.partiallyFilled: .seconds(60)])
    expectNoDifference(seen, ["560 unhealthy: order 1 (A) is partiallyFilled for 60 s"])
    let whole = steps + [(520, "1", filled(2, "f2"))]
    expectNoDifference(run(whole, [.partiallyFilled: .seconds(60)]), [])
  }

  @Test func `the late word of an earlier state changes nothing`() {
    let steps: [Step] = [
      (0, "1", .acknowledged), (5, "1", .submitted), (6, "1", signalled(1)),
    ]
    let limits: [OrderState: Duration] = [
      .acknowledged: .seconds(20), .submitted: .seconds(1), .partiallyFilled: .seconds(90),
    ]
    expectNoDifference(run(steps, limits), ["20 unhealthy: order 1 (A) is acknowledged for 20 s"])
  }

  @Test func `orders beyond the limit are counted, and after a sleep ages start again`() {
    var rule = OrderAges(orderLimit: 2)
    for order in ["1", "2", "3"] {
      _ = rule.receive(OrderEvent(order: order, symbol: "A", kind: .submitted), at: at(0))
    }
    #expect(rule.refusedCount == 1)
    rule.resume(at: at(3_600))
    expectNoDifference(rule.allDue(at: at(3_609)).map(\.instant), [])
    expectNoDifference(rule.allDue(at: at(3_610)).map(\.instant), [at(3_610)])
    #expect(rule.stuckCount == 2)
  }

  @Test func `agrees with a naive model over random lives`() {
    let kinds: [OrderEvent.Kind] = [
      .submitted, .acknowledged, .unconfirmed(reason: ""), .cancelled, .rejected(reason: ""),
    ]
    let states: [OrderState?] = [.submitted, .acknowledged, .unconfirmed, nil, nil]
    let rank = OrderState.allCases
    for seed in 0..<300 {
      var random = MonitorRandom(seed: seed)
      var rule = OrderAges()
      var model: [String: (state: OrderState, since: Int)] = [:]
      var now = 0
      for _ in 0..<80 {
        now += random.below(6)
        _ = rule.allDue(at: at(Double(now)))
        let (order, place) = ("\(random.below(5))", random.below(5))
        let event = OrderEvent(order: order, symbol: "A", kind: kinds[place])
        _ = rule.receive(event, at: at(Double(now)))
        if let next = states[place] {
          let old = model[order].flatMap { rank.firstIndex(of: $0.state) } ?? -1
          if rank.firstIndex(of: next) ?? 0 > old { model[order] = (next, now) }
        } else {
          model[order] = nil
        }
        let stuck = model.values.filter { $0.state != .acknowledged && now - $0.since >= 10 }
        #expect(rule.stuckCount == stuck.count, "seed \(seed) at \(now)")
      }
    }
  }
}
