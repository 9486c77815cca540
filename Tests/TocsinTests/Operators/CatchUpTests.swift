import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// Operators behind feeds whose events are ahead of the watermark: no timer fires there, so each
/// does what is due before it takes a value.
@Suite struct CatchUpTests {
  typealias Pairs = Joined<DatedReading, DatedReading>

  @Test(arguments: JoinKind.allCases) func `a keyed join agrees with its list`(kind: JoinKind) {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let setting = JoinSetting(kind, &random)
      let moments = KeyedJoinProperties().moments(setting, &random)
      let model = JoinModel(setting)
      model.run(moments, until: moments[39].0)
      let bench = joinBench(setting)
      for (time, moment) in moments { bench.send(moment.value, at: time, to: moment.side) }
      bench.finish()
      let lines = bench.probe.happened.map { "\($0.instant.nanoseconds) \($0.text)" }
      expectNoDifference(lines, model.lines + ["\(moments[39].0) |"], "seed \(seed)")
      expectNoDifference(bench.node("join").dropsByReason, model.drops, "seed \(seed)")
      expectNoDifference(bench.breaches, [], "seed \(seed)")
    }
  }

  @Test func `what goes on alone in a keyed join has its own stamp, what came has its own too`() {
    let bench = joinBench(JoinSetting(.left, within: 5))
    var stamps: [Stamp] = []
    bench.probe.onValue = { _ in stamps.append(bench.lane.local.stamp) }
    bench.send(KeyedReading(key: 1, number: 1), at: 0, to: 0)
    bench.send(KeyedReading(key: 2, number: 2), at: 2, to: 0)
    bench.send(KeyedReading(key: 2, number: 3), at: 6, to: 1)
    expectNoDifference(bench.probe.happened.map(\.text), ["0:1.0", "2.0+3.0"])
    expectNoDifference(stamps.map(\.ingested.nanoseconds), [0, 6])
    expectNoDifference(stamps.map(\.sent.nanoseconds), [5, 6])
  }

  @Test func `the value that finds a keyed join over found no partner`() {
    let bench = joinBench(JoinSetting(.left, within: 5))
    bench.send(KeyedReading(key: 1, number: 1), at: 0, to: 0)
    bench.feeds[0].finish()
    bench.send(KeyedReading(key: 1, number: 2), at: 8, to: 1)
    let lines = bench.probe.happened.map { "\($0.instant.nanoseconds) \($0.text)" }
    expectNoDifference(lines, ["5 0:1.0", "5 |"])
    expectNoDifference(bench.node("join").dropsByReason, [.unmatched: 1])
    expectNoDifference(bench.breaches, [])
  }

  @Test func `a keyed join that is over keeps nothing but what was not asked for yet`() {
    let bench = joinBench(JoinSetting(.left, within: 5), demand: 0)
    bench.send(KeyedReading(key: 1, number: 1), at: 0, to: 0)
    bench.feeds[0].finish()
    bench.send(KeyedReading(key: 1, number: 2), at: 8, to: 1)
    expectNoDifference(bench.node("join").held, 1)
    expectNoDifference(bench.node("join").dropsByReason, [.unmatched: 1])
    bench.probe.ask(nil)
    expectNoDifference(bench.probe.happened.map(\.text), ["0:1.0", "|"])
    expectNoDifference(bench.breaches, [])
  }

  @Test func `a subscriber that cancels a keyed join meanwhile loses the value that came`() {
    let bench = joinBench(JoinSetting(.outer, within: 5))
    bench.probe.onValue = { _ in bench.probe.cancel() }
    bench.send(KeyedReading(key: 1, number: 1), at: 0, to: 0)
    bench.send(KeyedReading(key: 2, number: 2), at: 8, to: 1)
    expectNoDifference(bench.node("join").dropsByReason, [.cancelled: 1])
    expectNoDifference(bench.breaches, [])
  }

  @Test func `what is due at the instant of a value or before comes first, at its own instant`() {
    let bench = EventBench<DatedReading, DatedReading>(instant: \.at) {
      $0[0].debounce(asOne: .nanoseconds(5))
    } text: {
      "\($0.number)"
    }
    for (number, time) in [(1, 0), (2, 5), (3, 14), (4, 16)] as [(Double, Int64)] {
      bench.send(KeyedReading(key: 1, number: number), at: time, to: 0)
    }
    bench.finish()
    let lines = bench.probe.happened.map { "\($0.instant.nanoseconds) \($0.text)" }
    expectNoDifference(lines, ["5 1.0", "10 2.0", "16 4.0", "16 |"])
    expectNoDifference(bench.breaches, [])
  }

  @Test func `a subscriber that cancels a rule meanwhile loses the value that came`() {
    let bench = EventBench<DatedReading, DatedReading>(instant: \.at) {
      $0[0].debounce(asOne: .nanoseconds(5))
    } text: {
      "\($0.number)"
    }
    bench.probe.onValue = { _ in bench.probe.cancel() }
    bench.send(KeyedReading(key: 1, number: 1), at: 0, to: 0)
    bench.send(KeyedReading(key: 1, number: 2), at: 8, to: 0)
    expectNoDifference(bench.probe.happened.map(\.text), ["1.0"])
    expectNoDifference(bench.node("debounce").dropsByReason, [.cancelled: 1])
    expectNoDifference(bench.breaches, [])
  }

  func joinBench(
    _ setting: JoinSetting,
    demand: Int? = nil
  ) -> EventBench<DatedReading, Pairs> {
    EventBench(inputs: 2, instant: \.at, demand: demand) {
      Join(
        $0[0],
        $0[1],
        within: .nanoseconds(setting.within),
        setting.kind,
        perKey: setting.perKey,
        total: setting.total
      )
    } text: {
      JoinModel.text($0.readings)
    }
  }
}

extension Joined where First == DatedReading, Second == DatedReading {
  fileprivate var readings: Joined<KeyedReading, KeyedReading> {
    switch self {
    case .both(let first, let second): .both(first.reading, second.reading)
    case .first(let first): .first(first.reading)
    case .second(let second): .second(second.reading)
    }
  }
}

extension JoinSetting {
  fileprivate init(_ kind: JoinKind, within: Int64) {
    self.kind = kind
    self.within = within
    (perKey, total) = (99, 99)
  }
}
