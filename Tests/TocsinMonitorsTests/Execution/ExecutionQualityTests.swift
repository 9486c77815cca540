import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct ExecutionQualityTests {
  /// One order, signalled at `start`, sent a second later, filled two seconds after that.
  private func trade(
    _ quality: inout ExecutionQuality,
    _ order: OrderSteps,
    _ side: Side = .buy,
    fill price: Decimal = 100,
    reference: Decimal? = 100,
    start: Double = 0
  ) {
    _ = quality.receive(order.signal(side, 10, at: reference), at: at(start))
    _ = quality.receive(order.submit, at: at(start + 1))
    _ = quality.receive(order.fill(10, price), at: at(start + 3))
  }

  @Test(arguments: [
    (Side.buy, Decimal(101), 0.01), (.buy, 99, -0.01), (.sell, 99, 0.01), (.sell, 101, -0.01),
  ])
  func `counts slippage as positive when it is worse, on both sides`(
    side: Side,
    price: Decimal,
    expected: Double
  ) {
    var quality = ExecutionQuality()
    trade(&quality, OrderSteps(), side, fill: price)
    let reading = quality.reading(.slippage, of: .symbol("IBM"), at: at(3))
    expectNoDifference(reading.value, .value(expected))
    expectNoDifference(quality.reading(.weightedSlippage, at: at(3)).value, .value(expected))
  }

  @Test func `weights slippage by value when asked to`() {
    var quality = ExecutionQuality()
    trade(&quality, OrderSteps(order: "1"), fill: 102, reference: 100)
    trade(&quality, OrderSteps(order: "2"), fill: 300, reference: 300)
    expectNoDifference(quality.reading(.slippage, at: at(9)).value, .value(0.01))
    expectNoDifference(quality.reading(.weightedSlippage, at: at(9)).value, .value(0.005))
  }

  @Test func `has no number where there is no data`() {
    var quality = ExecutionQuality()
    for reading in quality.readings(at: at(0)) {
      expectNoDifference(reading.value, .undefined(.noData))
      #expect(reading.phase == .resolved)
    }
    trade(&quality, OrderSteps(), reference: nil)
    expectNoDifference(quality.reading(.slippage, at: at(3)).value, .undefined(.noReference))
    expectNoDifference(quality.reading(.fillRate, at: at(3_602.9)).value, .value(1))
    expectNoDifference(quality.reading(.fillRate, at: at(3_603)).value, .undefined(.noData))
  }

  @Test func `has no slippage against a decision price of zero or less`() {
    var quality = ExecutionQuality()
    trade(&quality, OrderSteps(), fill: -37, reference: -37)
    expectNoDifference(quality.reading(.slippage, at: at(3)).value, .undefined(.zeroBase))
  }

  @Test func `measures the times of an order`() {
    var quality = ExecutionQuality()
    trade(&quality, OrderSteps())
    expectNoDifference(quality.reading(.timeToSubmit, at: at(3)).value, .value(1))
    expectNoDifference(quality.reading(.timeToFill, at: at(3)).value, .value(2))
    let quantile = quality.quantile(0.99, of: .timeToFill, in: .symbol("IBM"), at: at(3))
    expectNoDifference(quantile, .value(2))
  }

  @Test func `breaks limits only on enough orders, and tells each change once`() {
    var quality = ExecutionQuality()
    var changes = ExecutionChanges()
    var told: [String] = []
    for number in 0..<120 {
      let order = OrderSteps(order: "\(number)")
      trade(&quality, order, fill: number < 15 ? 101 : 100, start: Double(number * 10))
      let now = at(Double(number * 10 + 3))
      let reading = quality.reading(.slippage, of: .symbol("IBM"), at: now)
      if let change = changes.receive(reading, at: now).output {
        told.append("\(number) \(change.phase)")
      }
    }
    expectNoDifference(told, ["9 firing", "104 resolved"])
  }

  @Test func `what fired goes on firing when there is no number any more`() {
    var changes = ExecutionChanges()
    var reading = ExecutionReading(
      metric: .fillRate,
      scope: .symbol("IBM"),
      value: .value(0.5),
      samples: 10,
      phase: .firing
    )
    #expect(changes.receive(reading, at: at(0)) == .pass(reading, .changed))
    #expect(reading.alert.message == "fillRate is 0.5 over 10 orders.")
    reading.value = .undefined(.zeroBase)
    reading.phase = .resolved
    #expect(changes.receive(reading, at: at(1)) == .drop(.invalid))
    reading.value = .value(1)
    #expect(changes.receive(reading, at: at(2)) == .pass(reading, .resolved))
  }

  @Test func `counts the symbols it has no room for only overall`() {
    var limits = ExecutionLimits()
    limits.symbolLimit = 1
    var quality = ExecutionQuality(limits)
    trade(&quality, OrderSteps(order: "1", symbol: "IBM"))
    trade(&quality, OrderSteps(order: "2", symbol: "MSFT"))
    #expect(quality.listedScopes == [.overall, .side(.buy), .side(.sell), .symbol("IBM")])
    #expect(quality.unlistedCount == 1)
    #expect(quality.reading(.fillRate, at: at(3)).samples == 2)
  }

  @Test func `a quantile stands on the orders of its figure, whenever it is asked for first`() {
    var (early, late) = (ExecutionQuality(), ExecutionQuality())
    for number in 0..<130 {
      let order = OrderSteps(order: "\(number)")
      let (price, start): (Decimal, Double) = (number < 20 ? 110 : 100, Double(number * 10))
      trade(&early, order, fill: price, start: start)
      trade(&late, order, fill: price, start: start)
      _ = early.quantile(1, of: .slippage, at: at(start + 3))
    }
    expectNoDifference(early.quantile(1, of: .slippage, at: at(1_300)), .value(0))
    expectNoDifference(late.quantile(1, of: .slippage, at: at(1_300)), .value(0))
  }

  @Test func `a limit is judged from its least number of orders on, and a change told once`() {
    var quality = ExecutionQuality()
    var told: [String] = []
    for number in 0..<120 {
      let order = OrderSteps(order: "\(number)")
      trade(&quality, order, fill: number < 15 ? 101 : 100, start: Double(number * 10))
      for change in quality.changes(at: at(Double(number * 10 + 3)))
      where change.metric == .slippage && change.scope == .symbol("IBM") {
        told.append("\(number) \(change.phase)")
      }
    }
    expectNoDifference(told, ["9 firing", "104 resolved"])
  }

  @Test func `a rate that no order stands on any longer ends what it told`() {
    var limits = ExecutionLimits()
    limits.minimumSamples = 1
    var quality = ExecutionQuality(limits)
    _ = quality.receive(OrderSteps().signal(), at: at(0))
    _ = quality.receive(OrderSteps().expire, at: at(0))
    func told(_ seconds: Double) -> [String] {
      quality.changes(at: at(seconds)).filter { $0.scope == .overall && $0.metric == .fillRate }
        .map { "\($0.metric) \($0.phase) \($0.samples)" }
    }
    expectNoDifference(told(0), ["fillRate firing 1"])
    expectNoDifference(told(3_599.999), [])
    expectNoDifference(told(3_600), ["fillRate resolved 0"])
    expectNoDifference(told(7_200), [])
  }

  @Test func `a venue whose clock is behind is negative and counted, in no long-term percentile`() {
    var quality = ExecutionQuality()
    let order = OrderSteps()
    var (acknowledged, filled) = (order.acknowledge, order.fill(10))
    (acknowledged.venueInstant, filled.venueInstant) = (at(0.5), at(0.25))
    for (second, step) in [order.signal(), order.submit, acknowledged, filled].enumerated() {
      _ = quality.receive(step, at: at(Double(second)))
    }
    for (metric, seconds) in [(ExecutionMetric.timeToVenue, -0.5), (.timeAtVenue, -0.25)] {
      expectNoDifference(quality.reading(metric, at: at(3)).value, .value(seconds))
      expectNoDifference(quality.latency(of: metric)?.skewCount, 1)
      #expect(quality.latency(of: metric)?.percentile(50) == nil)
    }
    expectNoDifference(quality.reading(.timeFromVenue, at: at(3)).value, .value(1.5))
  }
}
