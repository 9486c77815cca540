import CustomDump
import Foundation
import Testing

@testable import TocsinMonitors

/// What a tolerance makes of each of its numbers when it cannot be.
@Suite struct ToleranceFieldsTests {
  private static let fields: [any WritableKeyPath<DriftTolerance, Decimal> & Sendable] = [
    \.quantity, \.quantityFraction, \.value, \.price, \.priceFraction, \.minorPriceFraction,
    \.minorFraction, \.minorValue, \.criticalFraction, \.criticalValue,
  ]

  @Test(arguments: fields)
  func `a number that is negative or none counts as nothing, and the others stay`(
    field: any WritableKeyPath<DriftTolerance, Decimal> & Sendable
  ) {
    var expected = DriftTolerance()
    expected[keyPath: field] = 0
    for wrong in [Decimal(-1), Decimal(sign: .minus, exponent: -9, significand: 1), .nan] {
      var tolerance = DriftTolerance()
      tolerance[keyPath: field] = wrong
      expectNoDifference(tolerance.checked, expected, "\(wrong)")
    }
  }

  @Test func `a multiplier that is not above zero counts as one`() {
    for wrong in [Decimal(-1), 0, .nan] {
      var tolerance = DriftTolerance()
      tolerance.multiplier = wrong
      expectNoDifference(tolerance.checked, DriftTolerance(), "\(wrong)")
    }
  }

  @Test func `what is usable stays as it is`() {
    var tolerance = DriftTolerance()
    for field in Self.fields { tolerance[keyPath: field] = 7 }
    tolerance.multiplier = 50
    expectNoDifference(tolerance.checked, tolerance)
  }
}
