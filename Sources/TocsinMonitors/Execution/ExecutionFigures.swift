/// A figure that is a mean over orders, kept as whole numbers: fractions in units of 1e-12, times in
/// nanoseconds.
enum MeanFigure: Int, CaseIterable {
  case slippage, arrivalSlippage, limitSlippage, share
  case timeToSubmit, timeToAcknowledge, timeToFirstFill, timeBetweenFills, timeToFill
  case timeToVenue, timeFromVenue, timeAtVenue

  static let count = allCases.count
  static let legs: [MeanFigure] = Array(allCases.dropFirst(4))

  /// What one is worth, as the divisor of the whole number.
  var divisor: Double { rawValue <= MeanFigure.share.rawValue ? 1e12 : 1e9 }
  var bit: UInt32 { 1 << UInt32(rawValue) }
}

/// A figure that is one sum ÷ another.
enum RatioFigure: Int, CaseIterable {
  case weightedSlippage, weightedArrivalSlippage, weightedLimitSlippage
  case executionCost, feeCost, opportunityCost, shortfall, feeRate, filledQuantity

  static let all = allCases
  static let count = allCases.count

  var bit: UInt32 { 1 << UInt32(MeanFigure.count + rawValue) }
}

/// Over which orders figures stand.
enum LookBack {
  /// So much time, of the last so many orders.
  case recent
  /// The last so many orders that were filled at least in part.
  case trades
  /// The last so many orders.
  case window

  /// The bits of its figures.
  var mask: UInt32 {
    switch self {
    case .recent: MeanFigure.share.bit | RatioFigure.filledQuantity.bit
    case .trades:
      0b111 | RatioFigure.weightedSlippage.bit | RatioFigure.weightedArrivalSlippage.bit
        | RatioFigure.weightedLimitSlippage.bit | RatioFigure.feeRate.bit
    case .window: ~(LookBack.recent.mask | LookBack.trades.mask)
    }
  }
}

extension ExecutionMetric {
  /// The mean that it is; nil when it is none.
  var mean: MeanFigure? {
    switch self {
    case .slippage: .slippage
    case .arrivalSlippage: .arrivalSlippage
    case .limitSlippage: .limitSlippage
    case .filledShare: .share
    case .timeToSubmit: .timeToSubmit
    case .timeToAcknowledge: .timeToAcknowledge
    case .timeToFirstFill: .timeToFirstFill
    case .timeBetweenFills: .timeBetweenFills
    case .timeToFill: .timeToFill
    case .timeToVenue: .timeToVenue
    case .timeFromVenue: .timeFromVenue
    case .timeAtVenue: .timeAtVenue
    default: nil
    }
  }

  /// The ratio that it is; nil when it is none.
  var ratio: RatioFigure? {
    switch self {
    case .weightedSlippage: .weightedSlippage
    case .weightedArrivalSlippage: .weightedArrivalSlippage
    case .weightedLimitSlippage: .weightedLimitSlippage
    case .executionCost: .executionCost
    case .feeCost: .feeCost
    case .opportunityCost: .opportunityCost
    case .shortfall: .shortfall
    case .feeRate: .feeRate
    case .filledQuantity: .filledQuantity
    default: nil
    }
  }
}
