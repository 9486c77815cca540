@testable import TocsinPaper

extension DailyPrices {
  private static let readOnce = Result { try builtIn() }

  /// The prices that come with the program, read once for all tests that only need them.
  static func shared() throws -> DailyPrices { try readOnce.get() }
}
