/// What of the execution is too bad, and over how much it is measured.
public struct ExecutionLimits: Hashable, Codable, Sendable {
  /// How many ended orders are remembered, per symbol and overall. Default: 1,000.
  public var window = 1_000
  /// Over how much time the fill rate is measured, within the window. Default: 60 min.
  public var fillRateLookBack = Duration.seconds(3_600)
  /// Over how many orders with fills the slippage is measured. Default: 100.
  public var slippageLookBack = 100
  /// How many symbols have figures of their own; more only count overall. Default: 1,000.
  public var symbolLimit = 1_000
  /// On fewer orders than this nothing breaks a limit. Default: 10.
  public var minimumSamples = 10
  /// A fill rate below this is too low. Default: 0.9.
  public var minimumFillRate = 0.9
  /// A mean slippage above this is too high. Default: 0.001, that is 0.1 %.
  public var maximumSlippage = 0.001
  /// A mean time from signal to submit above this is too long. Default: 5 s.
  public var maximumTimeToSubmit = Duration.seconds(5)
  /// A mean time from submit to the last fill above this is too long. Default: 60 s.
  public var maximumTimeToFill = Duration.seconds(60)
  /// A rejection rate above this is too high. Default: 0.05.
  public var maximumRejectionRate = 0.05

  /// The defaults.
  public init() {}

  /// True when a metric at this value breaks its limit.
  public func isBroken(_ metric: ExecutionMetric, by value: Double) -> Bool {
    switch metric {
    case .fillRate: value < minimumFillRate
    case .filledShare: false
    case .slippage, .weightedSlippage: value > maximumSlippage
    case .timeToSubmit: value > maximumTimeToSubmit.inSeconds
    case .timeToFill: value > maximumTimeToFill.inSeconds
    case .rejectionRate: value > maximumRejectionRate
    }
  }
}
