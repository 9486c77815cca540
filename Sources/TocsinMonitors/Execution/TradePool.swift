import Tocsin

/// The last ended orders of all symbols together, each kept once however many scopes it is in.
///
/// A ring: the oldest order makes room for a new one. Of each order there is a chain to the next of
/// its symbol, of its side, of its venue and of all, which the scopes walk along. Memory grows with
/// use up to `capacity` orders, some 230 bytes each.
struct TradePool: Sendable {
  /// The scopes that an order is in, and the next order of each. -1 for none.
  struct Row: Sendable {
    var endedAt: Instant
    var state: OrderState
    var isTraded: Bool
    var isSell: Bool
    var defined: UInt32
    var scopes: SIMD4<Int32>
    var next = SIMD4<Int32>(repeating: -1)
    var causes: TradeCauses
  }

  let capacity: Int
  private(set) var rows: [Row] = []
  private var means: [Int64] = []
  private var amounts: [Double] = []
  /// How many orders were ever appended. Order n is in row n mod capacity.
  private(set) var total = 0

  init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  var count: Int { rows.count }

  /// Where the next order goes. The order that is there must have left its scopes.
  var nextPlace: Int { total % capacity }

  mutating func append(_ trade: Trade, in scopes: SIMD4<Int32>, at now: Instant) {
    let row = Row(
      endedAt: now,
      state: trade.state,
      isTraded: trade.isTraded,
      isSell: trade.side == .sell,
      defined: trade.defined,
      scopes: scopes,
      causes: trade.causes
    )
    let place = nextPlace
    if place == rows.count { grow(row) } else { rows[place] = row }
    for figure in 0..<MeanFigure.count {
      means[place * MeanFigure.count + figure] = trade.means[figure]
    }
    for amount in 0..<TradeAmount.count {
      amounts[place * TradeAmount.count + amount] = trade.amounts[amount]
    }
    total += 1
  }

  private mutating func grow(_ row: Row) {
    rows.append(row)
    means.append(contentsOf: repeatElement(0, count: MeanFigure.count))
    amounts.append(contentsOf: repeatElement(0, count: TradeAmount.count))
  }

  mutating func link(_ place: Int, to next: Int, in dimension: Int) {
    rows[place].next[dimension] = Int32(truncatingIfNeeded: next)
  }

  @inline(__always)
  func mean(_ figure: Int, at place: Int) -> Int64 { means[place * MeanFigure.count + figure] }

  @inline(__always)
  func amount(_ amount: TradeAmount, at place: Int) -> Double {
    amounts[place * TradeAmount.count + amount.rawValue]
  }

  /// What the fills cost above a reference.
  @inline(__always)
  private func cost(against reference: TradeAmount, at place: Int) -> Double {
    let cost = amount(.value, at: place) - amount(reference, at: place)
    return rows[place].isSell ? -cost : cost
  }

  /// The numerator and the denominator of a ratio. The same numbers whenever it is asked.
  func ratio(_ figure: RatioFigure, at place: Int) -> (numerator: Double, base: Double) {
    let paper = amount(.paper, at: place)
    return switch figure {
    case .weightedSlippage: (cost(against: .atDecision, at: place), amount(.atDecision, at: place))
    case .weightedArrivalSlippage:
      (cost(against: .atArrival, at: place), amount(.atArrival, at: place))
    case .weightedLimitSlippage: (cost(against: .atLimit, at: place), amount(.atLimit, at: place))
    case .executionCost: (cost(against: .atDecision, at: place), paper)
    case .feeCost: (amount(.fees, at: place), paper)
    case .opportunityCost: (amount(.missed, at: place), paper)
    case .shortfall:
      (
        cost(against: .atDecision, at: place) + amount(.fees, at: place)
          + amount(.missed, at: place), paper
      )
    case .feeRate: (amount(.fees, at: place), abs(amount(.value, at: place)))
    case .filledQuantity: (amount(.filled, at: place), amount(.ordered, at: place))
    }
  }
}
