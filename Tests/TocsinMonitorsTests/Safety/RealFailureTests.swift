import Synchronization
import Testing
import Tocsin
@testable import TocsinMonitors

/// The three ways in which kill switches of others failed, planted.
@Suite struct RealFailureTests {
  @Test func `a notifier that fails or never returns does not keep the halt back`() throws {
    // Hummingbot's kill switch notifies before it shuts down (#2534): an exception there, and it
    // went on placing orders.
    let log = SafetyLog()
    let world = Timeline.virtual()
    let pager = Outlet<Alert>("pager")
    let desk = MonitorGraph("desk") { lane in
      let safety = SafetyMonitor(on: lane, from: .absent, control: log)
      Tap(safety.alerts).route { Otherwise { pager } }
    }
    let running = try desk.start(on: world.lane("desk"), in: world)
    let values = pager.values(on: world.lane("pager"), overflow: .suspend(1))
    world.spawn("stuck notifier") {
      for await _ in values { try? await world.clock.sleep(for: .days(365)) }
    }
    let safety = try running.first(SafetyMonitor.self)
    safety.commands.send(.begin)
    world.settle()
    for _ in 0..<100 {
      safety.halt(by: "risk", because: "loss")
      safety.reset(SafetyReset(by: "Ada", because: "test"))
    }
    safety.halt(by: "risk", because: "loss")
    world.settle()
    #expect(log.all.filter { $0.hasPrefix("command halted") }.count == 101)
    #expect(!log.isTrading)
  }

  @Test func `a venue that is down makes it stricter, not blind`() {
    // Hummingbot's profitability is 0 while a market is not ready, so its switch sees no loss.
    var settings = SafetySettings()
    settings.required = [.performance(reduceAfter: .seconds(60), haltAfter: .seconds(300))]
    settings.limits = [SafetyLimit(SafetyFigure.totalDrawdown, haltAt: 0.2)]
    var drive = SafetyDrive(.absent, settings)
    drive.send(.begin, at: 0)
    let losing = PerformanceSnapshot.made(PerformanceKey(.live), total: -0.19, losses: 0)
    drive.send(.performance(SafetyFigures(losing)), at: 10)
    // The venue is down: no snapshot comes any more, and nothing else says zero.
    drive.send(.figure(SafetyFigure(SafetyFigure.totalDrawdown, nil)), at: 20)
    #expect(drive.commanded == .active)
    drive.pass(to: 70)
    #expect(drive.commanded == .reducing)
    drive.pass(to: 310)
    #expect(drive.commanded == .halted)
    #expect(drive.changes.map(\.cause.kind) == [.missingData, .missingData])
  }

  @Test func `it does not re-arm itself from a lower base`() {
    // LEAN's MaximumDrawdownPercentPortfolio forgets its peak after the breach: the next rebalance
    // buys again.
    var settings = SafetySettings()
    settings.limits = [SafetyLimit(SafetyFigure.totalDrawdown, haltAt: 0.2)]
    var drive = SafetyDrive(.absent, settings)
    drive.send(.begin, at: 0)
    func performance(_ drawdown: Double) -> SafetyInput {
      .performance(SafetyFigures(.made(PerformanceKey(.live), total: drawdown, losses: 0)))
    }
    drive.send(performance(-0.25), at: 1)
    #expect(drive.commanded == .halted)
    for second in 2..<1_000 {
      drive.send(performance(0), at: Double(second))
      #expect(drive.commanded == .halted)
    }
    drive.send(.reset(SafetyReset(by: "Ada", because: "reviewed")), at: 1_000)
    #expect(drive.commanded == .active)
    drive.send(performance(-0.25), at: 1_001)
    #expect(drive.commanded == .halted)
  }
}

extension PerformanceSnapshot {
  /// A snapshot with a drawdown from the peak and a row of losses.
  static func made(_ key: PerformanceKey, total: Double?, losses: Int) -> PerformanceSnapshot {
    var snapshot = PerformanceSnapshot(key)
    snapshot.trades.streak.losses = losses
    var equity = EquityPerformance()
    let convention = Convention(series: .marks, base: .peak)
    equity.drawdown.current = PerformanceFigure(
      total.map { .value($0) } ?? .undefined(.noData),
      convention
    )
    snapshot.equity = equity
    return snapshot
  }
}
