import CustomDump
import Testing

@testable import Tocsin

/// Durations that stand for "never": every operator takes them.
@Suite struct LongDurationTests {
  typealias Build = (Duration, [Tap<Feed<MarkedAlert>>]) -> Tap<Erased<String>>

  static let durations: [Duration] = [
    .days(36_500), .days(200 * 365), .nanoseconds(Int64.max), .seconds(Int64.max), .zero,
    .seconds(Int64.min),
  ]

  static var waits: [(name: String, build: Build)] {
    [
      ("debounce", { $1[0].debounce($0, maxWait: $0).nameless }),
      ("debounce as one", { $1[0].debounce(asOne: $0, maxWait: $0).nameless }),
      ("hold", { time, taps in taps[0].hold(for: time, keepFiring: time, isBad).nameless }),
      ("hold as one", { $1[0].hold(asOneFor: $0, keepFiring: $0, isBad).nameless }),
      ("absence", { $1[0].absence(of: $0).nameless }),
      ("absence as one", { $1[0].absence(asOneOf: $0).nameless }),
      ("window", { $1[0].window($0, into: 0) { _, _ in }.nameless }),
      ("sliding window", { $1[0].window(sliding: $0, every: $0).nameless }),
      ("hysteresis", { $1[0].hysteresis(.above(2, leave: 1), for: $0, badness).nameless }),
      (
        "hysteresis as one",
        { $1[0].hysteresis(asOne: .above(2, leave: 1), for: $0, badness).nameless }
      ),
      ("rateOfChange", { $1[0].rateOfChange(over: $0, badness).nameless }),
      ("sequence", { $1[0].sequence(first: isBad, then: isBad, within: $0).nameless }),
      ("notFollowed", { $1[0].notFollowed(first: isBad, by: isBad, within: $0).nameless }),
      ("sequence as one", { $1[0].sequence(asOneFirst: isBad, then: isBad, within: $0).nameless }),
      ("join", { Join($1[0], $1[1], within: $0, .outer).nameless }),
      (
        "keyed",
        { time, taps in
          taps[0].keyed(by: \.key, to: MarkedAlert.self, idle: max(time, .seconds(1))) {
            $0.debounce(asOne: time)
          }.nameless
        }
      ),
    ]
  }

  static var limits: [(name: String, build: Build)] {
    [
      ("cooldown", { $1[0].cooldown($0).nameless }),
      ("repeats", { $1[0].escalate(.repeats(2, within: $0)).nameless }),
      ("lasting", { $1[0].escalate(after: $0).nameless }),
      (
        "unacknowledged",
        {
          $1[0].escalate(.unacknowledged(after: $0), acknowledgements: Outlet<Int>("keys"))
            .nameless
        }
      ),
      ("deescalate", { $1[0].deescalate(after: $0, to: .info).nameless }),
      ("resolve", { $1[0].resolve(after: $0).nameless }),
      ("flapping", { $1[0].flapping(enter: 3, leave: 1, within: $0, settled: $0).nameless }),
      ("deduplicate", { $1[0].deduplicate(within: $0).nameless }),
      ("deduplicate as one", { $1[0].deduplicate(asOneWithin: $0).nameless }),
      ("throttle", { $1[0].throttle(2, per: $0, trailing: true).nameless }),
      ("throttle as one", { $1[0].throttle(asOne: 2, per: $0, trailing: true).nameless }),
      ("rateLimit", { $1[0].rateLimit(2, per: $0, burst: 3, .queue(limit: 9)).nameless }),
      ("rateLimit as one", { $1[0].rateLimit(asOne: 2, per: $0, burst: 3).nameless }),
      ("rollup", { $1[0].rollup(per: $0).nameless }),
      ("rollup as one", { $1[0].rollup(asOne: 2, per: $0).nameless }),
      ("sample", { $1[0].sample(every: max($0, .seconds(1))).nameless }),
      ("sample as one", { $1[0].sample(asOneEvery: max($0, .seconds(1))).nameless }),
    ]
  }

  private static func isBad(_ alert: MarkedAlert) -> Bool { alert.severity > .info }
  private static func badness(_ alert: MarkedAlert) -> Double { Double(alert.severity.rawValue) }

  @Test(arguments: durations, 0..<(waits.count + limits.count))
  func `no duration traps, whatever the operator`(duration: Duration, index: Int) {
    let (name, build) = (Self.waits + Self.limits)[index]
    let bench = Bench<MarkedAlert, String>(inputs: 2) { build(duration, $0) }
    for (second, letter) in "wrWeRcwwrCE".enumerated() {
      bench.at(second: second) {
        for feed in bench.feeds { feed.send(MarkedAlert(letter)) }
      }
    }
    bench.at(.seconds(40_000 * 86_400))
    for feed in bench.feeds { bench.at(.seconds(40_000 * 86_400)) { feed.finish() } }
    expectNoDifference(bench.breaches(isDone: false), [], "\(name)")
  }

  @Test func `a cooldown for ever lets one alert of an episode pass`() {
    let bench = Bench<MarkedAlert, MarkedAlert> { $0[0].cooldown(.seconds(Int64.max)) }
    bench.at(second: 0) { bench.feeds[0].send(MarkedAlert("w")) }
    bench.at(.seconds(290 * 365 * 86_400)) { bench.feeds[0].send(MarkedAlert("w")) }
    expectNoDifference(bench.probe.happened.map(\.text), ["w"])
  }

  @Test func `a key is remembered twice as long as its rule may wait, and at least an hour`() {
    let never = Duration.nanoseconds(Int64.max)
    let times: [(Duration, Duration, Duration)] = [
      (.seconds(1), .zero, .hours(1)), (.hours(2), .zero, .hours(4)),
      (.hours(2), .hours(3), .hours(10)), (.seconds(-7200), .zero, .hours(1)),
      (.days(36_500), .zero, .days(73_000)), (.days(60_000), .zero, never),
      (never, .zero, never), (never, never, never), (.seconds(Int64.max), .seconds(1), never),
    ]
    for (wait, more, idle) in times { #expect(idleTime(wait, more) == idle) }
  }

  @Test func `a duration of any length has words`() {
    let words: [(Duration, String)] = [
      (.zero, "0 ns"), (.milliseconds(250), "250 ms"), (.seconds(90), "1.5 min"),
      (.days(36_500), "36500 d"), (.nanoseconds(Int64.max), "106751.9 d"),
      (.seconds(Int64.max), "106751.9 d"), (.seconds(Int64.min), "-106751.9 d"),
    ]
    for (duration, text) in words { expectNoDifference(duration.formattedShortly, text) }
  }
}

extension Tap {
  /// A chain that tells only when.
  fileprivate var nameless: Tap<Erased<String>> { map(to: String.self) { _ in "x" }.asErased }
}
