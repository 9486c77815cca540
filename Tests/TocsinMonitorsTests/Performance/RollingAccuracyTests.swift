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
    try check(series.recent.sums, Array(all.suffix(100)))
    try check(series.total, all)
    #expect(series.sorted.values == all.suffix(100).sorted())
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
