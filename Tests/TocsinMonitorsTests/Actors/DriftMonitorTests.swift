import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

@Suite struct DriftMonitorTests {
  static func bench(isEventTime: Bool = false, maximumAge: Duration? = nil) throws -> MonitorBench {
    try MonitorBench(isEventTime: isEventTime) { lane, market in
      let drift = DriftMonitor(on: lane, watching: market, maximumAge: maximumAge)
      return Merge(Tap(drift.findings).alert { $0.alert }, Tap(Outlet<Alert>("none")))
    }
  }

  private func report(_ book: Book, _ quantity: Decimal) -> TradingEvent {
    let position = Position(symbol: "A", quantity: quantity, averagePrice: 10)
    return .positions(PositionReport(book: book, positions: quantity == 0 ? [] : [position]))
  }

  private func reports(
    _ local: Decimal,
    _ broker: Decimal,
    at seconds: Double,
    to bench: MonitorBench
  ) {
    bench.send(report(.local, local), at: seconds)
    bench.send(report(.broker, broker), at: seconds + 0.02)
  }

  private let fill = TradingEvent.order(
    OrderEvent(order: "o", symbol: "A", kind: .filled(quantity: 1, price: 10, fill: "f"))
  )

  @Test(arguments: [false, true])
  func `a difference is told by its second comparison and resolved when it is gone`(
    isEventTime: Bool
  ) throws {
    let bench = try Self.bench(isEventTime: isEventTime)
    reports(100, 90, at: 60, to: bench)
    expectNoDifference(bench.takeAlerts(), [])
    reports(100, 90, at: 120, to: bench)
    #expect(try bench.read(DriftMonitor.self) { $0.worst } == .critical)
    reports(100, 100, at: 180, to: bench)
    bench.advance(to: 200)
    expectNoDifference(
      bench.takeAlerts(),
      [
        .init(
          seconds: 120.02,
          key: "drift.quantityMismatch(A)",
          severity: .critical,
          phase: .firing
        ),
        .init(
          seconds: 180.02,
          key: "drift.quantityMismatch(A)",
          severity: .critical,
          phase: .resolved
        ),
      ]
    )
    #expect(try bench.read(DriftMonitor.self) { $0.open }.isEmpty)
    #expect(bench.isConserved)
  }

  @Test(
    arguments: [(0.5, .info), (30, .warning), (1_000, .critical)] as [(Decimal, Severity)]
  )
  func `the tier becomes a severity`(gap: Decimal, severity: Severity) throws {
    let bench = try Self.bench()
    for second in [60.0, 120] { reports(1_000, 1_000 + gap, at: second, to: bench) }
    expectNoDifference(bench.takeAlerts().map(\.severity), [severity])
  }

  @Test func `a symbol with a fill on its way is left out`() throws {
    let bench = try Self.bench()
    for second in [60.0, 120] {
      bench.send(fill, at: second - 1)
      reports(100, 90, at: second, to: bench)
    }
    expectNoDifference(bench.takeAlerts(), [])
  }

  @Test func `reports too far apart are not compared`() throws {
    let bench = try Self.bench()
    for second in [60.0, 120, 180] {
      bench.send(report(.local, 100), at: second)
      bench.send(report(.broker, 90), at: second + 30)
    }
    expectNoDifference(bench.takeAlerts(), [])
  }

  @Test func `either book may report first`() throws {
    let bench = try Self.bench()
    for second in [60.0, 120] {
      bench.send(report(.broker, 90), at: second)
      bench.send(report(.local, 100), at: second + 1)
    }
    expectNoDifference(bench.takeAlerts().map(\.seconds), [121])
  }

  @Test(arguments: [false, true])
  func `a book that reports no more is told, and found again`(isEventTime: Bool) throws {
    let bench = try Self.bench(isEventTime: isEventTime, maximumAge: .seconds(100))
    reports(100, 100, at: 60, to: bench)
    for second in [90.0, 120, 150, 170] { bench.send(report(.local, 100), at: second) }
    reports(100, 100, at: 200, to: bench)
    bench.advance(to: 201)
    expectNoDifference(
      bench.takeAlerts(),
      [
        .init(seconds: 160.02, key: "drift.brokerQueryFailed", severity: .warning, phase: .firing),
        .init(
          seconds: 200.02,
          key: "drift.brokerQueryFailed",
          severity: .warning,
          phase: .resolved
        ),
      ]
    )
  }
}
