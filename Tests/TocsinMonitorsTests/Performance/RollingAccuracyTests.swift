import CustomDump
import Testing
import Tocsin

@testable import TocsinMonitors

struct RollingAccuracyTests {
  @Test func `a million returns later the figures are those of a recomputation`() throws {
    var random = MonitorRandom(seed: 42)
    var series = ReturnSeries(window: 100, minimumAcceptableReturn: 0)
    var all: [Double] = []
    all.reserveCapacity(1_000_000)
    for number in 0..<1_000_000 {
      // Every thousandth is a thousand million times as large as the others.
      let scale = number % 1_000 == 0 ? 1e7 : 1e-2
      let value = (Double(random.below(2_000_001)) / 1e6 - 0.999) * scale
      all.append(value)
      series.append(ReturnSample(value: value, profit: value, end: Int64(number)))
    }
    try check(series.recentSums(), Array(all.suffix(100)))
    try check(series.total, all)
    #expect(series.sortedRecent().values == all.suffix(100).sorted())
  }

  @Test(arguments: 0..<30)
  func `what the window holds does not depend on how often somebody looks`(seed: Int) {
    var random = MonitorRandom(seed: seed)
    let size = [1, 2, 3, 8, 100][seed % 5]
    var series = ReturnSeries(window: size, minimumAcceptableReturn: 0)
    var all: [Double] = []
    for number in 0..<600 {
      // Gains and losses, and few different values, so that equal ones meet.
      let value = Double(random.below(40)) / 8 - 2.4
      all.append(value)
      series.append(ReturnSample(value: value, profit: value, end: Int64(number)))
      guard random.below(number % 200 < 100 ? 2 : 70) == 0 else { continue }
      let window = all.suffix(size)
      expectNoDifference(series.sortedRecent().values, window.sorted(), "seed \(seed)")
      let sums = series.recentSums()
      #expect(sums.count == window.count, "seed \(seed)")
      #expect(abs(sums.first.value - window.reduce(0, +)) < 1e-9, "seed \(seed)")
      let fourth = window.reduce(0) { $0 + $1 * $1 * $1 * $1 }
      #expect(abs(sums.fourth.value - fourth) < 1e-9, "seed \(seed)")
      #expect(sums.wins == window.count { $0 > 0 } && sums.losses == window.count { $0 < 0 })
      #expect(sums.minimum == window.min() && sums.maximum == window.max(), "seed \(seed)")
      let first = Int64(all.count - window.count)
      #expect(sums.earliestEnd == first && sums.latestEnd == Int64(number), "seed \(seed)")
    }
  }

  private func check(_ sums: ReturnSums, _ values: [Double]) throws {
    let naive = NaiveReturns(values: values, profits: values)
    let moments = ReturnMoments(sums)
    let sharpe = try #require(moments.deviation.map { moments.mean / $0 }.number)
    let sortino = try #require(moments.downsideDeviation.map { moments.mean / $0 }.number)
    #expect(abs(sharpe / (try #require(naive.sharpe(1))) - 1) < 1e-9)
    #expect(abs(sortino / (try #require(naive.sortino(1))) - 1) < 1e-9)
    #expect(abs(sums.won.value / NaiveReturns.sum(values.filter { $0 > 0 }) - 1) < 1e-9)
  }
}
