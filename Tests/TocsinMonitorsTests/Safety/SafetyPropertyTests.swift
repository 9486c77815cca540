import Testing
import Tocsin
@testable import TocsinMonitors

@Suite struct SafetyPropertyTests {
  /// As `#expect`, without its price when all is well: it is asked a million times.
  private func holds(_ isTrue: Bool, _ words: @autoclosure () -> String) {
    if !isTrue { Issue.record("\(words())") }
  }

  private static func settings() -> SafetySettings {
    var settings = SafetySettings()
    settings.required = [
      .heartbeats(of: "broker", reduceAfter: .seconds(20), haltAfter: .seconds(60))
    ]
    settings.limits = [SafetyLimit("drawdown", reduceAt: 0.05, haltAt: 0.1)]
    settings.breaker.consecutiveFailures = 2
    settings.breaker.consecutiveLosses = 3
    return settings
  }

  private static func input(_ random: inout MonitorRandom, sequence: Int) -> SafetyInput {
    let person = ["Ada", "", "Bob"][random.below(3)]
    let mode = SafetyMode.allCases[random.below(3)]
    switch random.below(14) {
    case 0: return .command(.begin)
    case 1: return .command(.halt(by: person, because: "h"))
    case 2, 3:
      let reset = SafetyReset(
        to: mode,
        by: person,
        because: "r",
        isForced: random.below(3) == 0
      )
      return .command(.reset(reset))
    case 4, 5: return .command(.figure(SafetyFigure("drawdown", Double(random.below(15)) / 100)))
    case 6: return .command(.figure(SafetyFigure("drawdown", nil)))
    case 7:
      return .drift(
        DriftFinding(
          symbol: ["A", "B"][random.below(2)],
          kind: .ghostPosition,
          tier: DriftTier.allCases[random.below(3)],
          phase: random.below(2) == 0 ? .firing : .resolved
        )
      )
    case 8, 9: return .event(.heartbeat(Heartbeat(source: "broker")))
    case 10: return .command(.confirm(random.below(sequence + 2)))
    case 11: return .command(.controlFailed(random.below(sequence + 2), because: "f"))
    case 12:
      let inputs: [BreakerInput] = [.failure("f"), .loss, .attempt, .success]
      return .command(.breaker(inputs[random.below(4)]))
    default:
      let cause = SafetyCause(random.below(2) == 0 ? .condition : .program, "c")
      return .command(.demand(SafetyDemand(mode, cause, because: "d")))
    }
  }

  private static func isReset(_ input: SafetyInput) -> Bool {
    if case .command(.reset) = input { true } else { false }
  }

  /// What must hold of everything that one input, or the passing of time, brought about.
  private func check(
    _ news: ArraySlice<SafetyNews>,
    _ mode: inout SafetyMode,
    _ last: inout Int,
    isReset: Bool,
    _ seed: Int
  ) {
    for item in news {
      for change in item.changes {
        holds(change.from == mode, "seed \(seed)")
        holds(change.isStricter || isReset, "less strict without a reset, seed \(seed)")
        holds(change.sequence == last + 1, "seed \(seed)")
        holds(item.record != nil, "a change that is not saved, seed \(seed)")
        (mode, last) = (change.to, change.sequence)
        if change.isStricter {
          holds(item.commands.contains(.mode(change)), "not commanded, seed \(seed)")
        }
      }
      holds(item.states.last.map { $0.mode == mode } ?? true, "seed \(seed)")
    }
  }

  @Test func `by itself it only becomes stricter, and what is commanded is never laxer`() {
    for seed in 0..<400 {
      var random = MonitorRandom(seed: seed)
      var drive = SafetyDrive(.absent, Self.settings())
      var (now, mode, last) = (0.0, SafetyMode.active, 0)
      for _ in 0..<150 {
        now += Double(random.below(9))
        var seen = drive.told.count
        drive.pass(to: now)
        check(drive.told[seen...], &mode, &last, isReset: false, seed)
        let input = Self.input(&random, sequence: last)
        seen = drive.told.count
        drive.send(input, at: now)
        check(drive.told[seen...], &mode, &last, isReset: Self.isReset(input), seed)
        holds(drive.watch.state.mode == mode, "seed \(seed)")
        if let commanded = drive.commanded { holds(commanded >= mode, "seed \(seed)") }
        if mode.isEngaged { holds(drive.commanded != .active, "seed \(seed)") }
      }
    }
  }

  @Test func `a restart at any point, orderly or not, saved in time or not, keeps the latch`() {
    for seed in 0..<150 {
      var random = MonitorRandom(seed: seed)
      var drive = SafetyDrive(.absent, Self.settings())
      var saved = drive.watch.record(isOpen: true)
      var (now, sequence) = (0.0, 0)
      for _ in 0..<60 {
        now += Double(random.below(9))
        drive.send(Self.input(&random, sequence: sequence), at: now)
        sequence = drive.watch.killSwitch.sequence
        // The disk is some changes behind.
        if random.below(4) == 0 { saved = drive.watch.record(isOpen: true) }
        let mode = drive.watch.state.mode
        let crashed = SafetyDrive(.saved(saved), Self.settings())
        holds(crashed.watch.state.mode >= mode, "seed \(seed)")
        holds(!mode.isEngaged || crashed.commanded.map { $0 >= mode } == true, "seed \(seed)")
        let stopped = SafetyDrive(.saved(drive.watch.record(isOpen: false)), Self.settings())
        holds(stopped.watch.state.mode == mode, "seed \(seed)")
        holds(stopped.watch.state.lastChange == drive.watch.state.lastChange, "seed \(seed)")
        holds(!mode.isEngaged || stopped.commanded == mode, "seed \(seed)")
      }
    }
  }
}
