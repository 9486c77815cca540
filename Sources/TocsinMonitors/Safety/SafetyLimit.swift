import Tocsin

/// A figure that makes trading stricter when it is too high: a drawdown, a margin utilisation.
public struct SafetyLimit: Hashable, Codable, Sendable {
  /// The figure, as in ``SafetyFigure/name``.
  public var name: String
  /// From this number on only reducing orders are allowed; nil: at none.
  public var reduceAt: Double?
  /// From this number on trading halts; nil: at none.
  public var haltAt: Double?
  /// Below this number the cause has ended; 90 % of the lower limit when nil. Trading goes on only
  /// after a reset.
  public var end: Double?
  /// What is demanded when the figure is undefined; nothing by default.
  public var whenUndefined: SafetyMode

  /// Makes a limit.
  public init(
    _ name: String,
    reduceAt: Double? = nil,
    haltAt: Double? = nil,
    end: Double? = nil,
    whenUndefined: SafetyMode = .active
  ) {
    self.name = name
    self.reduceAt = reduceAt
    self.haltAt = haltAt
    self.end = end
    self.whenUndefined = whenUndefined
  }

  var cause: SafetyCause { SafetyCause(.limit, name) }

  /// Below what the cause has ended.
  var endLevel: Double {
    let lower = min(reduceAt ?? .infinity, haltAt ?? .infinity)
    return min(lower, end ?? lower * 0.9)
  }

  /// The mode that a number asks for, and its limit; nil when it asks for none.
  func asked(by number: Double) -> (mode: SafetyMode, limit: Double)? {
    if let haltAt, number >= haltAt { return (.halted, haltAt) }
    if let reduceAt, number >= reduceAt { return (.reducing, reduceAt) }
    return nil
  }
}

/// A figure that limits may be about.
public struct SafetyFigure: Hashable, Codable, Sendable {
  /// What it is called: `drawdown.daily`, for instance.
  public var name: String
  /// The number; nil when it is undefined. A number that is not finite counts as undefined.
  public var number: Double?

  /// Makes a figure.
  public init(_ name: String, _ number: Double?) {
    self.name = name
    self.number = number
  }
}

/// The figures that a ``SafetyMonitor`` takes from the performance; drawdowns as positive fractions.
extension SafetyFigure {
  /// Below the highest equity ever.
  public static let totalDrawdown = "drawdown.total"
  /// Below the equity at the start of the trading day.
  public static let dailyDrawdown = "drawdown.daily"
  /// Below the highest equity since the start of the trading day.
  public static let intradayDrawdown = "drawdown.intraday"
  /// Below the equity at the start of the trading week.
  public static let weeklyDrawdown = "drawdown.weekly"
  /// Losing trades in a row.
  public static let consecutiveLosses = "losses.consecutive"
}
