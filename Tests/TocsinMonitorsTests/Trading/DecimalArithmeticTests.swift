import CustomDump
import Foundation
import Testing

@testable import TocsinMonitors

/// The library's own operators are the model.
struct DecimalArithmeticTests {
  /// Ordinary prices and quantities, numbers of 38 digits, tiny and huge ones, zero.
  private static func number(_ random: inout MonitorRandom) -> Decimal {
    let digits = UInt64.random(in: 0 ... .max, using: &random) >> random.below(64)
    var number = Decimal(
      sign: random.below(2) == 0 ? .plus : .minus,
      exponent: random.below(8) == 0 ? random.below(80) - 40 : -random.below(9),
      significand: Decimal(digits)
    )
    if random.below(6) == 0 { number /= Decimal(random.below(1_000) + 1) }
    if random.below(20) == 0 { number = 0 }
    return number
  }

  @Test(arguments: 0..<20)
  func `sums, differences, products and comparisons are the library's`(seed: Int) {
    var random = MonitorRandom(seed: seed)
    for _ in 0..<1_000 {
      let (left, right) = (Self.number(&random), Self.number(&random))
      let words = "\(left) and \(right), seed \(seed)"
      expectNoDifference(left.plus(right), left + right, words)
      expectNoDifference(left.minus(right), left - right, words)
      expectNoDifference(left.times(right), left * right, words)
      #expect(left.isAbove(right) == (left > right), "\(words)")
      let sign = left == right ? 0 : left > right ? 1 : -1
      #expect(left.signOfDifference(to: right) == sign, "\(words)")
      #expect(left.isAboveZero == (left > 0), "\(words)")
      if !right.isZero { expectNoDifference(left.over(right), left / right, words) }
      // Shares of a position: most of these end.
      let (part, whole) = (Decimal(random.below(2_000)), Decimal(random.below(400) + 1))
      expectNoDifference(left.times(part).over(whole), left * part / whole, words)
    }
  }

  @Test(arguments: 0..<20)
  func `what is written is compact, as the library writes it`(seed: Int) {
    var random = MonitorRandom(seed: seed)
    for _ in 0..<200 {
      let (left, right) = (Decimal(random.below(100_000)), Decimal(random.below(1_000)))
      let (ours, theirs) = (left.times(right), left * right)
      #expect(ours.hashValue == theirs.hashValue && ours.description == theirs.description)
      #expect(bytes(ours) == bytes(theirs), "\(left) times \(right), seed \(seed)")
    }
  }

  private func bytes(_ decimal: Decimal) -> [UInt8] { withUnsafeBytes(of: decimal) { Array($0) } }

  @Test func `NaN stays NaN and is above nothing`() {
    #expect(Decimal.nan.plus(1).isNaN && Decimal(1).minus(.nan).isNaN && Decimal.nan.times(0).isNaN)
    #expect(Decimal.nan.signOfDifference(to: 1) == 0 && Decimal(1).signOfDifference(to: .nan) == 0)
    #expect(!Decimal.nan.isAboveZero && !Decimal.nan.isAbove(1) && !Decimal(1).isAbove(.nan))
  }

  @Test func `what is out of reach is what the library makes of it`() {
    let huge = Decimal.greatestFiniteMagnitude
    #expect(huge.times(huge).isNaN == (huge * huge).isNaN)
    #expect(huge.plus(1) == huge + 1)
    #expect(Decimal.leastNonzeroMagnitude.times(10) == Decimal.leastNonzeroMagnitude * 10)
  }

  @Test(arguments: 0..<20)
  func `numbers of up to 15 digits become the nearest double`(seed: Int) throws {
    var random = MonitorRandom(seed: seed)
    for _ in 0..<500 {
      let (digits, places) = (random.below(1_000_000_000_000_000), random.below(20))
      let decimal = Decimal(sign: .minus, exponent: -places, significand: Decimal(digits))
      let nearest = try #require(Double("-\(digits)e-\(places)"))
      #expect(decimal.double == nearest, "\(decimal), seed \(seed)")
    }
    #expect(Decimal.nan.double.isNaN && Decimal(0).double == 0)
  }
}
