import CustomDump
import Testing

@testable import Tocsin

/// What comes of one key does not depend on what comes of another.
@Suite struct KeyIndependenceTests {
  typealias Build = ([Tap<Feed<MarkedAlert>>]) -> Tap<Erased<String>>

  static var chains: [(name: String, build: Build)] {
    [
      ("debounce", { $0[0].debounce(.seconds(3), maxWait: .seconds(5)).marks }),
      (
        "hold",
        { $0[0].hold(for: .seconds(2), keepFiring: .seconds(2)) { $0.severity > .info }.keys }
      ),
      (
        "absence",
        {
          $0[0].absence(of: .seconds(3)).compactMap(to: String.self) { $0.last?.description }
            .asErased
        }
      ),
      ("cooldown", { $0[0].cooldown(.seconds(3)).marks }),
      ("repeats", { $0[0].escalate(.repeats(3, within: .seconds(6))).marks }),
      ("lasting", { $0[0].escalate(after: .seconds(4)).marks }),
      (
        "unacknowledged",
        {
          $0[0].escalate(
            .unacknowledged(after: .seconds(2)),
            acknowledgements: Outlet<Int>("keys")
          ).marks
        }
      ),
      (
        "keyed",
        {
          $0[0].keyed(by: \.key, to: MarkedAlert.self, idle: .seconds(5)) {
            $0.cooldown(.seconds(2)).debounce(.seconds(2))
          }.marks
        }
      ),
    ]
  }

  @Test(arguments: 0..<8) func `two keys do not influence each other`(index: Int) {
    for seed in 0..<200 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let letters: [Character] = (0..<30).map { _ in random.pick(Array("iwecrIWECR----")) }
      let both = run(letters, Self.chains[index].build)
      let alone = [
        run(letters.map { $0.isUppercase ? "-" : $0 }, Self.chains[index].build),
        run(letters.map { $0.isLowercase ? "-" : $0 }, Self.chains[index].build),
      ]
      for (own, isUpper) in zip(alone, [false, true]) {
        let mine = both.filter {
          ($0.last { $0.isLetter && $0 != "r" }?.isUppercase == true) == isUpper
        }
        expectNoDifference(mine, own, "\(Self.chains[index].name), seed \(seed)")
      }
    }
  }

  @Test func `each key gives what a rule of its own gives`() {
    for seed in 0..<200 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(40, around: [3, 7]) { $0.numberOfKey() }
      let time = Duration.nanoseconds(5)
      expectOwn(RateLimit(1, per: time, .queue(limit: 9)), moments, "queue, seed \(seed)")
      expectOwn(Debounce(time), moments, "debounce, seed \(seed)")
      expectOwn(Throttle(1, per: time, trailing: true), moments, "throttle, seed \(seed)")
    }
  }

  private func expectOwn<R: TimedRule>(
    _ rule: R,
    _ moments: [(Int64, NumberOfKey)],
    _ comment: String
  ) where R.Input == NumberOfKey, R.Output == NumberOfKey {
    let end = moments[39].0 + 2
    let all = RuleRun.over(ByEventKey(rule), moments, until: end).lines
    for key in 1...3 {
      let own = RuleRun.over(rule, moments.filter { $0.1.key == key }, until: end).lines
      expectNoDifference(all.filter { $0.contains(" \(key):") }, own, "key \(key), \(comment)")
    }
  }

  private func run(_ letters: [Character], _ build: Build) -> [String] {
    let bench = Bench<MarkedAlert, String>(build)
    for (tick, letter) in letters.enumerated() where letter != "-" {
      bench.at(second: tick) { bench.feeds[0].send(MarkedAlert(letter)) }
    }
    bench.at(second: 60) { bench.feeds[0].finish() }
    expectNoDifference(bench.breaches(isDone: true), [])
    return bench.probe.happened.dropLast().map { "\($0.instant.milliseconds) \($0.text)" }
  }
}

extension Tap where Upstream.Output == MarkedAlert {
  fileprivate var marks: Tap<Erased<String>> { map(to: String.self) { $0.description }.asErased }
}

extension Tap where Upstream.Output == Signal<MarkedAlert> {
  fileprivate var keys: Tap<Erased<String>> {
    map(to: String.self) { "\($0.phase.rawValue) \($0.value)" }.asErased
  }
}
