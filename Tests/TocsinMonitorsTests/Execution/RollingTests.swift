import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// Rolling figures against a recomputation of what was drawn, not of what was recorded.
struct RollingTests {
  private struct Drawn {
    var side = Side.buy
    var quantity = 0
    var filled = 0
    var reference = 0.0
    var price = 0.0
    var isRejected = false
    var submit = 0.0
    var fill = 0.0
    var end = Instant.epoch

    var isFilled: Bool { filled == quantity }
    var slippage: Double { Double(side.sign) * (price / reference - 1) }
    var value: Double { reference * Double(filled) }
  }

  private func draw(_ random: inout MonitorRandom) -> Drawn {
    var drawn = Drawn()
    drawn.side = random.below(2) == 0 ? .buy : .sell
    drawn.quantity = 1 + random.below(1_000)
    let fate = random.below(10)
    drawn.isRejected = fate == 0
    let share = random.below(drawn.quantity)
    drawn.filled = fate == 0 ? 0 : fate == 1 ? share : drawn.quantity
    drawn.reference = Double(1_000 + random.below(90_000)) / 100
    drawn.price = drawn.reference + Double(random.below(201) - 100) / 100
    drawn.submit = Double(random.below(1_000)) / 1_000
    drawn.fill = Double(random.below(9_000)) / 1_000
    return drawn
  }

  private func play(
    _ drawn: inout Drawn,
    _ steps: OrderSteps,
    at start: Double,
    into quality: inout ExecutionQuality
  ) {
    let sent = start + drawn.submit
    let end = sent + drawn.fill
    let reference = cents(drawn.reference)
    _ = quality.receive(
      steps.signal(drawn.side, Decimal(drawn.quantity), at: reference),
      at: at(start)
    )
    _ = quality.receive(steps.submit, at: at(sent))
    if drawn.filled > 0 {
      _ = quality.receive(steps.fill(Decimal(drawn.filled), cents(drawn.price)), at: at(end))
    }
    if drawn.isRejected { _ = quality.receive(steps.reject, at: at(end)) }
    if !drawn.isFilled, !drawn.isRejected { _ = quality.receive(steps.cancel, at: at(end)) }
    drawn.end = at(end)
  }

  private func cents(_ price: Double) -> Decimal { Decimal(Int((price * 100).rounded())) / 100 }

  private func naive(_ metric: ExecutionMetric, _ all: [Drawn], at now: Instant) -> Double? {
    let window = Array(all.suffix(1_000))
    let recent = window.filter { $0.end.duration(to: now) <= .seconds(3_600) }
    let slipped = all.filter { $0.filled > 0 }.suffix(100)
    switch metric {
    case .fillRate: return mean(recent.map { $0.isFilled ? 1 : 0 })
    case .filledShare: return mean(recent.map { Double($0.filled) / Double($0.quantity) })
    case .slippage: return mean(slipped.map(\.slippage))
    case .weightedSlippage:
      let cost = slipped.map { $0.slippage * $0.value }.reduce(0, +)
      return slipped.isEmpty ? nil : cost / slipped.map(\.value).reduce(0, +)
    case .timeToSubmit: return mean(window.map(\.submit))
    case .timeToFill: return mean(all.filter(\.isFilled).suffix(1_000).map(\.fill))
    case .rejectionRate: return mean(window.map { $0.isRejected ? 1 : 0 })
    }
  }

  private func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  @Test func `agree with a recomputation after a hundred thousand orders`() {
    var random = MonitorRandom(seed: 42)
    var quality = ExecutionQuality()
    var drawn: [String: [Drawn]] = [:]
    var start = 0.0
    for number in 0..<100_000 {
      let symbol = "S\(random.below(5))"
      var order = draw(&random)
      start += 10 + Double(random.below(20))
      play(&order, OrderSteps(order: "\(number)", symbol: symbol), at: start, into: &quality)
      for key in ["", symbol] {
        drawn[key, default: []].append(order)
        let excess = drawn[key, default: []].count - 3_000
        if excess > 1_000 { drawn[key]?.removeFirst(excess) }
      }
      guard number % 1_999 == 0 || number > 99_990 else { continue }
      for (key, orders) in drawn { check(&quality, key, orders, at: at(start + 10)) }
    }
  }

  private func check(
    _ quality: inout ExecutionQuality,
    _ symbol: String,
    _ orders: [Drawn],
    at now: Instant
  ) {
    for metric in ExecutionMetric.allCases {
      let seen = quality.reading(metric, symbol: symbol, at: now).value.number
      let expected = naive(metric, orders, at: now)
      guard let seen, let expected else {
        #expect(seen == expected, "\(metric) of \(symbol)")
        continue
      }
      #expect(abs(seen - expected) < 1e-11, "\(metric) of \(symbol)")
    }
  }

  @Test func `quantiles interpolate as numpy does`() {
    var quality = ExecutionQuality()
    for (number, time) in [4.0, 1, 3, 2].enumerated() {
      let steps = OrderSteps(order: "\(number)")
      _ = quality.receive(steps.signal(), at: at(0))
      _ = quality.receive(steps.submit, at: at(time))
      _ = quality.receive(steps.cancel, at: at(5))
    }
    let seen = [0, 0.5, 0.9, 1].map { quality.quantile($0, of: .timeToSubmit) }
    let expected: [Double?] = [1, 2.5, 3.7, 4]
    for (left, right) in zip(seen, expected) {
      #expect(abs((left ?? -1) - (right ?? -2)) < 1e-12)
    }
    #expect(quality.quantile(0.5, of: .slippage) == nil)
  }
}
