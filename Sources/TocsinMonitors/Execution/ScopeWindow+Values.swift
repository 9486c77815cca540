extension ScopeWindow {
  /// One metric, and how many orders it stands on.
  func value(
    of metric: ExecutionMetric,
    in pool: TradePool
  ) -> (value: Measured, samples: Int) {
    switch metric {
    case .fillRate: Self.share(filledRecent, of: recentCount)
    case .rejectionRate: Self.share(rejected, of: count)
    case .cancelRate: Self.share(cancelled, of: count)
    default: figure(metric, in: pool)
    }
  }

  private func figure(_ metric: ExecutionMetric, in pool: TradePool) -> (Measured, Int) {
    if let mean = metric.mean {
      let samples = sums.samples(of: mean)
      guard let value = sums.value(of: mean) else { return (undefined(metric, in: pool), 0) }
      return (.value(value), samples)
    }
    guard let ratio = metric.ratio else { return (.undefined(.noData), 0) }
    let samples = sums.samples(of: ratio)
    guard samples > 0 else { return (undefined(metric, in: pool), 0) }
    return (sums.value(of: ratio).map(Measured.value) ?? .undefined(.zeroBase), samples)
  }

  /// Why there is no number: why the newest order of the look-back has none.
  private func undefined(_ metric: ExecutionMetric, in pool: TradePool) -> Measured {
    let isRecent = metric == .filledShare || metric == .filledQuantity
    guard newest >= 0, !isRecent || recentCount > 0 else { return .undefined(.noData) }
    return .undefined(pool.rows[newest].causes.cause(of: metric))
  }

  private static func share(_ part: Int, of whole: Int) -> (Measured, Int) {
    whole > 0 ? (.value(Double(part) / Double(whole)), whole) : (.undefined(.noData), 0)
  }
}
