import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// What is promised of every figure, whatever comes.
struct ExecutionContractTests {
  private func number(_ random: inout MonitorRandom) -> Decimal {
    let exponents = [-120, -60, -8, 0, 2, 9, 60, 120]
    let exponent = exponents[random.below(exponents.count)]
    let size = Decimal(sign: .plus, exponent: exponent, significand: Decimal(1 + random.below(9)))
    return [size, size, size, -size, 0][random.below(5)]
  }

  private func step(_ order: String, _ random: inout MonitorRandom) -> OrderEvent {
    let side: Side = random.below(2) == 0 ? .buy : .sell
    let fee = random.below(2) == 0 ? Money(number(&random), "USD") : nil
    let (one, other) = (number(&random), number(&random))
    let kinds: [OrderEvent.Kind] = [
      .signalled(side: side, quantity: one, decisionPrice: other, limitPrice: number(&random)),
      .submitted, .acknowledged, .cancelled, .rejected(reason: "no"),
      .filled(quantity: one, price: other, fill: "\(random.below(9))", fee: fee),
      .replaced(quantity: one, limitPrice: other),
    ]
    let kind = kinds[[0, 0, 0, 1, 2, 3, 4, 5, 5, 5, 6][random.below(11)]]
    return OrderEvent(order: order, symbol: "A", kind: kind)
  }

  @Test(arguments: 0..<4)
  func `whatever comes, every figure is a finite number or says why it is none`(part: Int) throws {
    let instrument = try Instrument(symbol: "A", venue: "V", tick: 1, lot: 1, currency: "USD")
    for seed in part * 15..<(part + 1) * 15 {
      var random = MonitorRandom(seed: seed)
      var quality = ExecutionQuality(instruments: [instrument])
      for second in 0..<300 {
        let now = at(Double(second))
        if random.below(3) == 0 {
          let (bid, ask) = (number(&random), number(&random))
          quality.receive(Quote(symbol: "A", venue: "V", bid: bid, ask: ask), at: now)
        }
        _ = quality.receive(step("\(second / 6)", &random), at: now)
        guard second % 10 == 0 else { continue }
        let impossible = quality.readings(at: now).filter { !impossibleFigures(in: $0).isEmpty }
        #expect(impossible.isEmpty, "seed \(seed), second \(second): \(impossible)")
      }
      #expect(quality.readings(at: at(300)).contains { $0.value.number != nil })
    }
  }
}
