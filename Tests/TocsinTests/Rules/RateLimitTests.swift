import CustomDump
import Foundation
import Testing

@testable import Tocsin

@Suite struct RateLimitTests {
  typealias Run = RuleRun<RateLimit<String>>
  let stream: [(Int64, String)] = [(0, "a"), (1, "b"), (2, "c"), (3, "d"), (9, "e"), (11, "f")]

  func limit(
    _ rate: Int,
    _ period: Int64,
    burst: Int = 1,
    _ shortage: Shortage = .drop
  ) -> RateLimit<String> {
    RateLimit(rate, per: .nanoseconds(period), burst: burst, shortage)
  }

  @Test func `a burst passes, then one value for each token`() {
    let run = Run.over(limit(1, 3, burst: 2), stream, until: 20)
    expectNoDifference(
      run.lines,
      ["0 a passed", "1 b passed", "3 d passed", "9 e passed", "11 f passed"]
    )
    expectNoDifference(run.reasons[2], .rateLimited)
  }

  @Test func `what waits passes at the instant of its token, in order`() {
    let run = Run.over(limit(1, 3, burst: 2, .queue(limit: 9)), stream, until: 20)
    expectNoDifference(
      run.lines,
      ["0 a passed", "1 b passed", "3 c passed", "6 d passed", "9 e passed", "12 f passed"]
    )
  }

  @Test func `a rate that does not divide its period does not drift`() {
    let moments = (0..<8).map { (Int64(0), "\($0)") }
    let run = Run.over(limit(3, 10, .queue(limit: 99)), moments, until: 100)
    let times = run.lines.map { $0.split(separator: " ")[0] }
    expectNoDifference(times, ["0", "4", "7", "10", "14", "17", "20", "24"])
  }

  @Test func `silence saves no more than the burst`() {
    let moments: [(Int64, String)] =
      [(0, "a")] + (0..<5).map { (1_000_000, "\($0)") } + [(1_000_009, "x"), (1_000_010, "y")]
    let run = Run.over(limit(1, 10, burst: 2), moments, until: 1_000_010)
    expectNoDifference(
      run.lines,
      ["0 a passed", "1000000 0 passed", "1000000 1 passed", "1000010 y passed"]
    )
  }

  @Test(arguments: [(9, 1), (10, 2), (11, 2)])
  func `a token is there at exactly its instant`(second: Int64, passed: Int) {
    let run = Run.over(limit(1, 10), [(0, "a"), (second, "b")], until: 11)
    #expect(run.lines.count == passed)
  }

  @Test func `a full queue drops what comes`() {
    let moments = ["a", "b", "c", "d", "e"].map { (Int64(0), $0) }
    let run = Run.over(limit(1, 10, .queue(limit: 2)), moments, until: 12)
    expectNoDifference(run.reasons, [.passed, .queued, .queued, .bufferFull, .bufferFull])
    expectNoDifference(run.lines, ["0 a passed", "10 b passed", "12 c ended"])
    #expect(run.ledger == RuleLedger(taken: 5, given: 3, dropped: 2))
  }

  @Test(arguments: [0, -1, .min]) func `numbers of less than one count as one`(number: Int) {
    let run = Run.over(
      limit(number, 10, burst: number, .queue(limit: number)),
      ["a", "b", "c"].map { (0, $0) },
      until: 30
    )
    expectNoDifference(run.lines, ["0 a passed", "10 b passed"])
  }

  @Test(arguments: [0, -5] as [Int64]) func `no period lets all pass`(period: Int64) {
    let run = Run.over(limit(1, period), [(0, "a"), (0, "b")], until: 0)
    expectNoDifference(run.lines, ["0 a passed", "0 b passed"])
  }

  @Test func `stands the ends of time and huge numbers`() {
    for (rate, period, burst) in [
      (1, Int64.max, 1), (.max, .max, .max), (.max, 1, 1), (2, 5, .max), (1, 1, 1), (7, .max, 3),
    ] {
      for shortage in [Shortage.drop, .queue(limit: .max)] {
        let times: [Int64] = [.min + 9, .min + 9, .min + 10, -1, 0, 0, .max - 1, .max, .max]
        let run = Run.over(
          limit(rate, period, burst: burst, shortage),
          times.map { ($0, "a") },
          until: .max
        )
        expectNoDifference(run.breaches, [])
        #expect(run.ledger.held == 0 && run.ledger.given > 0)
      }
    }
  }

  @Test func `a file with numbers that no bucket has is brought into bounds`() throws {
    let text = #"""
      {"rate": -1, "period": 10, "burst": 0, "tokens": 99, "part": -7, "instant": {"nanoseconds": 0}}
      """#
    var bucket = try JSONDecoder().decode(TokenBucket.self, from: Data(text.utf8))
    let taken = [0, 0, 9, 10].map { bucket.take(at: Instant(nanoseconds: $0)) }
    expectNoDifference(taken, [true, false, false, true])
  }

  @Test func `alerts that find no token are announced with the next one`() {
    let run = RuleRun.over(
      RateLimitOfEpisodes<KeyedAlert>(1, per: .nanoseconds(10)),
      [
        (0, KeyedAlert(1, .warning)), (1, KeyedAlert(2, .warning)), (2, KeyedAlert(3, .info)),
        (3, KeyedAlert(3, .critical)), (4, KeyedAlert(1, .warning)),
        (5, KeyedAlert(1, .resolved)), (6, KeyedAlert(4, .info)), (7, KeyedAlert(4, .resolved)),
      ],
      until: 90
    )
    expectNoDifference(
      run.lines,
      [
        "0 1:warning passed", "3 3:critical*2 passed", "5 1:info*2.resolved resolved",
        "10 2:warning passed",
      ]
    )
    expectNoDifference(run.reasons[7], .neverAnnounced)
    expectNoDifference(run.breaches, [])
  }
}
