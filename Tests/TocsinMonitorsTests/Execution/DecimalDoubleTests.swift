import Foundation
import Testing

@testable import TocsinMonitors

struct DecimalDoubleTests {
  @Test func `is as good as reading the text of the number`() throws {
    var random = MonitorRandom(seed: 7)
    for _ in 0..<2_000 {
      let whole = Decimal(Int64(truncatingIfNeeded: random.next()) >> random.below(50))
      let scale = Decimal(sign: .plus, exponent: random.below(24) - 16, significand: 1)
      let number = whole * scale
      let text = try #require(Double(number.description))
      #expect(abs(number.double - text) <= 16 * text.ulp, "\(number)")
    }
    #expect(Decimal.nan.double.isNaN)
    #expect(Decimal(0).double == 0)
  }
}
