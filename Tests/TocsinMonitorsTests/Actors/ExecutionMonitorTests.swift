import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

@Suite struct ExecutionMonitorTests {
  static func bench(isEventTime: Bool = false) throws -> MonitorBench {
    var limits = ExecutionLimits()
    limits.minimumSamples = 2
    return try MonitorBench(isEventTime: isEventTime) { [limits] lane, market in
      let monitor = ExecutionMonitor(on: lane, watching: market, limits: limits)
      return Merge(
        Tap(monitor.stuck).alert { $0.alert },
        Tap(monitor.findings).alert { $0.alert },
        Tap(monitor.changes).alert { $0.alert },
        Tap(monitor.ended).compactMap(to: Alert.self) { $0.alert }
      )
    }
  }

  private func order(_ id: String, _ kind: OrderEvent.Kind) -> TradingEvent {
    .order(OrderEvent(order: id, symbol: "A", kind: kind))
  }

  private func signal(_ id: String) -> TradingEvent {
    order(id, .signalled(side: .buy, quantity: 10, decisionPrice: 100))
  }

  @Test(arguments: [false, true])
  func `an order that is not answered is told after ten seconds`(isEventTime: Bool) throws {
    let bench = try Self.bench(isEventTime: isEventTime)
    bench.send(signal("o"), at: 1)
    bench.send(order("o", .submitted), at: 2)
    bench.advance(to: 11.9)
    expectNoDifference(bench.takeAlerts(), [])
    bench.send(order("o", .acknowledged), at: 30)
    bench.advance(to: 31)
    expectNoDifference(
      bench.takeAlerts(),
      [
        .init(seconds: 12, key: "order.stuck(o)", severity: .error, phase: .firing),
        .init(seconds: 30, key: "order.stuck(o)", severity: .error, phase: .resolved),
      ]
    )
    #expect(bench.isConserved)
  }

  @Test func `an order that was never sent is a warning, one of unknown outcome an error`() throws {
    let bench = try Self.bench()
    bench.send(signal("a"), at: 1)
    bench.send(signal("b"), at: 2)
    bench.send(order("b", .unconfirmed(reason: "time-out")), at: 3)
    bench.advance(to: 60)
    expectNoDifference(
      bench.takeAlerts(),
      [
        .init(seconds: 6, key: "order.stuck(a)", severity: .warning, phase: .firing),
        .init(seconds: 13, key: "order.stuck(b)", severity: .error, phase: .firing),
      ]
    )
  }

  @Test func `an order answered in time is not told`() throws {
    let bench = try Self.bench()
    bench.send(signal("o"), at: 1)
    bench.send(order("o", .submitted), at: 2)
    bench.send(order("o", .acknowledged), at: 11.9)
    bench.advance(to: 100)
    expectNoDifference(bench.takeAlerts(), [])
  }

  @Test func `rejections are told, and so is their rate`() throws {
    let bench = try Self.bench()
    for (index, id) in ["a", "b"].enumerated() {
      bench.send(signal(id), at: Double(index))
      bench.send(order(id, .submitted), at: Double(index) + 0.1)
      bench.send(order(id, .rejected(reason: "no")), at: Double(index) + 0.2)
    }
    let keys = bench.takeAlerts().map(\.key)
    #expect(
      keys.filter { $0.hasPrefix("order.rejected") } == ["order.rejected(a)", "order.rejected(b)"]
    )
    #expect(Set(keys).contains("execution.rejectionRate"))
    #expect(Set(keys).contains("execution.fillRate"))
    let rate = try bench.read(ExecutionMonitor.self) { monitor in
      monitor.readings().first { $0.metric == .rejectionRate }?.value
    }
    #expect(rate == .value(1))
  }

  @Test func `a fill after the end is a finding`() throws {
    let bench = try Self.bench()
    bench.send(signal("o"), at: 1)
    bench.send(order("o", .submitted), at: 2)
    bench.send(order("o", .cancelled), at: 3)
    bench.send(order("o", .filled(quantity: 1, price: 100, fill: "f")), at: 4)
    expectNoDifference(
      bench.takeAlerts(),
      [.init(seconds: 4, key: "order.fillAfterEnd(o)", severity: .error, phase: .firing)]
    )
    #expect(try bench.read(ExecutionMonitor.self) { $0.order("o")?.filledQuantity } == 1)
  }

  private func play(_ bench: MonitorBench, _ id: String, fills: Bool, at second: Double) {
    bench.send(signal(id), at: second)
    bench.send(order(id, .submitted), at: second)
    let end = OrderEvent.Kind.filled(quantity: 10, price: 100, fill: "f")
    bench.send(order(id, fills ? end : .cancelled), at: second)
  }

  @Test(arguments: [false, true])
  func `a fill rate recovers when what was not filled leaves the look-back`(
    isEventTime: Bool
  ) throws {
    let bench = try Self.bench(isEventTime: isEventTime)
    play(bench, "a", fills: false, at: 10)
    play(bench, "b", fills: true, at: 20)
    play(bench, "c", fills: true, at: 30)
    bench.advance(to: 3_609.9)
    let before = bench.takeAlerts().filter { $0.key.hasPrefix("execution.fillRate") }
    bench.advance(to: 4_000)
    let after = bench.takeAlerts().filter { $0.key.hasPrefix("execution.fillRate") }
    let scopes = ["", "(buy)", "(A)"]
    expectNoDifference(
      before,
      scopes.map {
        MonitorBench.Routed(
          seconds: 20,
          key: "execution.fillRate\($0)",
          severity: .warning,
          phase: .firing
        )
      }
    )
    expectNoDifference(
      after,
      scopes.map {
        MonitorBench.Routed(
          seconds: 3_610,
          key: "execution.fillRate\($0)",
          severity: .warning,
          phase: .resolved
        )
      }
    )
    #expect(bench.isConserved)
  }

  @Test func `listens to quotes, and answers questions`() throws {
    let bench = try Self.bench()
    let quote = Quote(symbol: "A", venue: "V", bid: 97, ask: 98)
    bench.send(.quote(quote), at: 1)
    for (number, id) in ["a", "b", "c"].enumerated() {
      bench.send(signal(id), at: 1 + Double(number))
      bench.send(order(id, .submitted), at: 2 + Double(number))
      bench.send(order(id, .filled(quantity: 10, price: 98, fill: "f")), at: 2 + Double(number))
    }
    let values = try bench.read(ExecutionMonitor.self) { monitor in
      (
        monitor.readings(of: .symbol("A")).first { $0.metric == .arrivalSlippage }?.value,
        monitor.quantile(0.5, of: .timeToSubmit),
        monitor.latency(of: .timeToSubmit)?.count,
        monitor.order("c")?.arrival,
        monitor.overflow
      )
    }
    expectNoDifference(values.0, .value(0))
    expectNoDifference(values.1, .value(1))
    #expect(values.2 == 3)
    expectNoDifference(values.3, .quoted(bid: 97, ask: 98))
    expectNoDifference(values.4, ExecutionOverflow(orderEvents: 0, unlistedOrders: 0, quotes: 0))
  }
}
