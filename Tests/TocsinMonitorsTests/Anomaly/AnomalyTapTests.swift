import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct AnomalyTapTests {
  @Test func `each key of a stream is judged on its own, in a graph`() throws {
    let bench = try MonitorBench { _, market in
      let ticks = Tap(market).compactMap(to: Tick.self) { event in
        if case .tick(let tick) = event { tick } else { nil }
      }
      let all = Tap(market).compactMap(to: Double.self) { event in
        if case .heartbeat = event { 0 } else { nil }
      }
      return Merge(
        ticks.anomalies(of: { Self.number($0) }).alert(
          "price.odd",
          .warning,
          subject: { $0.value.symbol }
        ),
        all.anomalies(asOneOf: { $0 }).alert("beat.odd", .warning)
      )
    }
    for (second, number) in AnomalyStream.white.numbers(300, seed: 1).enumerated() {
      bench.send(tick("A", 100 + number), at: Double(second))
      bench.send(tick("B", 1_000 + 50 * number), at: Double(second))
    }
    _ = bench.takeAlerts()
    bench.send(tick("A", 120), at: 300)
    bench.send(tick("B", 1_020), at: 300)
    bench.send(tick("A", 100), at: 301)
    expectNoDifference(
      bench.takeAlerts(),
      [
        .init(seconds: 300, key: "price.odd(A)", severity: .warning, phase: .firing),
        .init(seconds: 301, key: "price.odd(A)", severity: .warning, phase: .resolved),
      ]
    )
    #expect(bench.isConserved)
  }

  private static func number(_ tick: Tick) -> Double { (tick.price as NSDecimalNumber).doubleValue }

  private func tick(_ symbol: String, _ price: Double) -> TradingEvent {
    .tick(Tick(symbol: symbol, venue: "V", price: Decimal(price)))
  }
}
