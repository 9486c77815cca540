import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct KeyedJoinProperties {
  typealias Moment = (Int64, JoinMoment)

  @Test(arguments: JoinKind.allCases) func `agrees with a list that is searched`(kind: JoinKind) {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let setting = JoinSetting(kind, &random)
      let moments = moments(setting, &random)
      let end = moments[39].0 + random.pick([0, 1, 30])
      let model = JoinModel(setting)
      model.run(moments, until: end)
      let bench = drive(setting, moments, until: end)
      let lines = bench.probe.happened.map { "\($0.instant.nanoseconds) \($0.text)" }
      expectNoDifference(lines, model.lines + ["\(end) |"], "seed \(seed)")
      expectNoDifference(bench.node("join")?.dropsByReason, model.drops, "seed \(seed)")
      expectNoDifference(bench.breaches(isDone: true), [], "seed \(seed)")
    }
  }

  @Test func `finite demand loses nothing and keeps the order`() {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let setting = JoinSetting(random.pick(JoinKind.allCases), &random)
      let moments = moments(setting, &random)
      let end = moments[39].0 + 3
      let asked = drive(setting, moments, until: end, demand: Int(seed % 5))
      let model = JoinModel(setting)
      model.run(moments, until: end)
      let values = model.lines.map { $0.split(separator: " ").dropFirst().joined() }
      expectNoDifference(asked.probe.happened.dropLast().map(\.text), values, "seed \(seed)")
      expectNoDifference(asked.breaches(isDone: true), [], "seed \(seed)")
    }
  }

  @Test func `a cancel at any moment leaves nothing held and no timer`() {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let setting = JoinSetting(random.pick(JoinKind.allCases), &random)
      let moments = moments(setting, &random)
      let bench = drive(setting, moments, until: moments[39].0 + 3, cancelAt: Int(seed % 40))
      expectNoDifference(bench.breaches(isDone: true), [], "seed \(seed)")
    }
  }

  func moments(_ setting: JoinSetting, _ random: inout RuleRandom) -> [Moment] {
    var number = 0.0
    return random.moments(40, around: [setting.within]) { random in
      number += 1
      let key = Int.random(in: 0..<3, using: &random)
      return JoinMoment(side: random.pick([0, 1]), value: KeyedReading(key: key, number: number))
    }
  }

  func drive(
    _ setting: JoinSetting,
    _ moments: [Moment],
    until end: Int64,
    demand: Int? = nil,
    cancelAt stop: Int? = nil
  ) -> Bench<KeyedReading, Joined<KeyedReading, KeyedReading>> {
    let bench = Bench<KeyedReading, Joined<KeyedReading, KeyedReading>>(
      inputs: 2,
      from: Instant(nanoseconds: moments[0].0 - 1),
      demand: demand,
      text: JoinModel.text
    ) {
      Join(
        $0[0],
        $0[1],
        within: .nanoseconds(setting.within),
        setting.kind,
        perKey: setting.perKey,
        total: setting.total
      )
    }
    for (index, (time, moment)) in moments.enumerated() {
      bench.at(Instant(nanoseconds: time)) {
        bench.feeds[moment.side].send(moment.value)
        if stop == index { bench.probe.cancel() }
        if demand != nil { bench.probe.ask(index % 3) }
      }
    }
    bench.at(Instant(nanoseconds: end)) { for feed in bench.feeds { feed.finish() } }
    bench.at(Instant(nanoseconds: end + 5)) { if demand != nil { bench.probe.ask(nil) } }
    return bench
  }
}

/// A value that comes on one side.
struct JoinMoment {
  var side: Int
  var value: KeyedReading
}

struct JoinSetting {
  var kind: JoinKind
  var within: Int64
  var perKey: Int
  var total: Int

  init(_ kind: JoinKind, _ random: inout RuleRandom) {
    self.kind = kind
    within = Int64.random(in: 0...12, using: &random)
    perKey = random.pick([1, 2, 99])
    total = random.pick([1, 3, 99])
  }
}

/// A join of two streams as one list of all that waits, searched from its beginning.
final class JoinModel {
  let setting: JoinSetting
  private(set) var lines: [String] = []
  private(set) var drops: [Reason: Int] = [:]
  private var waiting: [(Int64, JoinMoment)] = []

  init(_ setting: JoinSetting) { self.setting = setting }

  func run(_ moments: [(Int64, JoinMoment)], until end: Int64) {
    polled(moments, until: end) {
      giveUp(at: $0, all: false)
    } input: { time, moment in
      giveUp(at: time, all: false)
      take(moment, at: time)
      giveUp(at: time, all: false)
    }
    giveUp(at: end, all: true)
  }

  private func take(_ moment: JoinMoment, at time: Int64) {
    let partner = waiting.firstIndex {
      $0.1.side != moment.side && $0.1.value.key == moment.value.key
    }
    if let partner {
      let both = [waiting.remove(at: partner).1, moment].sorted { $0.side < $1.side }
      drops[.joined, default: 0] += 1
      lines.append("\(time) \(both[0].value.number)+\(both[1].value.number)")
      return
    }
    let own = waiting.indices.filter { waiting[$0].1.value.key == moment.value.key }
    if own.count >= setting.perKey { evict(own[0]) }
    if waiting.count >= setting.total { evict(0) }
    waiting.append((time, moment))
  }

  private func evict(_ index: Int) {
    waiting.remove(at: index)
    drops[.bufferFull, default: 0] += 1
  }

  private func giveUp(at time: Int64, all: Bool) {
    while let (came, moment) = waiting.first, all || came + setting.within <= time {
      waiting.removeFirst()
      let isAsked = setting.kind == .outer || setting.kind == (moment.side == 0 ? .left : .right)
      if isAsked {
        lines.append("\(time) \(moment.side):\(moment.value.number)")
      } else {
        drops[.unmatched, default: 0] += 1
      }
    }
  }

  static func text(_ joined: Joined<KeyedReading, KeyedReading>) -> String {
    switch joined {
    case .both(let first, let second): "\(first.number)+\(second.number)"
    case .first(let first): "0:\(first.number)"
    case .second(let second): "1:\(second.number)"
    }
  }
}
