#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// What the figures need of one ended order, worked out once for all scopes that it enters.
struct Trade: Sendable {
  var state: OrderState
  var side: Side?
  var isTraded: Bool
  /// Which figures are defined.
  var defined: UInt32 = 0
  /// The values of ``MeanFigure``.
  var means = SIMD16<Int64>()
  /// The values of ``TradeAmount``, of which ratios are made.
  var amounts = SIMD16<Double>()
  /// Why prices and fees are not known.
  var causes = TradeCauses()

  init(_ order: OrderRecord, _ contract: ContractTerms) {
    (state, side) = (order.state, order.side)
    isTraded = order.filledQuantity > 0
    let sizes = TradeSizes(order)
    guard sizes.isFinite else {
      causes = .unknown
      return
    }
    set(.value, sizes.value)
    noteQuantity(sizes)
    noteSlippage(order, sizes)
    noteShortfall(order, sizes, contract)
    noteTimes(order)
  }

  mutating func set(_ figure: MeanFigure, _ value: Int64) {
    means[figure.rawValue] = value
    defined |= figure.bit
  }

  mutating func set(_ amount: TradeAmount, _ value: Double) { amounts[amount.rawValue] = value }

  mutating func define(_ figure: RatioFigure) { defined |= figure.bit }

  private mutating func noteQuantity(_ sizes: TradeSizes) {
    guard let ordered = sizes.ordered else { return }
    let share = state == .filled ? 1 : min(1, sizes.filled / ordered)
    set(.share, Self.units(share))
    set(.filled, min(sizes.filled, ordered))
    set(.ordered, ordered)
    define(.filledQuantity)
  }

  private mutating func noteSlippage(_ order: OrderRecord, _ sizes: TradeSizes) {
    let arrival = order.side.flatMap { order.arrival?.price(for: $0) }
    causes.arrival = order.arrival?.cause ?? .noStep
    causes.decision = slip(.slippage, .weightedSlippage, .atDecision, order.decisionPrice, sizes)
    if let cause = slip(.arrivalSlippage, .weightedArrivalSlippage, .atArrival, arrival, sizes) {
      if cause != .noReference { causes.arrival = cause }
    }
    causes.limit = slip(.limitSlippage, .weightedLimitSlippage, .atLimit, order.limitPrice, sizes)
  }

  /// side × (Σ quantity × price − reference × Σ quantity) ÷ (reference × Σ quantity).
  private mutating func slip(
    _ mean: MeanFigure,
    _ ratio: RatioFigure,
    _ amount: TradeAmount,
    _ reference: Decimal?,
    _ sizes: TradeSizes
  ) -> Measured.Cause? {
    guard let sign = sizes.sign else { return .noSignal }
    guard sizes.filled > 0 else { return .noFills }
    guard let reference = reference?.double else { return .noReference }
    let base = reference * sizes.filled
    guard base > 0 else { return .zeroBase }
    let cost = sign * (sizes.value - base)
    guard (cost / base).isFinite else { return .zeroBase }
    set(mean, Self.units(cost / base))
    set(amount, base)
    define(ratio)
    return nil
  }

  /// A fraction in whole units of 1e-12, at most a million either way.
  static func units(_ fraction: Double) -> Int64 {
    Int64((min(max(fraction, -1e6), 1e6) * 1e12).rounded())
  }
}

/// What of an order the ratios are made of.
enum TradeAmount: Int, CaseIterable {
  /// Σ quantity × price of the fills.
  case value
  /// The filled quantity at a reference price.
  case atDecision, atArrival, atLimit
  /// The ordered quantity at the decision price.
  case paper
  case fees, missed, filled, ordered

  static let count = allCases.count
}

/// The quantities of an ended order as doubles.
struct TradeSizes {
  var sign: Double?
  /// In all; nil when it is not known.
  var ordered: Double?
  var filled: Double
  /// Σ quantity × price.
  var value: Double

  init(_ order: OrderRecord) {
    sign = order.side.map { Double($0.sign) }
    ordered = order.quantity.map(\.double).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    filled = order.filledQuantity.double
    value = order.filledValue.double
  }

  var isFinite: Bool { filled.isFinite && value.isFinite }
}

/// Why the prices and fees of an order are not known; nil where they are.
struct TradeCauses: Sendable {
  var decision: Measured.Cause?
  var arrival: Measured.Cause?
  var limit: Measured.Cause?
  var paper: Measured.Cause?
  var fees: Measured.Cause?
  var closing: Measured.Cause?

  /// Nothing is known.
  static let unknown = TradeCauses(
    decision: .noData,
    arrival: .noData,
    limit: .noData,
    paper: .noData,
    fees: .noData,
    closing: .noData
  )

  /// Why a figure is not defined of this order.
  func cause(of metric: ExecutionMetric) -> Measured.Cause {
    let cause =
      switch metric {
      case .slippage, .weightedSlippage: decision
      case .arrivalSlippage, .weightedArrivalSlippage: arrival
      case .limitSlippage, .weightedLimitSlippage: limit
      case .executionCost: paper
      case .feeCost: paper ?? fees
      case .opportunityCost: paper ?? closing
      case .shortfall: paper ?? fees ?? closing
      case .feeRate: fees ?? .noFills
      case .filledShare, .filledQuantity: Measured.Cause.noSignal
      default: Measured.Cause.noStep
      }
    return cause ?? .noData
  }
}
