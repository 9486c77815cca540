/// What counts as an anomaly of a stream of numbers.
public struct AnomalySettings: Hashable, Codable, Sendable {
  /// Which way a number has to be off.
  public enum Direction: String, CaseIterable, Hashable, Codable, Sendable {
    case up, down, both
  }

  /// The share of ordinary values that may begin an episode: the aim that the threshold is steered
  /// to. Default: 0.001, one in a thousand.
  public var falsePositiveRate = 0.001
  /// How many values the level and the scale remember, as the reciprocal of their gain. With a
  /// profile of the day give it at least the values of a day, or the level follows the day itself.
  /// Default: 200.
  public var memory = 200
  /// After how many values the first episode may begin. At least 50. Default: 200.
  public var warmUp = 200
  /// Which way a number has to be off. Default: both.
  public var direction = Direction.both
  /// An episode ends below this part of the threshold, on two values in a row. Default: 0.5.
  public var leave = 0.5
  /// After how many values a level that stays off is taken for the new one. Default: 20.
  public var confirmAfter = 20
  /// In how many parts the period is cut for its profile; 0 for no profile. Default: 0.
  public var bins = 0
  /// The period of the profile. Counted from 1970-01-01T00:00:00Z. Default: a day.
  public var period = Duration.seconds(86_400)

  /// The defaults.
  public init() {}

  /// The settings with every number in the range that it needs.
  var contained: AnomalySettings {
    var copy = self
    copy.falsePositiveRate = Self.fraction(falsePositiveRate, or: 0.001)
    copy.leave = Self.fraction(leave, or: 0.5)
    copy.memory = min(max(memory, 10), 10_000_000)
    copy.warmUp = max(warmUp, 50)
    copy.confirmAfter = max(confirmAfter, 3)
    copy.bins = min(max(bins, 0), 10_000)
    if period <= .zero { copy.bins = 0 }
    return copy
  }

  private static func fraction(_ number: Double, or other: Double) -> Double {
    number > 0 && number < 1 ? number : other
  }
}
