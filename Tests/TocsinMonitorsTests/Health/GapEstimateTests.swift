import Foundation
import Testing

@testable import TocsinMonitors

struct GapEstimateTests {
  @Test func `steps of length follow each other without a hole`() {
    for step in 1..<63 {
      let border = Int64(GapHistogram.border(step))
      #expect(GapHistogram.step(of: border) == step)
      #expect(GapHistogram.step(of: border - 1) == step - 1)
    }
    #expect(GapHistogram.step(of: -1) == 0)
    #expect(GapHistogram.step(of: 0) == 0)
    #expect(GapHistogram.step(of: .max) == 63)
  }

  @Test func `a quantile is within a step of the exact one`() {
    for seed in 0..<50 {
      var random = MonitorRandom(seed: seed)
      var histogram = GapHistogram()
      let gaps = (0..<1_000).map { _ in
        Int64(20e6 * pow(10_000, Double(random.below(1_000_000)) / 1e6))
      }
      for gap in gaps { histogram.learn(gap) }
      let sorted = gaps.sorted(by: >)
      for share in [0.004, 0.01, 0.0625, 0.25, 0.5] {
        let exact = Double(sorted[Int(share * 1_000) - 1])
        let ratio = histogram.length(exceededBy: share) / exact
        #expect((0.79...1.26).contains(ratio), "seed \(seed), share \(share): \(ratio)")
      }
    }
  }

  @Test func `forgets by halves, and never counts more than it may`() {
    var histogram = GapHistogram()
    for _ in 0..<20_000 { histogram.learn(1_000_000_000) }
    #expect((2_048..<4_096).contains(histogram.weight))
    for _ in 0..<60_000 { histogram.learn(100_000_000) }
    #expect(histogram.length(exceededBy: 0.001) < 130_000_000)
  }

  @Test func `knows nothing without a gap, little with one, and more with each`() throws {
    var estimate = GapEstimate()
    #expect(estimate.unusual(perDay: 0.001) == nil)
    var before = Double.infinity
    for count in 1...60 {
      estimate.learn(1_000_000_000, at: Int64(count) * 1_000_000_000)
      let unusual = try #require(estimate.unusual(perDay: 0.001))
      #expect(unusual < before)
      before = unusual
    }
    #expect(before < 40e9)
  }

  /// The largest gap is the quantile of a Poisson stream within a factor, once enough is known.
  @Test(arguments: [0.1, 1, 10, 60])
  func `is near the exact figure of a Poisson stream`(mean: Double) throws {
    for seed in 0..<20 {
      var random = MonitorRandom(seed: seed)
      var estimate = GapEstimate()
      var now = 0.0
      for _ in 0..<4_000 {
        let gap = -log((Double(random.below(1_000_000)) + 0.5) / 1e6) * mean
        now += gap
        estimate.learn(Int64(gap * 1e9), at: Int64(now * 1e9))
      }
      let exact = mean * log(86_400 / mean / 0.001)
      let ratio = try #require(estimate.unusual(perDay: 0.001)) / 1e9 / exact
      #expect((0.7...2).contains(ratio), "seed \(seed): \(ratio)")
    }
  }

  @Test func `leaves room for a lost message of a regular stream`() throws {
    var estimate = GapEstimate()
    for count in 1...1_000 { estimate.learn(10_000_000_000, at: Int64(count) * 10_000_000_000) }
    let unusual = try #require(estimate.unusual(perDay: 0.001))
    #expect((29.9e9...31e9).contains(unusual))
  }

  @Test func `remembers the longest gap for an hour at least and two at most`() throws {
    var estimate = GapEstimate()
    var now: Int64 = 0
    func learn(_ gap: Int64) {
      now += gap
      estimate.learn(gap, at: now)
    }
    let second: Int64 = 1_000_000_000
    for _ in 0..<100 { learn(second) }
    learn(300 * second)
    for _ in 0..<3_500 { learn(second) }
    #expect(try #require(estimate.unusual(perDay: 0.001)) >= 600e9)
    for _ in 0..<7_300 { learn(second) }
    #expect(try #require(estimate.unusual(perDay: 0.001)) < 60e9)
  }

  @Test func `is finite and positive whatever it is given`() {
    var estimate = GapEstimate()
    for gap in [0, -1, .max, .min, 1, .max] as [Int64] {
      estimate.learn(gap, at: gap)
      let unusual = estimate.unusual(perDay: 0.001)
      #expect(unusual.map { $0.isFinite && $0 >= 0 } ?? true)
    }
  }
}
