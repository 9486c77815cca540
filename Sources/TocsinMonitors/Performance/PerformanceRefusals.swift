/// What was refused or contained, and why.
public struct PerformanceRefusals: Hashable, Codable, Sendable {
  /// Trades whose id was there before. The first one counts.
  public var duplicates = 0
  /// Trades or marks with a number that is none, or that is too large to be right.
  public var notFinite = 0
  /// Trades that end before they begin.
  public var endsBeforeItBegins = 0
  /// Events dated before the one before them. They count, at the later instant.
  public var clockWentBack = 0
  /// Strategies that only count in the whole because there are too many.
  public var unlisted = 0

  /// Nothing yet.
  public init() {}
}
