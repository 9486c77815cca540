import CustomDump
import Testing

@testable import Tocsin

/// A number of a key, for operators that look at keys.
struct NumberOfKey: KeyedEvent, Hashable, Codable, Sendable, CustomStringConvertible {
  var key: Int
  var number: Int

  var description: String { "\(key):\(number)" }
}

/// A small alert of one of several keys: `2:warning*3.resolved`.
struct KeyedAlert: Alerting, Hashable, Codable, CustomStringConvertible {
  var key: Int
  var alert: RuleAlert

  init(_ key: Int, _ alert: RuleAlert) { (self.key, self.alert) = (key, alert) }

  var severity: Severity {
    get { alert.severity }
    set { alert.severity = newValue }
  }
  var phase: Phase { alert.phase }
  var occurrences: Int {
    get { alert.occurrences }
    set { alert.occurrences = newValue }
  }
  var description: String { "\(key):\(alert)" }
}

extension RuleRandom {
  mutating func numberOfKey() -> NumberOfKey {
    NumberOfKey(key: pick([1, 1, 2, 3]), number: Int.random(in: 0..<4, using: &self))
  }

  mutating func keyedAlert() -> KeyedAlert {
    var alert = alert()
    if alert.phase == .firing { alert.phase = pick([.firing, .firing, .resolved]) }
    return KeyedAlert(pick([1, 1, 2, 3]), alert)
  }
}

/// Compares a rule with its operator over many random time lines.
func expectTwins<R: TimedRule, Chain: FlowPublisher>(
  keeps: Bool = true,
  seeds: Range<UInt64> = 0..<200,
  input: (inout RuleRandom) -> R.Input,
  _ make: (inout RuleRandom, _ long: Duration, _ short: Duration) -> (
    R, ([Tap<Feed<R.Input>>]) -> Tap<Chain>
  )
) {
  for seed in seeds {
    var random = RuleRandom(seed: seed)
    let long = Int64.random(in: 4...20, using: &random)
    let short = Int64.random(in: 1...6, using: &random)
    let (rule, build) = make(&random, .nanoseconds(long), .nanoseconds(short))
    let moments = random.moments(30, around: [long, short], input)
    let end = moments[29].0 + random.pick([0, 1, long, 50])
    RuleTwin(rule: rule, moments: moments, end: end, seed: seed, keeps: keeps).expectSame(build)
  }
}

/// Checks that a keyed operator gives for each key what it gives for the values of that key alone.
func expectKeysAlone<Input: KeyedEvent, Chain: FlowPublisher>(
  seeds: Range<UInt64> = 0..<200,
  input: (inout RuleRandom) -> Input,
  _ build: ([Tap<Feed<Input>>]) -> Tap<Chain>
) where Input.Key == Int {
  for seed in seeds {
    var random = RuleRandom(seed: seed)
    let moments = random.moments(40, around: [9, 4], input)
    let end = moments[39].0 + 30
    let all = outcome(moments, end, build)
    for key in 1...3 {
      let alone = outcome(moments.filter { $0.1.key == key }, end, build)
      expectNoDifference(all.filter { $0.contains(" \(key):") }, alone, "key \(key), seed \(seed)")
    }
  }
}

/// What an operator gives, one line each: `instant value`.
func outcome<Input, Chain: FlowPublisher>(
  _ moments: [(Int64, Input)],
  _ end: Int64,
  _ build: ([Tap<Feed<Input>>]) -> Tap<Chain>
) -> [String] {
  let bench = Bench<Input, Chain.Output>(
    from: Instant(nanoseconds: -1_000),
    text: { ($0 as? any RuleText)?.text ?? "\($0)" },
    build
  )
  for (time, input) in moments {
    bench.at(Instant(nanoseconds: time)) { bench.feeds[0].send(input) }
  }
  bench.at(Instant(nanoseconds: end)) { bench.feeds[0].finish() }
  expectNoDifference(bench.breaches(isDone: true), [])
  return bench.probe.happened.dropLast().map { "\($0.instant.nanoseconds) \($0.text)" }
}
