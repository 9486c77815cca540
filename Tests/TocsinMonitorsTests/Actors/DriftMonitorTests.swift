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

/// A gateway on the lane of the monitor, with both books at hand.
private final class DeskGateway {
  var local: Decimal
  let broker: Decimal
  var isObedient: Bool

  init(local: Decimal, broker: Decimal, isObedient: Bool) {
    (self.local, self.broker, self.isObedient) = (local, broker, isObedient)
  }

  func answer(_ request: BookRequest) -> TradingEvent {
    guard request.topic == .positions else {
      return .orders(OrderReport(book: request.book, orders: []))
    }
    let quantity = request.book == .local ? local : broker
    let position = Position(symbol: "A", quantity: quantity, averagePrice: 1)
    return .positions(PositionReport(book: request.book, positions: [position]))
  }

  func carryOut(_ proposal: ReconciliationProposal) -> ProposalOutcome? {
    guard proposal.withdrawal == nil else { return nil }
    if isObedient { local = proposal.to?.quantity ?? 0 }
    return ProposalOutcome(proposal.id, .applied)
  }
}

@Suite struct DriftGatewayTests {
  private func bench(
    isEventTime: Bool = false,
    answers: Bool = true,
    isObedient: Bool = true,
    restoring state: DriftState? = nil
  ) throws -> MonitorBench {
    try MonitorBench(isEventTime: isEventTime) { lane, market in
      let drift = DriftMonitor(on: lane, watching: market, restoring: state)
      let gateway = DeskGateway(local: 1_000, broker: 1_001, isObedient: isObedient)
      _ = Tap(drift.requests).each { if answers { market.send(gateway.answer($0)) } }
      _ = Tap(drift.proposals).each {
        if let outcome = gateway.carryOut($0) { drift.outcomes.send(outcome) }
      }
      return Merge(Tap(drift.findings).alert { $0.alert }, Tap(Outlet<Alert>("none")))
    }
  }

  private func words(_ alerts: [MonitorBench.Routed]) -> [String] {
    alerts.map { "\($0.seconds) \($0.key) \($0.severity) \($0.phase)" }
  }

  @Test(arguments: [false, true])
  func `it asks, tells, proposes, and sees that the books agree again`(isEventTime: Bool) throws {
    let bench = try bench(isEventTime: isEventTime)
    bench.send(.heartbeat(Heartbeat(source: "broker")), at: 0)
    bench.advance(to: 100)
    expectNoDifference(
      words(bench.takeAlerts()),
      [
        "6.0 drift.quantityMismatch(A) info firing",
        "11.0 drift.quantityMismatch(A) info resolved",
      ]
    )
    #expect(try bench.read(DriftMonitor.self) { $0.openProposals }.isEmpty)
    #expect(try bench.read(DriftMonitor.self) { $0.history.count } == 2)
    #expect(bench.isConserved)
  }

  @Test func `questions without an answer are failed queries`() throws {
    let bench = try bench(answers: false)
    bench.advance(to: 12)
    expectNoDifference(
      words(bench.takeAlerts()).sorted(),
      [
        "11.0 drift.brokerQueryFailed warning firing",
        "11.0 drift.brokerQueryFailed(orders) warning firing",
        "11.0 drift.localQueryFailed warning firing",
        "11.0 drift.localQueryFailed(orders) warning firing",
      ]
    )
  }

  @Test func `a gateway that says done and does nothing ends in a critical latch`() throws {
    let bench = try bench(isObedient: false)
    bench.advance(to: 600)
    expectNoDifference(
      bench.takeAlerts().map { "\($0.key) \($0.severity)" },
      ["drift.quantityMismatch(A) info", "drift.notConverging(positions A) critical"]
    )
    #expect(try bench.read(DriftMonitor.self) { $0.worst } == .critical)
    let commands = try bench.graph.first(DriftMonitor.self).commands
    commands.send(.reset(DriftItem(.positions, "A")))
    bench.advance(to: 601)
    expectNoDifference(bench.takeAlerts().map(\.phase), [.resolved])
  }

  @Test func `people flag and clear, and a restart remembers`() throws {
    let first = try bench(isObedient: false)
    let item = DriftItem(.positions, "A")
    first.advance(to: 20)
    try first.graph.first(DriftMonitor.self).commands.send(.flag(item, note: "mine"))
    first.advance(to: 21)
    #expect(try first.read(DriftMonitor.self) { $0.flags.map(\.note) } == ["mine"])
    #expect(try first.read(DriftMonitor.self) { $0.openProposals }.isEmpty)
    let state = try first.read(DriftMonitor.self) { $0.state }
    let next = try bench(restoring: state)
    next.advance(to: 300)
    expectNoDifference(words(next.takeAlerts()), [])
    #expect(try next.read(DriftMonitor.self) { $0.open.map(\.kind) } == [.quantityMismatch])
    try next.graph.first(DriftMonitor.self).commands.send(.clear(item))
    next.advance(to: 400)
    expectNoDifference(next.takeAlerts().map(\.phase), [.resolved])
  }
}
