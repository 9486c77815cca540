import CustomDump
import Foundation
import Testing

@testable import TocsinMonitors

struct ExactAmountTests {
  @Test(
    arguments: [
      ("0", "0"), ("12.5", "12.5"), ("-0.000000000000000001", "-0.000000000000000001"),
      ("170141183460469231731", "170141183460469231731"), ("1e20", "100000000000000000000"),
      ("0.0000000000000000005", "0"), ("0.0000000000000000015", "0.000000000000000002"),
      ("-0.0000000000000000025", "-0.000000000000000002"),
      ("0.00000000000000000051", "0.000000000000000001"), ("1e-40", "0"),
    ]
  )
  func `decimals come back exactly, to 18 places`(text: String, expected: String) throws {
    let decimal = try #require(Decimal(string: text))
    let amount = try #require(ExactAmount(decimal))
    expectNoDifference(amount.decimal, try #require(Decimal(string: expected)))
  }

  @Test(arguments: ["170141183460469231732", "-170141183460469231732", "1e30", "9e127"])
  func `what is out of reach is no amount`(text: String) throws {
    #expect(ExactAmount(try #require(Decimal(string: text))) == nil)
  }

  @Test func `NaN is no amount`() {
    #expect(ExactAmount(.nan) == nil)
    #expect(ExactAmount(nearest: .infinity) == nil)
  }

  @Test func `the digits of a decimal lie where they are looked for`() {
    #expect(DecimalDigits.lieInPlace)
    var random = MonitorRandom(seed: 7)
    for _ in 0..<2_000 {
      var decimal = Decimal(UInt64.random(in: 0 ... .max, using: &random) >> random.below(64))
      for _ in 0..<random.below(3) { decimal *= Decimal(random.below(1 << 30) + 1) }
      for _ in 0..<random.below(3) { decimal /= Decimal(random.below(1 << 20) + 1) }
      if random.below(2) == 0 { decimal = -decimal }
      #expect(DecimalDigits(inPlace: decimal) == DecimalDigits(textOf: decimal), "\(decimal)")
    }
  }

  @Test func `a million additions and subtractions leave nothing`() {
    var random = MonitorRandom(seed: 1)
    let parts = (0..<1_000).compactMap { _ in
      ExactAmount(Decimal(random.below(1_000_000_000)) / 1_000_003)
    }
    var sum = ExactAmount.zero
    for round in 0..<1_000 {
      for part in parts {
        sum = (round % 2 == 0 ? sum.adding(part) : sum.subtracting(part)) ?? .zero
      }
    }
    expectNoDifference(sum, .zero)
  }

  @Test func `amounts are coded as decimals`() throws {
    let amount = try #require(ExactAmount(Decimal(-12_345_678) / 1_000))
    let data = try JSONEncoder().encode([amount])
    expectNoDifference(String(decoding: data, as: UTF8.self), "[-12345.678]")
    expectNoDifference(try JSONDecoder().decode([ExactAmount].self, from: data), [amount])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([ExactAmount].self, from: Data("[1e30]".utf8))
    }
  }
}
