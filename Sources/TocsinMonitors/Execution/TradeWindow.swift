#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// The figures of the last ended orders of one symbol, or of all.
///
/// Every sum is exact (integers and decimals), so the figures do not depend on what was in the
/// window long ago. O(1) an order.
struct TradeWindow: Sendable {
  private let lookBack: Duration
  private var endedAt: Recent<Instant>
  private var complete: RunningMean
  private var shares: RunningMean
  private var slippages: RunningMean
  private var costs: Recent<Trade.Cost>
  private var costSum: Decimal = 0
  private var valueSum: Decimal = 0
  private var submitTimes: RunningMean
  private var fillTimes: RunningMean
  private var rejections: RunningMean

  init(_ limits: ExecutionLimits) {
    lookBack = limits.fillRateLookBack
    endedAt = Recent(capacity: limits.window)
    complete = RunningMean(capacity: limits.window)
    shares = RunningMean(capacity: limits.window)
    slippages = RunningMean(capacity: limits.slippageLookBack)
    costs = Recent(capacity: limits.slippageLookBack)
    submitTimes = RunningMean(capacity: limits.window)
    fillTimes = RunningMean(capacity: limits.window)
    rejections = RunningMean(capacity: limits.window)
  }

  mutating func append(_ trade: Trade, at now: Instant) {
    endedAt.append(now)
    complete.append(trade.state == .filled ? 1 : 0)
    shares.append(trade.share)
    rejections.append(trade.state == .rejected ? 1 : 0)
    if let time = trade.timeToSubmit { submitTimes.append(time) }
    if trade.state == .filled, let time = trade.timeToFill { fillTimes.append(time) }
    if let cost = trade.cost { append(cost) }
    forget(at: now)
  }

  /// Forgets what is older than the look-back of the fill rate. Amortised O(1).
  mutating func forget(at now: Instant) {
    while let oldest = endedAt.first, oldest.duration(to: now) > lookBack {
      endedAt.removeOldest()
      complete.removeOldest()
      shares.removeOldest()
    }
  }

  private mutating func append(_ cost: Trade.Cost) {
    slippages.append(cost.slippage)
    costSum += cost.cost
    valueSum += cost.value
    guard let dropped = costs.append(cost) else { return }
    costSum -= dropped.cost
    valueSum -= dropped.value
  }

  func value(of metric: ExecutionMetric) -> (value: Measured, samples: Int) {
    switch metric {
    case .fillRate: Self.reading(complete, scale: 1)
    case .filledShare: Self.reading(shares, scale: Trade.unit)
    case .slippage: Self.reading(slippages, scale: Trade.unit)
    case .weightedSlippage: (weightedSlippage, costs.count)
    case .timeToSubmit: Self.reading(submitTimes, scale: 1e-9)
    case .timeToFill: Self.reading(fillTimes, scale: 1e-9)
    case .rejectionRate: Self.reading(rejections, scale: 1)
    }
  }

  func quantile(_ fraction: Double, of metric: ExecutionMetric) -> Double? {
    switch metric {
    case .slippage: slippages.quantile(fraction, scale: Trade.unit)
    case .filledShare: shares.quantile(fraction, scale: Trade.unit)
    case .timeToSubmit: submitTimes.quantile(fraction, scale: 1e-9)
    case .timeToFill: fillTimes.quantile(fraction, scale: 1e-9)
    case .fillRate, .weightedSlippage, .rejectionRate: nil
    }
  }

  private var weightedSlippage: Measured {
    guard !costs.isEmpty else { return .undefined(.noData) }
    guard valueSum > 0 else { return .undefined(.zeroBase) }
    return .value(costSum.double / valueSum.double)
  }

  private static func reading(_ mean: RunningMean, scale: Double) -> (Measured, Int) {
    (mean.mean(scale: scale).map(Measured.value) ?? .undefined(.noData), mean.count)
  }
}
