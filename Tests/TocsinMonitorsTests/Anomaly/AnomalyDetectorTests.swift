import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct AnomalyDetectorTests {
  private func warm(_ settings: AnomalySettings = AnomalySettings()) -> AnomalyDetector {
    var detector = AnomalyDetector(settings)
    for (index, number) in AnomalyStream.white.numbers(1_000, seed: 7).enumerated() {
      _ = detector.receive(number, at: minute(index))
    }
    return detector
  }

  private func verdicts(
    _ numbers: [Double],
    _ detector: inout AnomalyDetector
  ) -> [AnomalyDetector.Verdict] {
    numbers.enumerated().map { detector.receive($1, at: minute(1_000 + $0)) }
  }

  @Test func `an episode begins once and ends on two ordinary values`() {
    var detector = warm()
    expectNoDifference(
      verdicts([0, 20, 21, 19, 0, 20, 0, 0, 0], &detector),
      [.ordinary, .began, .lasts, .lasts, .lasts, .lasts, .lasts, .ended, .ordinary]
    )
  }

  @Test func `a single spike ends with the next value`() {
    var detector = warm()
    expectNoDifference(verdicts([20, 0, 0], &detector), [.began, .ended, .ordinary])
  }

  @Test func `a level that stays is told once, and is then ordinary`() {
    var detector = warm()
    let seen = verdicts(Array(repeating: 50, count: 60), &detector)
    #expect(seen[0] == .began)
    #expect(seen[1..<20].allSatisfy { $0 == .lasts })
    guard case .shifted(let from, let to) = seen[20] else {
      Issue.record("not shifted: \(seen[20])")
      return
    }
    #expect(abs(from) < 1 && to == 50)
    #expect(seen[21...].allSatisfy { $0 == .ordinary })
  }

  @Test(arguments: [
    (AnomalySettings.Direction.up, 20.0, true), (.up, -20, false), (.down, -20, true),
    (.down, 20, false), (.both, 20, true), (.both, -20, true),
  ])
  func `looks the way that it is told`(
    direction: AnomalySettings.Direction,
    number: Double,
    isSeen: Bool
  ) {
    var settings = AnomalySettings()
    settings.direction = direction
    var detector = warm(settings)
    #expect(verdicts([number], &detector) == [isSeen ? .began : .ordinary])
  }

  @Test func `does not look ahead: what it says of a prefix does not depend on the rest`() {
    let numbers = AnomalyStream.shifts.numbers(4_000, seed: 3)
    var (whole, part) = (AnomalyDetector(), AnomalyDetector())
    let all = numbers.enumerated().map { whole.receive($1, at: minute($0)) }
    let some = numbers.prefix(3_100).enumerated().map { part.receive($1, at: minute($0)) }
    #expect(Array(all.prefix(3_100)) == some)
  }

  @Test func `a value has no part in what it is judged by`() {
    let warm = warm()
    let judged = [-50.0, -2, 2, 50].map { number in
      var detector = warm
      _ = detector.receive(number, at: minute(1_000))
      return (expected: detector.expected, scale: (number - detector.expected) / detector.score)
    }
    for one in judged {
      #expect(one.expected == judged[0].expected)
      #expect(abs(one.scale / judged[0].scale - 1) < 1e-12)
    }
  }

  @Test func `outliers do not move the level or the scale far`() {
    var (clean, dirty) = (AnomalyDetector(), AnomalyDetector())
    for (index, number) in AnomalyStream.white.numbers(5_000, seed: 9).enumerated() {
      _ = clean.receive(number, at: minute(index))
      _ = dirty.receive(index % 100 == 50 ? 1e9 : number, at: minute(index))
    }
    _ = clean.receive(1, at: minute(5_000))
    _ = dirty.receive(1, at: minute(5_000))
    #expect(abs(clean.expected - dirty.expected) < 0.3)
    #expect(abs(clean.score - dirty.score) < 0.4)
  }

  @Test func `bad numbers are refused, counted, and change nothing`() {
    var detector = warm()
    var same = detector
    for number in [Double.nan, .infinity, -.infinity, 1e300] {
      #expect(detector.receive(number, at: minute(1_000)) == .invalid)
    }
    #expect(detector.invalidCount == 4)
    _ = detector.receive(2, at: minute(1_000))
    _ = same.receive(2, at: minute(1_000))
    #expect(detector.score == same.score && detector.expected == same.expected)
  }

  @Test func `a bad number does not begin the time in which a daily pattern is learned`() {
    let settings = AnomalyStream.daily.settings
    var (clean, dirty) = (AnomalyDetector(settings), AnomalyDetector(settings))
    _ = dirty.receive(.nan, at: minute(-10_000))
    for (index, number) in AnomalyStream.daily.numbers(3_000, seed: 5).enumerated() {
      let verdict = clean.receive(number, at: minute(index))
      #expect(dirty.receive(number, at: minute(index)) == verdict)
    }
  }

  @Test func `a stream that never changes has finite scores, and learns another value`() {
    var detector = AnomalyDetector()
    for index in 0..<500 { _ = detector.receive(5, at: minute(index)) }
    #expect(detector.receive(5, at: minute(500)) == .ordinary)
    #expect(detector.receive(6, at: minute(501)) == .began)
    #expect(detector.score == 1e6)
    var last = AnomalyDetector.Verdict.lasts
    for index in 502..<600 {
      last = detector.receive(6, at: minute(index))
      #expect(detector.score.isFinite && detector.expected.isFinite)
    }
    #expect(last == .ordinary)
  }

  @Test func `settings that make no sense are taken as the nearest that do`() {
    var settings = AnomalySettings()
    settings.falsePositiveRate = .nan
    settings.memory = -1
    settings.warmUp = 0
    settings.confirmAfter = 0
    settings.leave = 2
    settings.bins = -5
    let taken = AnomalyDetector(settings).settings
    #expect(taken.falsePositiveRate == 0.001 && taken.memory == 10 && taken.warmUp == 50)
    #expect(taken.confirmAfter == 3 && taken.leave == 0.5 && taken.bins == 0)
  }

  @Test func `goes on from saved state as if nothing had been`() throws {
    var detector = AnomalyDetector(AnomalyStream.daily.settings)
    let numbers = AnomalyStream.daily.numbers(4_000, seed: 5)
    for (index, number) in numbers.prefix(3_000).enumerated() {
      _ = detector.receive(number, at: minute(index))
    }
    let data = try JSONEncoder().encode(detector)
    var restored = try JSONDecoder().decode(AnomalyDetector.self, from: data)
    for (index, number) in numbers.enumerated().dropFirst(3_000) {
      let verdict = detector.receive(number, at: minute(index))
      #expect(restored.receive(number, at: minute(index)) == verdict)
    }
  }

  @Test func `the rule tells the beginning and the end, of each key on its own`() {
    var rule = ByKey(Anomalies(of: { (reading: Keyed) in reading.number }), limit: 2) { $0.key }
    var told: [String] = []
    func send(_ key: String, _ number: Double?, _ index: Int) -> Reason {
      let verdict = rule.receive(Keyed(key: key, number: number), at: minute(index))
      if let anomaly = verdict.output {
        told.append("\(index) \(anomaly.key) \(anomaly.kind) \(anomaly.phase)")
      }
      return verdict.reason
    }
    for (index, number) in AnomalyStream.white.numbers(400, seed: 1).enumerated() {
      _ = send("a", number, index)
      _ = send("b", number * 100, index)
    }
    #expect(send("a", nil, 400) == .invalid)
    #expect(send("c", 1, 400) == .keyLimit)
    _ = send("a", 30, 401)
    _ = send("b", 30, 401)
    _ = send("a", 0, 402)
    expectNoDifference(told, ["401 a outlier firing", "402 a over resolved"])
  }

  @Test func `the end of an episode is told though its key was long silent`() {
    let anomalies = Anomalies(of: { (reading: Keyed) in reading.number })
    var rule = ByKey(anomalies, idle: .seconds(3_600), limit: 2) { $0.key }
    func send(_ key: String, _ number: Double, _ index: Int) -> Anomaly<Keyed>.Kind? {
      rule.receive(Keyed(key: key, number: number), at: minute(index)).output?.kind
    }
    for (index, number) in AnomalyStream.white.numbers(400, seed: 1).enumerated() {
      _ = send("a", number, index)
    }
    #expect(send("a", 30, 400) == .outlier)
    for index in 401..<1_000 {
      _ = rule.allDue(at: minute(index))
      _ = send("b", 0, index)
    }
    #expect(send("a", 0, 1_000) == .over)
  }

  private struct Keyed: KeyedEvent, Sendable {
    var key: String
    var number: Double?
  }
}
