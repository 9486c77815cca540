import Foundation
import Tocsin
import TocsinMonitors

/// An order as it was drawn, and what its figures must be, from what was drawn and not from what
/// was recorded.
struct DrawnOrder {
  var symbol = ""
  var side = Side.buy
  var quantity = 0
  var filled = 0
  var reference = 0.0
  var touch = 0.0
  var limit = 0.0
  var mid = 0.0
  var price = 0.0
  var fee = 0.0
  var isRejected = false
  var submit = 0.0
  var acknowledge = 0.0
  var fill = 0.0
  var skew = 0.0
  var end = Instant.epoch

  init(_ random: inout MonitorRandom) {
    symbol = "S\(random.below(5))"
    side = random.below(2) == 0 ? .buy : .sell
    quantity = 1 + random.below(1_000)
    let fate = random.below(10)
    isRejected = fate == 0
    filled = fate == 0 ? 0 : fate == 1 ? random.below(quantity) : quantity
    reference = Double(1_000 + random.below(90_000)) / 100
    (touch, limit) = (near(reference, &random), near(reference, &random))
    (mid, price) = (near(reference, &random), near(reference, &random))
    fee = Double(random.below(300) - 100) / 100
    submit = Double(random.below(1_000)) / 1_000
    acknowledge = Double(1 + random.below(100)) / 1_000
    fill = Double(random.below(8_000)) / 1_000
    skew = Double(random.below(200) - 100) / 1_000
  }

  private func near(_ price: Double, _ random: inout MonitorRandom) -> Double {
    ((price * 100).rounded() + Double(random.below(201) - 100)) / 100
  }

  var isFilled: Bool { filled == quantity }
  var sign: Double { Double(side.sign) }
  var paper: Double { reference * Double(quantity) }
  var executed: Double { sign * (price - reference) * Double(filled) }
  var missed: Double { sign * (mid - reference) * Double(quantity - filled) }
  var paid: Double { filled > 0 ? fee : 0 }

  func slippage(_ against: Double) -> Double { sign * (price / against - 1) }

  /// Plays the order into the figures, with the quotes that it meets.
  mutating func play(_ id: String, at start: Double, into quality: inout ExecutionQuality) {
    let steps = OrderSteps(order: id, symbol: symbol)
    let (sent, known) = (start + submit, start + submit + acknowledge)
    let last = known + fill
    var signal = steps.signal(side, Decimal(quantity), at: cents(reference))
    if case .signalled(let side, let quantity, let price, _, _) = signal.kind {
      signal.kind = .signalled(
        side: side,
        quantity: quantity,
        decisionPrice: price,
        limitPrice: cents(limit)
      )
    }
    _ = quality.receive(signal, at: at(start))
    quality.receive(quote(side == .buy ? 1 : touch, side == .buy ? touch : 9_999), at: at(sent))
    _ = quality.receive(steps.submit, at: at(sent))
    var answer = steps.acknowledge
    answer.venueInstant = at(known + skew)
    _ = quality.receive(answer, at: at(known))
    quality.receive(quote(mid - 0.5, mid + 0.5), at: at(last))
    finish(steps, at: at(last), &quality)
    end = at(last)
  }

  private func finish(_ steps: OrderSteps, at now: Instant, _ quality: inout ExecutionQuality) {
    if filled > 0 {
      var event = steps.fill(Decimal(filled), cents(price))
      if case .filled(let quantity, let price, let fill, _) = event.kind {
        let fee = Money(cents(fee), "USD")
        event.kind = .filled(quantity: quantity, price: price, fill: fill, fee: fee)
      }
      _ = quality.receive(event, at: now)
    }
    if isRejected { _ = quality.receive(steps.reject, at: now) }
    if !isFilled, !isRejected { _ = quality.receive(steps.cancel, at: now) }
  }

  private func quote(_ bid: Double, _ ask: Double) -> Quote {
    Quote(symbol: symbol, venue: "V", bid: cents(bid), ask: cents(ask))
  }

  private func cents(_ price: Double) -> Decimal { Decimal(Int((price * 100).rounded())) / 100 }
}

/// The figures of drawn orders, computed anew from all of them.
struct NaiveFigures {
  let all: [DrawnOrder]
  let now: Instant

  private var window: [DrawnOrder] { Array(all.suffix(1_000)) }
  private var recent: [DrawnOrder] {
    window.filter { $0.end.duration(to: now) < .seconds(3_600) }
  }
  private var trades: [DrawnOrder] { Array(window.filter { $0.filled > 0 }.suffix(100)) }

  func value(of metric: ExecutionMetric) -> Double? {
    switch metric {
    case .fillRate: mean(recent.map { $0.isFilled ? 1 : 0 })
    case .filledShare: mean(recent.map { Double($0.filled) / Double($0.quantity) })
    case .filledQuantity: ratio(recent, { Double($0.filled) }, { Double($0.quantity) })
    case .slippage: mean(trades.map { $0.slippage($0.reference) })
    case .arrivalSlippage: mean(trades.map { $0.slippage($0.touch) })
    case .limitSlippage: mean(trades.map { $0.slippage($0.limit) })
    case .weightedSlippage: weighted(\.reference)
    case .weightedArrivalSlippage: weighted(\.touch)
    case .weightedLimitSlippage: weighted(\.limit)
    case .executionCost: ratio(window, \.executed, \.paper)
    case .feeCost: ratio(window, \.paid, \.paper)
    case .opportunityCost: ratio(window, \.missed, \.paper)
    case .shortfall: ratio(window, { $0.executed + $0.paid + $0.missed }, \.paper)
    case .feeRate: ratio(trades, \.paid, { $0.price * Double($0.filled) })
    case .rejectionRate: mean(window.map { $0.isRejected ? 1 : 0 })
    case .cancelRate: mean(window.map { !$0.isFilled && !$0.isRejected ? 1 : 0 })
    default: mean(times(metric))
    }
  }

  func times(_ metric: ExecutionMetric) -> [Double] {
    switch metric {
    case .timeToSubmit: window.map(\.submit)
    case .timeToAcknowledge: window.map(\.acknowledge)
    case .timeToFirstFill: window.filter { $0.filled > 0 }.map(\.fill)
    case .timeBetweenFills: window.filter { $0.filled > 0 }.map { _ in 0 }
    case .timeToFill: window.filter(\.isFilled).map { $0.acknowledge + $0.fill }
    case .timeToVenue: window.map { $0.acknowledge + $0.skew }
    case .timeFromVenue: window.map { -$0.skew }
    default: []
    }
  }

  private func weighted(_ against: (DrawnOrder) -> Double) -> Double? {
    ratio(
      trades,
      { $0.sign * ($0.price - against($0)) * Double($0.filled) },
      { against($0) * Double($0.filled) }
    )
  }

  private func ratio(
    _ orders: [DrawnOrder],
    _ part: (DrawnOrder) -> Double,
    _ base: (DrawnOrder) -> Double
  ) -> Double? {
    orders.isEmpty ? nil : orders.map(part).reduce(0, +) / orders.map(base).reduce(0, +)
  }

  private func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
