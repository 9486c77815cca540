import Tocsin

/// The figures of one scope: where its orders begin in the pool, for each look-back, and their sums.
struct ScopeWindow: Sendable {
  let scope: ExecutionScope
  /// Which of the chains of the pool is its own.
  let dimension: Int
  private(set) var sums = FigureSums()
  /// The orders of the window, from `oldest` to `newest`; -1 for none.
  private(set) var oldest = -1
  private(set) var newest = -1
  private(set) var count = 0
  private(set) var rejected = 0
  private(set) var cancelled = 0
  /// The orders within the look-back of time, from here on.
  private(set) var oldestRecent = -1
  private(set) var recentCount = 0
  private(set) var filledRecent = 0
  /// The orders with fills, from here on.
  private(set) var oldestTrade = -1
  private(set) var tradeCount = 0
  /// The metrics that break their limits, a bit each.
  var firing: UInt32 = 0
  /// Whether its limits must be judged.
  var isTouched = false

  init(_ scope: ExecutionScope, dimension: Int) {
    self.scope = scope
    self.dimension = dimension
  }

  /// Takes the order that was put into the pool last.
  mutating func append(_ place: Int, to pool: inout TradePool, _ limits: ExecutionLimits) {
    if newest >= 0 { pool.link(newest, to: place, in: dimension) }
    newest = place
    if oldest < 0 { oldest = place }
    if oldestRecent < 0 { oldestRecent = place }
    let row = pool.rows[place]
    count += 1
    recentCount += 1
    countState(row.state, 1)
    if row.state == .filled { filledRecent += 1 }
    var mask = LookBack.window.mask | LookBack.recent.mask
    if row.isTraded {
      mask |= LookBack.trades.mask
      tradeCount += 1
      if oldestTrade < 0 { oldestTrade = place }
    }
    sums.add(place, of: pool, row.defined & mask)
    if tradeCount > max(1, limits.slippageLookBack) { dropTrade(pool) }
    if count > max(1, limits.window) { dropOldest(pool) }
  }

  /// The order at `oldest` leaves the scope.
  mutating func dropOldest(_ pool: TradePool) {
    let place = oldest
    if oldestRecent == place { dropRecent(pool) }
    if oldestTrade == place { dropTrade(pool) }
    let row = pool.rows[place]
    sums.remove(place, of: pool, row.defined & LookBack.window.mask)
    countState(row.state, -1)
    count -= 1
    oldest = place == newest ? -1 : Int(row.next[dimension])
    if oldest < 0 { newest = -1 }
  }

  /// The order at `oldestRecent` leaves the look-back of time.
  mutating func dropRecent(_ pool: TradePool) {
    let row = pool.rows[oldestRecent]
    sums.remove(oldestRecent, of: pool, row.defined & LookBack.recent.mask)
    recentCount -= 1
    if row.state == .filled { filledRecent -= 1 }
    oldestRecent = oldestRecent == newest ? -1 : Int(row.next[dimension])
  }

  private mutating func dropTrade(_ pool: TradePool) {
    let bits = pool.rows[oldestTrade].defined & LookBack.trades.mask
    sums.remove(oldestTrade, of: pool, bits)
    tradeCount -= 1
    repeat {
      oldestTrade = oldestTrade == newest ? -1 : Int(pool.rows[oldestTrade].next[dimension])
    } while oldestTrade >= 0 && !pool.rows[oldestTrade].isTraded
  }

  private mutating func countState(_ state: OrderState, _ step: Int) {
    if state == .rejected { rejected += step }
    if state == .cancelled { cancelled += step }
  }

  /// The numbers of a figure that count now. O(orders).
  func numbers(of figure: MeanFigure, in pool: TradePool) -> [Int64] {
    var numbers: [Int64] = []
    var place =
      if LookBack.recent.mask & figure.bit != 0 {
        oldestRecent
      } else if LookBack.trades.mask & figure.bit != 0 { oldestTrade } else { oldest }
    while place >= 0 {
      let row = pool.rows[place]
      if row.defined & figure.bit != 0 { numbers.append(pool.mean(figure.rawValue, at: place)) }
      place = place == newest ? -1 : Int(row.next[dimension])
    }
    return numbers
  }

  /// Keeps the numbers of a figure in order from the first question on.
  mutating func quantile(
    _ fraction: Double,
    of figure: MeanFigure,
    in pool: TradePool
  ) -> Double? {
    if sums.sorted & figure.bit == 0 { sums.sort(figure, numbers(of: figure, in: pool)) }
    return sums.quantile(fraction, of: figure)
  }
}
