import CustomDump
import Foundation
import Testing
import Tocsin
@testable import TocsinMonitors

/// The rule of the monitor, driven by hand.
struct SafetyDrive {
  var watch: SafetyWatch
  /// All that came out, in order.
  var told: [SafetyNews] = []
  /// What the control was told last.
  var commanded: SafetyMode?

  init(_ start: SafetyStart = .absent, _ settings: SafetySettings = SafetySettings()) {
    watch = SafetyWatch(settings)
    take(watch.started(from: start, at: at(0)))
    watch.wait(from: at(0))
  }

  mutating func take(_ news: SafetyNews) {
    told.append(news)
    for case .mode(let change) in news.commands { commanded = change.to }
  }

  mutating func send(_ input: SafetyInput, at now: Double) {
    pass(to: now)
    if let news = watch.receive(input, at: at(now)).output { take(news) }
  }

  mutating func send(_ command: SafetyCommand, at now: Double) { send(.command(command), at: now) }

  mutating func pass(to now: Double) {
    for due in watch.allDue(at: at(now)) { take(due.output) }
  }

  var changes: [SafetyChange] { told.flatMap(\.changes) }
  var states: [SafetyState] { told.flatMap(\.states) }
  var alerts: [String] { told.flatMap(\.alerts).map { "\($0.key) \($0.severity) \($0.phase)" } }
}

@Suite struct SafetyWatchTests {
  private let heartbeat = SafetyInput.event(.heartbeat(Heartbeat(source: "broker")))

  @Test func `the first start is active, says so, and commands nothing before it may begin`() {
    var drive = SafetyDrive()
    #expect(drive.alerts == ["safety.start info firing"])
    #expect(drive.commanded == nil)
    drive.send(.begin, at: 1)
    #expect(drive.commanded == .active)
    drive.send(.begin, at: 2)
    #expect(drive.told.flatMap(\.commands).count == 1)
  }

  @Test(arguments: [
    SafetyStart.unreadable("no such disk"),
    .saved(SavedSafety(revision: -1, killSwitch: KillSwitch(), breaker: .init(), isOpen: false)),
  ])
  func `a state that cannot be read starts halted, with the reason`(start: SafetyStart) {
    let drive = SafetyDrive(start)
    #expect(drive.commanded == .halted)
    #expect(drive.changes.map(\.cause.kind) == [.savedState])
    #expect(drive.changes[0].reason.hasPrefix("the saved state cannot be read: "))
    #expect(drive.alerts == ["safety.killSwitch critical firing"])
  }

  @Test func `a restart keeps the latch and its reason, and commands it at once`() {
    var drive = SafetyDrive()
    drive.send(.halt(by: "Ada", because: "news"), at: 5)
    let after = SafetyDrive(.saved(drive.watch.record(isOpen: false)))
    #expect(after.commanded == .halted)
    #expect(after.watch.state.lastChange == drive.watch.state.lastChange)
    #expect(after.changes.isEmpty)
  }

  @Test func `an orderly stop that was active goes on active, an unclean one halts`() {
    let drive = SafetyDrive()
    #expect(SafetyDrive(.saved(drive.watch.record(isOpen: false))).watch.state.mode == .active)
    let after = SafetyDrive(.saved(drive.watch.record(isOpen: true)))
    #expect(after.commanded == .halted)
    #expect(after.changes.map(\.cause.kind) == [.uncleanStop])
    var settings = SafetySettings()
    settings.afterUncleanStop = .active
    let trusting = SafetyDrive(.saved(drive.watch.record(isOpen: true)), settings)
    #expect(trusting.watch.state.mode == .active)
  }

  @Test func `missing data reduces, then halts, each at exactly its limit`() {
    var settings = SafetySettings()
    settings.required = [.heartbeats(of: "broker")]
    settings.link = nil
    var drive = SafetyDrive(.absent, settings)
    drive.send(heartbeat, at: 10)
    drive.send(heartbeat, at: 20)
    drive.pass(to: 109.999)
    #expect(drive.changes.isEmpty)
    drive.pass(to: 1_000)
    #expect(drive.changes.map(\.to) == [.reducing, .halted])
    #expect(drive.changes.map(\.instant) == [at(110), at(320)])
    #expect(drive.changes[0].reason == "heartbeats of broker missing for 90 s")
    drive.send(.reset(SafetyReset(by: "Ada", because: "looks fine")), at: 1_001)
    #expect(drive.watch.state.mode == .halted)
    drive.send(heartbeat, at: 1_002)
    #expect(drive.watch.state.mode == .halted)
    drive.send(.reset(SafetyReset(by: "Ada", because: "it is back")), at: 1_003)
    #expect(drive.watch.state.mode == .active)
    drive.pass(to: 1_092)
    #expect(drive.watch.state.mode == .reducing)
  }

  @Test func `data that never came is missing too, but not outside its hours`() {
    var settings = SafetySettings()
    settings.link = nil
    settings.required = [
      .ticks(from: "X", during: .sessions([at(1_000)..<at(2_000)])),
      RequiredData("prices", reduceAfter: nil, haltAfter: .seconds(5_000)),
    ]
    var drive = SafetyDrive(.absent, settings)
    drive.pass(to: 1_029.9)
    #expect(drive.changes.isEmpty)
    drive.send(.alive("prices"), at: 1_029.95)
    drive.pass(to: 1_500)
    #expect(drive.changes.map(\.instant) == [at(1_030), at(1_120)])
    drive.pass(to: 9_000)
    #expect(drive.changes.map(\.instant) == [at(1_030), at(1_120)])
  }

  @Test func `a report of a failed query is no sign of life`() {
    var settings = SafetySettings()
    settings.link = nil
    settings.required = [.positions(of: .broker, reduceAfter: nil, haltAfter: .seconds(60))]
    var drive = SafetyDrive(.absent, settings)
    let failed = PositionReport(book: .broker, positions: [], isComplete: false)
    for second in stride(from: 5.0, to: 100, by: 5) {
      drive.send(.event(.positions(failed)), at: second)
    }
    #expect(drive.changes.map(\.instant) == [at(60)])
  }

  @Test func `a critical difference of the books halts, a moderate one does not`() {
    var drive = SafetyDrive()
    var finding = DriftFinding(symbol: "AAPL", kind: .unknownPosition, tier: .moderate)
    drive.send(.drift(finding), at: 1)
    #expect(drive.watch.state.mode == .active)
    finding.tier = .critical
    drive.send(.drift(finding), at: 2)
    #expect(drive.changes.map(\.cause) == [SafetyCause(.drift, "AAPL unknownPosition")])
    #expect(drive.watch.state.mode == .halted)
    drive.send(.reset(SafetyReset(by: "Ada", because: "?")), at: 3)
    #expect(drive.watch.state.mode == .halted)
    finding.phase = .resolved
    drive.send(.drift(finding), at: 4)
    drive.send(.reset(SafetyReset(by: "Ada", because: "booked")), at: 5)
    #expect(drive.watch.state.mode == .active)
  }

  @Test func `a limit reduces, halts, and ends with hysteresis, and undefined says nothing`() {
    var settings = SafetySettings()
    settings.limits = [SafetyLimit("drawdown.daily", reduceAt: 0.05, haltAt: 0.1)]
    var drive = SafetyDrive(.absent, settings)
    func figure(_ number: Double?) -> SafetyCommand {
      .figure(SafetyFigure("drawdown.daily", number))
    }
    let numbers: [Double?] = [0.049, nil, .nan, 0.05, 0.2]
    for (second, number) in numbers.enumerated() {
      drive.send(figure(number), at: Double(second))
    }
    #expect(drive.changes.map(\.to) == [.reducing, .halted])
    #expect(drive.changes.map(\.instant) == [at(3), at(4)])
    #expect(drive.changes[1].reason == "drawdown.daily is 0.2 (limit 0.1)")
    let reset = SafetyCommand.reset(SafetyReset(by: "Ada", because: "r"))
    for number in [nil, 0.0451] {
      drive.send(figure(number), at: 10)
      drive.send(reset, at: 11)
      #expect(drive.watch.state.mode == .halted)
    }
    drive.send(figure(0.0449), at: 12)
    drive.send(reset, at: 13)
    #expect(drive.watch.state.mode == .active)
  }

  @Test func `an undefined figure halts where that is wanted`() {
    var settings = SafetySettings()
    settings.limits = [SafetyLimit("margin", haltAt: 0.9, whenUndefined: .halted)]
    var drive = SafetyDrive(.absent, settings)
    drive.send(.figure(SafetyFigure("other", nil)), at: 1)
    #expect(drive.changes.isEmpty)
    drive.send(.figure(SafetyFigure("margin", nil)), at: 2)
    #expect(drive.changes.map(\.reason) == ["margin is undefined"])
  }

  @Test func `a command that is not confirmed is given again and escalates until it is`() {
    var drive = SafetyDrive()
    drive.send(.halt(by: "Ada", because: "news"), at: 0)
    #expect(drive.watch.state.delivery == .commanded(attempts: 1))
    drive.send(.controlFailed(1, because: "no session"), at: 1)
    #expect(drive.watch.state.delivery == .failed(attempts: 1, reason: "no session"))
    drive.pass(to: 1.25)
    #expect(drive.watch.state.delivery == .commanded(attempts: 2))
    drive.pass(to: 6.25)
    #expect(
      drive.watch.state.delivery == .failed(attempts: 2, reason: "not confirmed within 5 s")
    )
    drive.pass(to: 6.75)
    #expect(drive.watch.state.delivery == .commanded(attempts: 3))
    drive.send(.confirm(0), at: 7)
    #expect(!drive.watch.state.delivery.isSettled)
    drive.send(.confirm(1), at: 7.5)
    #expect(drive.watch.state.delivery == .confirmed)
    drive.pass(to: 1_000)
    #expect(
      drive.alerts.filter { $0.hasPrefix("safety.control") } == [
        "safety.control critical firing", "safety.control critical firing",
        "safety.control critical resolved",
      ]
    )
    let commands = drive.told.flatMap(\.commands).count
    #expect(commands == 3)
  }

  @Test func `a halt that is never confirmed is given again for ever, at least every 35 s`() {
    var drive = SafetyDrive()
    drive.send(.halt(by: "Ada", because: "news"), at: 0)
    drive.pass(to: 3_600)
    let commands = drive.told.flatMap(\.commands).count
    #expect(commands > 3_600 / 36)
  }

  @Test(arguments: SafetyMode.allCases, BreakerState.allCases)
  func `the whole is as bad as its worst part`(mode: SafetyMode, breaker: BreakerState) {
    var state = SafetyDrive().watch.state
    state.link = nil
    (state.mode, state.breaker) = (mode, breaker)
    let expected: SafetyLevel =
      mode != .active ? .critical : breaker != .closed ? .degraded : .healthy
    #expect(state.overall == expected)
    if mode == .active {
      state.breaker = .closed
      state.use.isWholeDegraded = true
      #expect(state.overall == .degraded)
    }
  }

  @Test func `the link is waited for, announced, slow, lost and announced again`() {
    var drive = SafetyDrive()
    func beat(_ latency: Double) -> SafetyInput {
      .event(.heartbeat(Heartbeat(source: "broker", latency: .seconds(latency))))
    }
    #expect(drive.watch.state.link?.status == .waiting)
    #expect(drive.watch.state.overall == .degraded)
    for second in 1...3 { drive.send(beat(0.1), at: Double(second)) }
    for second in 4...6 { drive.send(beat(2), at: Double(second)) }
    drive.pass(to: 95.9)
    drive.pass(to: 96)
    drive.send(beat(0.1), at: 97)
    #expect(
      drive.states.map(\.link?.status)
        == [.waiting, .connected, .degraded, .disconnected, .degraded]
    )
    #expect(drive.states.map(\.instant) == [at(0), at(1), at(6), at(96), at(97)])
    #expect(drive.watch.current(at: at(97)).link?.latency == .seconds(0.1))
  }

  @Test func `order events reach the breaker, whose change commands, tells and is saved`() {
    var settings = SafetySettings()
    settings.breaker.rejections = 2
    settings.link = nil
    var drive = SafetyDrive(.absent, settings)
    for (second, id) in [(1.0, "a"), (2.0, "b")] {
      let kind = OrderEvent.Kind.rejected(reason: "margin")
      drive.send(.event(.order(OrderEvent(order: id, symbol: "X", kind: kind))), at: second)
    }
    let news = drive.told.last
    #expect(news?.breakerChanges.map(\.to) == [.open])
    #expect(news?.commands == news?.breakerChanges.map(SafetyNews.Command.breaker))
    #expect(news?.record?.breaker.state == .open)
    #expect(drive.watch.state.overall == .degraded)
    let after = SafetyDrive(.saved(drive.watch.record(isOpen: false)), settings)
    #expect(after.watch.state.breaker == .open)
    #expect(after.watch.nextDeadline <= at(32))
  }

  @Test func `a store that fails degrades, alerts, and is announced when it works again`() {
    var drive = SafetyDrive()
    drive.send(.storeFailed(nil), at: 1)
    drive.send(.storeFailed("disk full"), at: 2)
    #expect(drive.watch.state.storeFailure == "disk full")
    drive.send(.storeFailed(nil), at: 3)
    #expect(
      drive.alerts == [
        "safety.start info firing", "safety.store error firing", "safety.store error resolved",
      ]
    )
  }
}
