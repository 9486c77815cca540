import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// What concerns all streams of a venue: everything late, or a clock that is off.
struct VenueAsOneTests {
  private let symbols = ["A", "B", "C"]

  /// A tick of each stream every second, as late as `lag` says; what was told, in words.
  private func run(
    _ seconds: Int = 200,
    _ symbols: [String]? = nil,
    lag: (_ second: Int, _ symbol: String) -> Double
  ) -> [String] {
    var rule = VenueLag()
    var seen: [String] = []
    for second in 0..<seconds {
      for (place, symbol) in (symbols ?? self.symbols).enumerated() {
        let now = Double(second) + Double(place) / 10
        let venue = at(now - lag(second, symbol))
        let tick = Tick(symbol: symbol, venue: "X", price: 1, venueInstant: venue)
        guard let news = rule.receive(tick, at: at(now)).output else { continue }
        seen += news.links.map { "\(second) \($0.kind) \($0.phase) \($0.age.components.seconds)" }
        seen += news.ages.map { "\(second) \($0.stream.symbol) \($0.phase)" }
      }
    }
    return seen
  }

  @Test func `a venue that is late as a whole is told once`() {
    let seen = run { second, _ in (50..<100).contains(second) ? min(20, Double(second - 49)) : 0 }
    expectNoDifference(seen, ["56 late firing 7", "101 late resolved 0"])
  }

  @Test func `one late stream among others is told by itself`() {
    let seen = run { second, symbol in
      symbol == "B" && (50..<100).contains(second) ? min(20, Double(second - 49)) : 0
    }
    expectNoDifference(seen, ["57 B firing", "102 B resolved"])
  }

  @Test func `a stream that stays late after its venue has recovered is told then`() {
    let seen = run { second, symbol in
      second >= 50 && (second < 100 || symbol == "C") ? min(20, Double(second - 49)) : 0
    }
    expectNoDifference(seen, ["56 late firing 7", "101 late resolved 0", "101 C firing"])
  }

  @Test(arguments: [3_600.0, -3_600.0])
  func `a venue's clock that jumps by an hour and back is one finding`(hour: Double) {
    let seen = run { second, _ in (50..<100).contains(second) ? hour : 0.05 }
    expectNoDifference(
      seen,
      ["51 clock firing \(Int(hour))", "101 clock resolved 0"]
    )
  }

  @Test func `with a clock that is off, streams are judged by what is left`() {
    let seen = run { second, symbol in
      let late = symbol == "B" && (80..<120).contains(second) ? min(20, Double(second - 79)) : 0
      return (second >= 50 ? -3_600 : 0) + late
    }
    expectNoDifference(seen, ["51 clock firing -3600", "87 B firing", "122 B resolved"])
  }

  @Test func `an hour of old data from one stream is late, not a clock`() {
    let seen = run { second, symbol in symbol == "A" && second >= 50 ? 3_600 : 0 }
    expectNoDifference(seen, ["52 A firing"])
  }

  @Test func `a venue of one stream has no lag of its own`() {
    let seen = run(200, ["A"]) { second, _ in second >= 50 ? min(20, Double(second - 49)) : 0 }
    expectNoDifference(seen, ["57 A firing"])
  }

  @Test func `a few instants of the future or of the past are no jump`() {
    for seed in 0..<100 {
      var random = MonitorRandom(seed: seed)
      let seen = run(120) { _, _ in
        switch random.below(64) {
        case 0: -1e9
        case 1: 1e5
        default: Double(random.below(1_000)) / 1_000
        }
      }
      expectNoDifference(seen, [], "seed \(seed)")
    }
  }
}
