import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

struct ExecutionBoundsTests {
  private func fail(
    _ number: Int,
    _ symbol: String,
    at second: Double,
    _ quality: inout ExecutionQuality
  ) {
    let steps = OrderSteps(order: "\(number)", symbol: symbol)
    _ = quality.receive(steps.signal(), at: at(second))
    _ = quality.receive(steps.reject, at: at(second))
  }

  @Test func `a hundred thousand symbols are bounded and counted`() {
    var limits = ExecutionLimits()
    limits.symbolLimit = 100
    limits.orderLimit = 1_000
    var quality = ExecutionQuality(limits)
    for number in 0..<100_000 {
      fail(number, "S\(number)", at: Double(number), &quality)
      if number % 7 == 0 { _ = quality.changes(at: at(Double(number))) }
    }
    #expect(quality.listedScopes.count <= 103)
    #expect(quality.unlistedCount > 0 && quality.unlistedCount < 100_000)
    #expect(quality.scopes.count <= 103)
    #expect(quality.pool.count == 1_000)
    #expect(quality.reading(.rejectionRate, at: at(100_000)).samples == 1_000)
  }

  @Test func `a symbol whose orders are forgotten ends what it told, and makes room`() {
    var limits = ExecutionLimits()
    limits.orderLimit = 20
    limits.window = 10
    limits.symbolLimit = 1
    limits.minimumSamples = 5
    var quality = ExecutionQuality(limits)
    var told: [String] = []
    for number in 0..<40 {
      fail(number, number < 10 ? "A" : "B", at: Double(number), &quality)
      for change in quality.changes(at: at(Double(number))) where !change.symbol.isEmpty {
        told.append("\(number) \(change.symbol) \(change.metric) \(change.phase)")
      }
    }
    let expected = [
      "4 A fillRate firing", "4 A rejectionRate firing", "25 A fillRate resolved",
      "25 A rejectionRate resolved", "34 B fillRate firing", "34 B rejectionRate firing",
    ]
    expectNoDifference(told, expected)
    #expect(quality.unlistedCount == 20)
    expectNoDifference(quality.listedScopes.last, .symbol("B"))
  }

  @Test func `the scopes that changed are kept once, even when nobody asks`() {
    var quality = ExecutionQuality()
    for number in 0..<1_000 { fail(number, "A", at: 0, &quality) }
    #expect(quality.touched.count == 3)
  }

  /// 4 KiB a symbol at the default limits: its scope, its share of the orders, its quote.
  @Test func `a symbol takes less than four kilobytes at the defaults`() {
    let limits = ExecutionLimits()
    let row = MemoryLayout<TradePool.Row>.stride + MeanFigure.count * 8 + TradeAmount.count * 8
    let sums = MeanFigure.count * 32 + RatioFigure.count * 40 + 64
    let scope = MemoryLayout<ScopeWindow>.stride + sums
    let names = 2 * 64
    let bytes = scope + row * limits.orderLimit / limits.symbolLimit + names + 64
    #expect(bytes <= 4_096, "\(bytes) bytes: \(row) an order, \(scope) a scope")
  }

  @Test(arguments: [0, 1, 17, 900, 5_000, 1_000_000, 123_456_789_012])
  func `a long-term percentile is within one percent`(scale: Int64) throws {
    var random = MonitorRandom(seed: Int(scale))
    var distribution = LatencyDistribution()
    var naive: [Int64] = []
    for _ in 0..<5_000 {
      let time = Int64(random.below(10_000)) * max(1, scale) / 1_000
      distribution.record(nanoseconds: time)
      naive.append(time)
    }
    distribution.record(nanoseconds: -1)
    naive.sort()
    for percent in [0, 1, 25, 50, 90, 99, 99.9, 100] {
      let rank = max(1, Int((percent / 100 * 5_000 - 1e-9).rounded(.up)))
      let exact = Double(naive[rank - 1])
      let seen = try #require(distribution.percentile(percent)).wholeNanoseconds
      #expect(abs(Double(seen) - exact) <= exact * 0.0079 + 0.5, "\(percent) %: \(exact), \(seen)")
    }
    #expect(distribution.skewCount == 1)
    #expect(distribution.count == 5_000)
  }
}
