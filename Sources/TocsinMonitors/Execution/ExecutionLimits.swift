/// What of the execution is too bad, and over how much it is measured.
public struct ExecutionLimits: Hashable, Codable, Sendable {
  /// How many ended orders the figures stand on, in each scope. Default: 1,000.
  public var window = 1_000
  /// How many ended orders are remembered of all symbols together. A symbol's own window reaches
  /// back as far as these do. Default: 10,000, some 2.8 MB.
  public var orderLimit = 10_000
  /// Over how much time the fill rate is measured, within the window. Default: 60 min.
  public var fillRateLookBack = Duration.seconds(3_600)
  /// Over how many orders with fills the slippage is measured. Default: 100.
  public var slippageLookBack = 100
  /// How many symbols have figures of their own at one time. The figures of a symbol whose last
  /// order is forgotten make room; what finds none only counts overall. Default: 1,000.
  public var symbolLimit = 1_000
  /// How many venues have figures of their own. Default: 64.
  public var venueLimit = 64
  /// How old a quote may be to be the price that an order met. Default: 5 s.
  public var maximumQuoteAge = Duration.seconds(5)
  /// Of how many symbols the last quote is remembered. Default: 10,000.
  public var quoteLimit = 10_000
  /// On fewer orders than this nothing breaks a limit. Default: 10.
  public var minimumSamples = 10
  /// A fill rate below this is too low. Default: 0.9.
  public var minimumFillRate = 0.9
  /// A mean slippage above this is too high, against the decision price. Default: 0.001, that is
  /// 0.1 %.
  public var maximumSlippage = 0.001
  /// A mean time from signal to submit above this is too long. Default: 5 s.
  public var maximumTimeToSubmit = Duration.seconds(5)
  /// A mean time from submit to the last fill above this is too long. Default: 60 s.
  public var maximumTimeToFill = Duration.seconds(60)
  /// A rejection rate above this is too high. Default: 0.05.
  public var maximumRejectionRate = 0.05
  /// Further limits: a metric above its number is too high. Default: none.
  public var further: [ExecutionMetric: Double] = [:]

  /// The defaults.
  public init() {}

  /// True when a metric at this value breaks its limit.
  public func isBroken(_ metric: ExecutionMetric, by value: Double) -> Bool {
    let isFurther = further.isEmpty ? false : further[metric].map { value > $0 } ?? false
    return switch metric {
    case .fillRate: value < minimumFillRate || isFurther
    case .slippage, .weightedSlippage: value > maximumSlippage || isFurther
    case .timeToSubmit: value > maximumTimeToSubmit.inSeconds || isFurther
    case .timeToFill: value > maximumTimeToFill.inSeconds || isFurther
    case .rejectionRate: value > maximumRejectionRate || isFurther
    default: isFurther
    }
  }

  /// The metrics that have a limit.
  var limited: [ExecutionMetric] {
    let first: [ExecutionMetric] = [
      .fillRate, .slippage, .weightedSlippage, .timeToSubmit, .timeToFill, .rejectionRate,
    ]
    return ExecutionMetric.allCases.filter { first.contains($0) || further[$0] != nil }
  }
}
