extension VenueLag {
  /// The settings of a ``VenueLag`` rule.
  public struct Settings: Hashable, Codable, Sendable {
    /// The lag that is too much. Default: 5 s.
    public var limit = Duration.seconds(5)
    /// How many ticks in a row must be late to fire, or on time to resolve. Default: 3.
    public var inARow = 3
    /// How long those ticks must span at least, so that one burst of what piled up somewhere is not
    /// taken for a late feed. Default: 1 s.
    public var heldFor = Duration.seconds(1)
    /// How long from a stream's first tick nothing is judged. Default: 5 s.
    public var warmUp = Duration.seconds(5)
    /// How long the least difference is remembered. Default: 10 min.
    public var baselineWindow = Duration.seconds(600)
    /// By how much the baseline may lower a lag. Default: 1 s.
    public var maximumSkew = Duration.seconds(1)
    /// A venue instant further ahead of ours than this is garbage, not skew: the tick is counted
    /// and not judged. Default: 60 s.
    public var implausibleSkew = Duration.seconds(60)
    /// How many streams are watched at most. Default: 10,000.
    public var streamLimit = 10_000

    /// The defaults.
    public init() {}
  }

  /// How many ticks a ``VenueLag`` rule saw of the kinds that need attention.
  public struct Counts: Hashable, Codable, Sendable {
    /// Ticks without a venue instant.
    public var withoutInstant = 0
    /// Snapshots.
    public var snapshots = 0
    /// Ticks within the warm-up of their stream.
    public var warmingUp = 0
    /// Ticks whose venue instant was later than our instant of receipt: clock skew.
    public var negative = 0
    /// Ticks whose venue instant was so far ahead that it is garbage.
    public var implausible = 0
    /// Ticks of streams beyond the limit of streams.
    public var refused = 0

    /// Nothing counted.
    public init() {}
  }
}
