import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// Streams of known shape, to measure how often a quiet one is taken for a silent one.
enum SyntheticFeed: String, CaseIterable {
  case poisson, bursty, periodic, intraday

  /// The next gap in seconds, of a stream with this mean gap.
  func gap(_ mean: Double, at now: Double, _ random: inout MonitorRandom) -> Double {
    func part() -> Double { (Double(random.next() >> 11) + 0.5) * 0x1p-53 }
    func exponential(_ mean: Double) -> Double { -log(part()) * mean }
    switch self {
    case .poisson: return exponential(mean)
    // Nine of ten gaps are short: 20 times below the mean.
    case .bursty: return exponential(mean * (part() < 0.9 ? 0.05 : 9.55))
    // Five per cent of jitter, one message of a hundred lost.
    case .periodic: return mean * (0.95 + 0.1 * part()) * (part() < 0.01 ? 2 : 1)
    // A U over six and a half hours: ten times as busy at the ends as in the middle.
    case .intraday:
      let place = now.truncatingRemainder(dividingBy: 23_400) / 11_700 - 1
      return exponential(mean / (0.36 + 3.24 * pow(place, 4)))
    }
  }
}

struct FalseAlarmTests {
  struct Figure: Sendable, CustomTestStringConvertible {
    var feed: SyntheticFeed
    var mean: Double
    /// At most so many false alarms in the 40 stream-days, and so long until mute is found, in the
    /// median and at worst.
    var alarms: Int
    var delay: Double
    var worst: Double

    var testDescription: String { "\(feed.rawValue), \(mean) s" }
  }

  @Test(arguments: [
    Figure(feed: .poisson, mean: 5, alarms: 1, delay: 100, worst: 200),
    Figure(feed: .poisson, mean: 60, alarms: 1, delay: 1_000, worst: 2_000),
    Figure(feed: .bursty, mean: 10, alarms: 12, delay: 3_600, worst: 3_600),
    Figure(feed: .periodic, mean: 10, alarms: 0, delay: 60, worst: 60),
    Figure(feed: .periodic, mean: 60, alarms: 0, delay: 300, worst: 320),
    Figure(feed: .intraday, mean: 5, alarms: 2, delay: 320, worst: 600),
  ])
  func `a quiet stream is seldom taken for silent, and a silent one is found`(
    figure: Figure
  ) {
    var alarms = 0
    var delays: [Double] = []
    for seed in 0..<20 {
      let (count, delay) = run(figure, seed: seed, days: 2)
      alarms += count
      delays.append(delay)
    }
    delays.sort()
    #expect(alarms <= figure.alarms, "\(alarms) false alarms")
    #expect(delays[10] <= figure.delay, "\(delays[10]) s in the median")
    #expect(delays[19] <= figure.worst, "\(delays[19]) s at worst")
  }

  /// Runs a stream for so many days and then stops it: the false alarms, and how long it took.
  private func run(_ figure: Figure, seed: Int, days: Double) -> (alarms: Int, delay: Double) {
    var random = MonitorRandom(seed: seed)
    var watch = FeedWatch()
    let key = StreamKey(venue: "X", symbol: "A")
    var (now, alarms) = (0.0, 0)
    while now < days * 86_400 {
      now += figure.feed.gap(figure.mean, at: now, &random)
      alarms += watch.allDue(at: at(now)).count
      _ = watch.receive(.tick(key), at: at(now))
    }
    let told = watch.allDue(at: at(now + 10_000)).first?.instant ?? .distantFuture
    return (alarms, Double(at(now).duration(to: told).components.seconds))
  }

  @Test func `a busy stream is found mute within seconds, after a minute of it`() {
    for mean in [0.02, 0.1, 0.2] {
      var random = MonitorRandom(seed: 1)
      var watch = FeedWatch()
      let key = StreamKey(venue: "X", symbol: "A")
      var now = 0.0
      while now < 120 {
        now += SyntheticFeed.poisson.gap(mean, at: now, &random)
        #expect(watch.allDue(at: at(now)).isEmpty)
        _ = watch.receive(.tick(key), at: at(now))
      }
      let told = watch.allDue(at: at(now + 100)).first?.instant ?? .distantFuture
      #expect(at(now).duration(to: told) <= .seconds(8), "mean \(mean)")
    }
  }

  @Test func `an alarm at most doubles a learned limit`() {
    var watch = FeedWatch()
    let key = StreamKey(venue: "X", symbol: "A")
    for second in 0..<600 { _ = watch.receive(.tick(key), at: at(Double(second))) }
    let before = watch.limit(of: key) ?? .zero
    _ = watch.allDue(at: at(3_000))
    _ = watch.receive(.tick(key), at: at(3_000))
    let after = watch.limit(of: key) ?? .zero
    #expect(after > before && after <= before * 2)
  }

  @Test func `a stream that slows down for good is learned after a few alarms`() {
    var watch = FeedWatch()
    let key = StreamKey(venue: "X", symbol: "A")
    var (now, alarms) = (0.0, 0)
    for count in 0..<4_000 {
      now += count < 2_000 ? 0.5 : 60
      alarms += watch.allDue(at: at(now)).count
      _ = watch.receive(.tick(key), at: at(now))
    }
    #expect((1...6).contains(alarms), "\(alarms)")
  }
}
