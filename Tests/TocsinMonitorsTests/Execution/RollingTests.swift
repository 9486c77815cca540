import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// Rolling figures against a recomputation of what was drawn, not of what was recorded.
struct RollingTests {
  static let instruments = (0..<5).compactMap { number in
    try? Instrument(symbol: "S\(number)", venue: "V", tick: 1, lot: 1, currency: "USD")
  }

  /// The scopes of an order, as keys of the naive model.
  private func scopes(_ order: DrawnOrder) -> [ExecutionScope] {
    [.overall, .side(order.side), .venue("V"), .symbol(order.symbol)]
  }

  @Test(arguments: [1_000_000, 700])
  func `agree with a recomputation after eight thousand orders`(orderLimit: Int) {
    var random = MonitorRandom(seed: 42)
    var limits = ExecutionLimits()
    limits.orderLimit = orderLimit
    limits.window = orderLimit == 700 ? 300 : 1_000
    var quality = ExecutionQuality(limits, instruments: Self.instruments)
    var drawn: [ExecutionScope: [DrawnOrder]] = [:]
    var start = 0.0
    for number in 0..<8_000 {
      var order = DrawnOrder(&random)
      start += 10 + Double(random.below(20))
      order.play("\(number)", at: start, into: &quality)
      for scope in scopes(order) {
        drawn[scope, default: []].append(order)
        let excess = drawn[scope, default: []].count - 3_000
        if excess > 1_000 { drawn[scope]?.removeFirst(excess) }
      }
      guard number % 1_333 == 0 || number > 7_997, orderLimit > 700 else { continue }
      for (scope, orders) in drawn { check(&quality, scope, orders, at: at(start + 10)) }
    }
    for (scope, orders) in drawn where orderLimit == 700 {
      let kept = orders.suffix(kept(scope, drawn[.overall] ?? []))
      check(&quality, scope, Array(kept), at: at(start + 10))
    }
  }

  /// How many of the last 700 orders of all are in a scope, at most 300.
  private func kept(_ scope: ExecutionScope, _ all: [DrawnOrder]) -> Int {
    min(300, all.suffix(700).count { scopes($0).contains(scope) })
  }

  private func check(
    _ quality: inout ExecutionQuality,
    _ scope: ExecutionScope,
    _ orders: [DrawnOrder],
    at now: Instant
  ) {
    let naive = NaiveFigures(all: orders, now: now)
    for metric in ExecutionMetric.allCases {
      let seen = quality.reading(metric, of: scope, at: now).value.number
      compare(seen, naive.value(of: metric), "\(metric) of \(scope)")
      let times = naive.times(metric).sorted()
      guard !times.isEmpty else { continue }
      for fraction in [0, 0.5, 0.9, 0.99, 1] {
        let seen = quality.quantile(fraction, of: metric, in: scope, at: now).number
        compare(seen, quantile(fraction, times), "\(fraction) of \(metric) of \(scope)")
      }
    }
  }

  private func compare(_ seen: Double?, _ expected: Double?, _ what: String) {
    guard let seen, let expected else {
      #expect(seen == expected, "\(what)")
      return
    }
    #expect(abs(seen - expected) < 1e-11, "\(what): \(seen) is not \(expected)")
  }

  private func quantile(_ fraction: Double, _ sorted: [Double]) -> Double {
    let place = fraction * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
  }
}
